import CaseStories
import Cases
import Foundation
import HTTPTypes
import HTTPValues
import Monitoring
import Testing
import Time

struct DisclosureTests {
  private let story: Story
  private let office: Office

  init() throws {
    story = try Story.mine()
    office = try Office([story])
  }

  private func disclose(as client: String, sequence: Int = 4, cause: String = "look-1") throws {
    let actor = try #require(Office.clients.first { $0.name == client }?.actor)
    let event = CaseEvent.Disclosed(by: client, actor: actor, reason: "联系")
    try office.record(.disclosed(event), of: story, sequence: sequence, cause: cause)
  }

  @Test func `a look is asked for like a command, and says where its answer will be`() async throws {
    let answer = try await office.post("cases/mine/disclose", #"{"reason":"要联系本人"}"#, as: "owner")
    #expect(answer.status == 202)
    #expect(try answer.json["citizen"] as? String == "/api/v1/cases/mine/citizen?look=drawn-1")
    let command = try #require(try office.commands.first?.command)
    let actor = Actor(role: .department, id: "cj")
    #expect(command == .disclose(.init(by: "owner", actor: actor, reason: "要联系本人")))
    for body in ["{}", #"{"reason":" "}"#, #"{"reason":"x","by":"y"}"#, "[]"] {
      #expect(try await office.post("cases/mine/disclose", body, as: "owner").status == 400, "\(body)")
    }
    #expect(try await office.post("cases/mine/disclose", #"{"reason":"x"}"#, as: "stranger").status == 404)
    #expect(try await office.post("cases/mine/disclose", #"{"reason":"x"}"#, as: "reader").status == 403)
    #expect(try office.commands.count == 1)
  }

  @Test func `personal data is shown once the look is on record, and kept by nobody`() async throws {
    #expect(try await office.get("cases/mine/citizen?look=look-1", as: "owner").status == 404)
    try disclose(as: "owner")
    let answer = try await office.get("cases/mine/citizen?look=look-1", as: "owner")
    #expect(answer.status == 200)
    #expect(try answer.json["text"] as? String == "绝密的事，请打13812345678找我")
    #expect(try answer.json["address"] as? String == "城南路")
    #expect(answer.header("Cache-Control") == "no-store")
    #expect(answer.header("ETag") == nil)
  }

  @Test(arguments: ["admin", "supervisor", "watcher", "stranger"])
  func `a look is good for whom it was given only`(client: String) async throws {
    try disclose(as: "owner")
    let answer = try await office.get("cases/mine/citizen?look=look-1", as: client)
    #expect(answer.status == 404)
    #expect(!answer.text.contains("绝密"))
  }

  @Test func `another name under the same office needs a look of its own`() async throws {
    try disclose(as: "owner")
    #expect(try await office.get("cases/mine/citizen?look=look-1", as: "reader").status == 404)
  }

  @Test func `a look is over after a quarter of an hour`() async throws {
    try disclose(as: "owner")
    office.pass(.seconds(15 * 60))
    #expect(try await office.get("cases/mine/citizen?look=look-1", as: "owner").status == 200)
    office.pass(.seconds(1))
    let answer = try await office.get("cases/mine/citizen?look=look-1", as: "owner")
    #expect(answer.status == 403)
    #expect(!answer.text.contains("绝密"))
  }

  @Test(arguments: ["look-2", "mine-1", "", "drawn-1"])
  func `another event's cause is no look`(look: String) async throws {
    try disclose(as: "owner")
    let owner = Owner(id: "cj", kind: .department, name: "城建局")
    try office.record(.signed(.init(by: "owner", owner: owner)), of: story, sequence: 5, cause: "drawn-1")
    let answer = try await office.get("cases/mine/citizen?look=\(look)", as: "owner")
    #expect(answer.status == (look.isEmpty ? 400 : 404))
  }
}
