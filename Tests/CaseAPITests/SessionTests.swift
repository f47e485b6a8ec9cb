import Accounts
import CaseStories
import Cases
import Foundation
import HTTPTypes
import HTTPValues
import Testing

struct SessionTests {
  private let office: Office
  private let cookie: String

  init() throws {
    office = try Office([.mine()])
    let head = HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: "/")
    let setting = office.doorkeeper.begin(for: User(Office.clerk, password: nil), on: try Request(head: head))
    cookie = String(setting.prefix { $0 != ";" })
  }

  @Test func `who has signed in reads what is theirs, and is told what a command has to carry`() async throws {
    let json = try await office.get("me", as: nil, headers: ["Cookie": cookie]).json
    #expect(json["name"] as? String == "li")
    #expect(json["by"] as? String == "session")
    #expect((json["form"] as? String)?.isEmpty == false)
    #expect(try await office.get("cases/mine", as: nil, headers: ["Cookie": cookie]).status == 200)
    #expect(try await office.get("cases/mine", as: nil, headers: ["Cookie": cookie + "x"]).status == 401)
  }

  @Test func `a command without what our own page knows is refused`() async throws {
    let me = try await office.get("me", as: nil, headers: ["Cookie": cookie])
    let form = try #require(try me.json["form"] as? String)
    func sign(_ more: [String: String]) async throws -> Int {
      var headers = more
      headers["Cookie"] = cookie
      let answer = try await office.post("cases/mine/commands", #"{"command":"sign"}"#, as: nil, headers: headers)
      return answer.status
    }
    #expect(try await sign([:]) == 403)
    #expect(try await sign(["X-Huiyin-Form": "x"]) == 403)
    #expect(try await sign(["X-Huiyin-Form": form, "Origin": "https://elsewhere.example"]) == 403)
    #expect(try await sign(["X-Huiyin-Form": form, "Sec-Fetch-Site": "cross-site"]) == 403)
    #expect(try office.commands.isEmpty)
    #expect(try await sign(["X-Huiyin-Form": form, "Origin": "http://localhost"]) == 202)
    let command = try #require(try office.commands.first?.command)
    #expect(command == .sign(.init(by: "李工", actor: Actor(role: .department, id: "cj"))))
  }
}
