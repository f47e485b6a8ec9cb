import Cases
import Foundation
import Testing
import Time

/// From a case that began over WeChat to its end, with WeChat's interface played by another process.
@Suite(.serialized, .enabled(if: PlayedWeChat.isThere, PlayedWeChat.missing))
struct WalkTests {
  private let caseID: CaseID
  private let openid = "oNobodysOpenid_1"

  init() throws {
    caseID = try #require(CaseID("walk"))
  }

  private func texts(_ wechat: PlayedWeChat) async throws -> [String] {
    try await wechat.calls().compactMap { $0.errcode == 0 ? $0.body.text?.content : nil }
  }

  @Test func `an answer goes to the chat it came from, once; it counts as delivered, and is rated to the end`()
    async throws
  {
    let wechat = try PlayedWeChat()
    let walk = try Walk(wechat)
    try walk.open(caseID, openid: openid)
    try await walk.settle()
    let opened = try await texts(wechat)
    #expect(opened.count == 1 && opened.first?.contains("您的意见已登记") == true)
    try walk.give(.reply(CaseCommand.Reply(by: "李工", method: .wechat, text: "路灯已修好")), caseID)
    try await walk.settle()
    let answered = Array(try await texts(wechat).dropFirst())
    #expect(answered.filter { $0.contains("路灯已修好") }.count == 1)
    let delivered = try walk.events(of: caseID).compactMap { event in
      if case .delivered(let delivery) = event { delivery.channel } else { nil }
    }
    #expect(delivered == ["wechat"])
    #expect(answered.last?.contains("请评价") == true)
    #expect(try await wechat.calls().allSatisfy { $0.body.touser == openid })
    try walk.give(.rate(CaseCommand.Rate(satisfaction: .satisfied)), caseID)
    try await walk.settle()
    #expect(try walk.events(of: caseID).map(\.name).suffix(2) == ["rated", "closed"])
  }

  @Test func `where the window is over, the failure is on record with its reason`() async throws {
    let wechat = try PlayedWeChat()
    let walk = try Walk(wechat)
    try walk.open(caseID, openid: openid)
    try await walk.settle()
    try await wechat.answer("custom/send", with: #"[{"errcode":45015}]"#)
    try walk.give(.reply(CaseCommand.Reply(by: "李工", method: .wechat, text: "路灯已修好")), caseID)
    try await walk.settle()
    let events = try walk.events(of: caseID)
    let failures = events.compactMap { event in
      if case .undelivered(let delivery) = event { delivery.reason } else { nil }
    }
    #expect(failures.first == "距最后一次互动太久，微信不再转发（45015）")
    #expect(try await texts(wechat).filter { $0.contains("路灯已修好") }.isEmpty)
  }
}
