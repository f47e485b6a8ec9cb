import CaseStories
import Cases
import Foundation
import HTTPTypes
import HTTPValues
import Monitoring
import Testing
import Time

struct QuestionTests {
  /// What each is answered on each path: administrator, supervisor, the owner's department, the station above, a
  /// deputy who has nothing to do with it.
  private static let table: [(path: String, statuses: [Int])] = [
    ("overview", [200, 200, 200, 200, 200]), ("rates", [200, 200, 200, 200, 200]),
    ("trend", [200, 200, 200, 200, 200]), ("categories", [200, 200, 200, 200, 200]),
    ("cases", [200, 200, 200, 200, 200]), ("cases/find?q=mine", [200, 200, 200, 200, 200]),
    ("cases/mine", [200, 200, 200, 200, 404]), ("cases/theirs", [200, 200, 404, 404, 404]),
    ("cases/none", [404, 404, 404, 404, 404]), ("cases/mine/events", [200, 200, 200, 200, 404]),
    ("cases/theirs/events", [200, 200, 404, 404, 404]), ("cases/mine/commands/c1", [200, 200, 200, 200, 404]),
    ("cases/theirs/commands/c1", [200, 200, 404, 404, 404]), ("cases/mine/citizen?look=c1", [404, 404, 404, 404, 404]),
    ("review", [200, 200, 403, 403, 403]), ("dead-letters", [200, 200, 403, 403, 403]),
    ("dead-letters/opinions/0/1", [404, 404, 403, 403, 403]), ("health", [200, 200, 403, 403, 403]),
    ("directory/owners", [200, 200, 200, 200, 200]), ("me", [200, 200, 200, 200, 200]),
    ("nothing", [404, 404, 404, 404, 404]), ("cases/mine/none", [404, 404, 404, 404, 404]),
    ("dead-letters/opinions/a/1", [404, 404, 404, 404, 404]), ("cases/", [404, 404, 404, 404, 404]),
  ]
  private static let roles = ["admin", "supervisor", "owner", "watcher", "stranger"]

  @Test(arguments: table.indices, roles.indices)
  func `each role is answered as it should be`(row: Int, role: Int) async throws {
    let (path, statuses) = Self.table[row]
    let office = try Office([.mine(), .theirs()])
    let answer = try await office.get(path, as: Self.roles[role])
    #expect(answer.status == statuses[role], "\(path) as \(Self.roles[role]): \(answer.text)")
    #expect(answer.header("Vary") == "Authorization, Cookie, X-API-Key")
    if answer.status != 200 { #expect(try answer.json["status"] as? Int == answer.status) }
  }

  @Test(arguments: table.map(\.path).filter { !["nothing", "cases/", "cases/mine/none"].contains($0) })
  func `nobody is told anything without a key that may read`(path: String) async throws {
    guard !path.contains("/a/") else { return }
    let office = try Office([.mine()])
    let answer = try await office.get(path, as: nil)
    #expect(answer.status == 401)
    #expect(answer.header("WWW-Authenticate")?.hasPrefix("Bearer") == true)
    #expect(answer.header("Content-Type") == "application/problem+json")
    #expect(try await office.get(path, as: "nobody").status == 401)
    #expect(try await office.get(path, as: "portal").status == 403)
    #expect(try await office.get(path, as: "writer").status == 403)
    #expect(try await office.get(path, as: nil, headers: ["X-API-Key": "key-nobody"]).status == 401)
    #expect(try await Office([.mine()], isTooOften: true).get(path).status == 429)
    #expect(try await Office([.mine()], isTooOften: true).get(path).header("Retry-After") == "3")
  }

  @Test(arguments: [
    ("overview?a=1", "a"), ("cases?limit=0", "limit"), ("cases?limit=501", "limit"), ("cases?limit=+5", "limit"),
    ("cases?limit=05", "limit"), ("cases?limit=", "limit"), ("cases?standing=done", "standing"),
    ("cases?order=name", "order"), ("cases?reversed=1", "reversed"), ("cases?owner=", "owner"),
    ("cases?kind=citizen", "kind"), ("cases?step=last", "step"), ("cases?after=x", "after"), ("cases?page=2", "page"),
    ("rates?kind=any", "kind"), ("rates?from=2026", "from"), ("rates?from=2026-13", "from"),
    ("rates?from=2026-09&through=2026-08", "through"), ("rates?from=2026-09-01", "from"),
    ("trend?from=2026-02-30", "from"), ("trend?from=2026-10-02&through=2026-10-01", "through"),
    ("trend?from=2020-01-01&through=2026-01-01", "from"), ("categories?from=x", "from"),
    ("cases/find", "q"), ("cases/find?q=", "q"), ("cases/find?q=a%0Ab", "q"), ("review?after=1", "after"),
    ("review?limit=1000", "limit"), ("dead-letters?after=x", "after"), ("cases/mine?x=", "x"),
    ("cases/mine/events?after=-1", "after"), ("cases/mine/events?limit=a", "limit"), ("cases/mine/citizen", "look"),
    ("health?a", "a"), ("me?a", "a"), ("directory/owners?kind=station", "kind"), ("cases/mine/commands/c?a=1", "a"),
  ])
  func `a parameter that isn't known or of its form is named`(path: String, field: String) async throws {
    let answer = try await Office([.mine()]).get(path)
    #expect(answer.status == 400, "\(answer.text)")
    #expect(answer.header("Content-Type") == "application/problem+json")
    #expect(try answer.json["field"] as? String == field)
  }

  @Test(arguments: [HTTPRequest.Method.post, .put, .delete, .patch, .options])
  func `another method is answered with those that are allowed`(method: HTTPRequest.Method) async throws {
    let office = try Office([.mine()])
    for path in ["overview", "cases", "cases/mine", "cases/mine/commands/c", "me", "dead-letters/opinions/0/1"] {
      let answer = try await office.ask(method, path, as: "admin")
      #expect(answer.status == 405)
      #expect(answer.header("Allow") == "GET, HEAD")
    }
    if method != .post {
      for path in ["cases/mine/commands", "cases/mine/disclose"] {
        let answer = try await office.ask(method, path, as: "admin")
        #expect(answer.status == 405)
        #expect(answer.header("Allow") == "POST")
      }
    }
  }

  @Test(arguments: roles)
  func `lists and sums hold nothing that a citizen wrote`(role: String) async throws {
    let office = try Office([.mine(), .theirs()])
    for path in Self.table.map(\.path) where !path.hasPrefix("cases/mine") && !path.hasPrefix("cases/theirs") {
      let text = try await office.get(path, as: role).text
      for words in ["绝密", "138", "城南路", "别人的事"] { #expect(!text.contains(words), "\(path): \(words)") }
    }
  }

  @Test(arguments: ["cases/mine", "cases/mine/events"])
  func `a case shows what was written with its personal numbers masked`(path: String) async throws {
    var story = try Story.mine()
    try story.reply(at: "2026-10-14T09:00:00+08:00", text: "已致电13812345678")
    let text = try await Office([story]).get(path, as: "owner").text
    #expect(text.contains("绝密的事，请打138****5678找我"))
    #expect(text.contains("已致电138****5678"))
    #expect(!text.contains("13812345678"))
  }

  @Test func `a case says where it stands, what may be done, and where its attachments are`() async throws {
    let office = try Office([.mine()])
    let json = try await office.get("cases/mine", as: "owner").json
    #expect(json["case"] as? String == "mine")
    #expect(json["stage"] as? String == "assigned")
    #expect((json["history"] as? [[String: Any]])?.compactMap { $0["sequence"] as? Int } == [1, 2, 3])
    #expect(
      json["commands"] as? [String] == [
        "sign", "reply", "transfer", "return", "escalate", "merge", "disclose", "co-handle", "request-extension",
        "correct-category",
      ])
    let attachments = (json["statement"] as? [String: Any])?["attachments"] as? [[String: String]]
    #expect(attachments?.map { $0["link"] } == ["/attachments/mine", nil])
    let above = try await office.get("cases/mine", as: "watcher").json["commands"] as? [String]
    #expect(above?.contains("extend") == true)
    #expect(above?.contains("sign") == false)
  }

  @Test func `each sees the counts of their own cases`() async throws {
    let office = try Office([.mine(), .mine("second"), .theirs()])
    func open(_ role: String) async throws -> Int? {
      (try await office.get("overview", as: role).json["counts"] as? [String: Any])?["open"] as? Int
    }
    #expect(try await open("admin") == 3)
    #expect(try await open("owner") == 2)
    #expect(try await open("stranger") == 0)
    let owners = try await office.get("rates", as: "owner").json["owners"] as? [[String: Any]]
    #expect(owners?.count == 1)
    #expect((try await office.get("rates", as: "supervisor").json["owners"] as? [[String: Any]])?.count == 2)
  }

  @Test func `a line of a list says how late it is`() async throws {
    let office = try Office([.mine(), .theirs()])
    let cases = try await office.get("cases?standing=overdue").json["cases"] as? [[String: Any]]
    #expect(cases?.compactMap { $0["case"] as? String } == ["theirs"])
    #expect(cases?.first?["workingDaysLate"] as? Int == 3)
    #expect(cases?.first?["expires"] as? String == "2026-10-13T00:00:00+08:00")
    #expect((cases?.first?["owner"] as? [String: String])?["name"] == "交通局")
  }

  @Test func `while the model is built only health and me are answered`() async throws {
    let office = try Office([.mine()])
    var status = Follower.Status()
    status.rebuilding = .init(done: 3, total: 10)
    office.status = status
    let answer = try await office.get("cases")
    #expect(answer.status == 503)
    #expect(answer.header("Retry-After") == "5")
    #expect(try await office.get("me").status == 200)
    let health = try await office.get("health").json
    #expect(health["rebuilding"] as? [String: Int] == ["done": 3, "total": 10])
  }

  @Test func `what cannot be read is said so, without the reason`() async throws {
    let answer = try await Office(isUnreadable: true).get("cases")
    #expect(answer.status == 503)
    #expect(answer.header("Retry-After") == "5")
    #expect(!answer.text.contains("SQL") && !answer.text.contains("table"))
  }

  @Test func `each is told who they are`() async throws {
    let office = try Office()
    let json = try await office.get("me", as: "watcher").json
    #expect(json["role"] as? String == "station")
    #expect(json["holder"] as? String == "st1")
    #expect(json["by"] as? String == "key")
    #expect(json["form"] == nil)
    #expect(try await office.get("me", as: "admin").header("Cache-Control") == "no-store")
  }
}
