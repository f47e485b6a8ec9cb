import CaseStories
import Cases
import EventLog
import HTTPTypes
import HTTPValues
import Streams
import Testing
import Time

/// Who may see what.
struct RoleTests {
  private static let nobody = "nobody"

  /// Status by role: nobody, deputy, station, department, supervisor, administrator.
  private static let table: [(path: String, statuses: [Int])] = [
    ("/", [200, 200, 200, 200, 200, 200]),
    ("/definitions", [200, 200, 200, 200, 200, 200]),
    ("/huiyin.css", [200, 200, 200, 200, 200, 200]),
    ("/overdue", [303, 200, 200, 200, 200, 200]),
    ("/overdue.csv", [303, 200, 200, 200, 200, 200]),
    ("/overdue.json", [401, 200, 200, 200, 200, 200]),
    ("/cases", [303, 200, 200, 200, 200, 200]),
    ("/cases?standing=any", [303, 200, 200, 200, 200, 200]),
    ("/cases?q=of-deputy", [303, 200, 200, 200, 200, 200]),
    ("/cases.csv?standing=any", [303, 200, 200, 200, 200, 200]),
    ("/cases/of-deputy", [303, 200, 404, 404, 200, 200]),
    ("/cases/of-station", [303, 404, 200, 404, 200, 200]),
    ("/cases/of-department", [303, 404, 404, 200, 200, 200]),
    ("/cases/of-other", [303, 404, 404, 404, 200, 200]),
    ("/cases/of-none", [303, 404, 404, 404, 404, 404]),
    ("/cases/of-deputy?k=AAAAAAAAAAAAAAAAAAAAAA", [404, 404, 404, 404, 404, 404]),
    ("/review", [303, 403, 200, 403, 200, 200]),
    ("/review.json", [401, 403, 200, 403, 200, 200]),
    ("/health", [303, 403, 403, 403, 200, 200]),
    ("/dead-letters", [303, 403, 403, 403, 403, 200]),
    ("/dead-letters/commands/0/7", [303, 403, 403, 403, 403, 200]),
    ("/dead-letters/commands/0/7/retry", [303, 403, 403, 403, 403, 200]),
    ("/dead-letters/commands/0/7/drop", [303, 403, 403, 403, 403, 200]),
    ("/dead-letters/commands/0/8", [303, 403, 403, 403, 403, 404]),
  ]
  private static let users: [String?] = [nil, "zhang", "liuhe", "chengjian", "duban", "root"]
  private static let own = ["zhang": "of-deputy", "liuhe": "of-station", "chengjian": "of-department"]

  private static func hall() throws -> Hall {
    let hall = try Hall([
      .held("of-deputy", by: .deputy), .held("of-station", by: .station), .held("of-department", by: .department),
      .held("of-other", by: .other),
    ])
    try hall.bury(LetterTests.letter())
    return hall
  }

  @Test func `each page opens to each role as the table says, and shows no case of another's`() async throws {
    let hall = try Self.hall()
    for (path, statuses) in Self.table {
      for (user, status) in zip(Self.users, statuses) {
        let response = try #require(try await hall.send(path, as: user))
        #expect(response.head.status.code == status, "\(path) as \(user ?? Self.nobody)")
        let text = String(decoding: response.body, as: UTF8.self)
        let seesAll = user == "duban" || user == "root"
        for id in ["of-deputy", "of-station", "of-department", "of-other"] where !seesAll {
          // The question itself stands in no answer either.
          #expect(
            !text.contains(id) || Self.own[user ?? ""] == id, "\(path) as \(user ?? Self.nobody) shows \(id)")
        }
        // What a citizen wrote stands on the pages of cases alone.
        if !path.hasPrefix("/cases/") { #expect(!text.contains("绝密"), "\(path) as \(user ?? Self.nobody)") }
      }
    }
  }

  @Test func `who hasn't signed in is led to the page to sign in at, and back`() async throws {
    let response = try #require(try await Self.hall().send("/overdue?step=urging"))
    #expect(response.head.headerFields[.location]?.hasPrefix("/sign-in?to=%2Foverdue") == true)
  }

  @Test func `every role's pages lead only where that role may go`() async throws {
    let hall = try Self.hall()
    for user in Self.users.compactMap(\.self) {
      let page = try await hall.page("/", as: user)
      let nav = try #require(page.split(separator: "<nav>").dropFirst().first?.split(separator: "</nav>").first)
      let addresses = nav.split(separator: "href=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
      #expect(!addresses.isEmpty)
      for address in addresses where address != "/desk" {
        #expect(try await hall.send(address, as: user)?.head.status == .ok, "\(address) as \(user)")
      }
    }
  }

  @Test func `the overview names no case and no person to whoever hasn't signed in`() async throws {
    let page = try await Self.hall().page("/")
    #expect(!page.contains("张代表") && !page.contains("href=\"/cases") && !page.contains("href=\"/overdue"))
    #expect(page.contains("柳河站") && page.contains("城建局"))
  }
}
