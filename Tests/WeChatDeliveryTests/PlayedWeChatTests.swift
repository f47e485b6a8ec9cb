import Cases
import Foundation
import HTTPCalling
import HTTPValues
import Testing
import Time
import WeChat

@testable import WeChatDelivery

/// Over real sockets, to a server that checks what WeChat checks.
@Suite(.serialized, .enabled(if: PlayedWeChat.isThere, PlayedWeChat.missing))
struct PlayedWeChatTests {
  private let time = VirtualTime()

  private func account(_ wechat: PlayedWeChat) throws -> SendingAccount {
    SendingAccount(
      name: "qingxi", appID: "wx0000000000000000", secret: "notARealSecretAtAll", api: wechat.address, perSecond: 100,
      templates: [
        try Given.template(
          "once-1", .once, for: [.answer],
          fields: ["character_string1": "{number}", "thing2": "{by}", "time3": "{time}"], page: "{link}"),
        try Given.template("lasting-1", .lasting, for: [.answer], fields: ["thing1": "{text}"], page: "{link}"),
        try Given.template(
          "template-1", .template, for: [.notice], fields: ["thing1": "{text}", "phrase2": "正在办理"], page: "{link}"),
      ])
  }

  /// Sends all that is in the store, under a clock that goes on by what is waited for.
  private func carry(_ store: DeliveryStore, to wechat: PlayedWeChat) async throws -> GivenOutbox {
    let calls = HTTPCalls()
    let outbox = GivenOutbox()
    // Real sockets need real time, but little of it.
    let wait: @Sendable (Duration) async -> Void = { [time] duration in
      time.pass(duration)
      try? await Task.sleep(for: .milliseconds(1))
    }
    let carrier = Carrier(
      accounts: [try account(wechat)], store: store, http: calls, outbox: outbox, link: { _ in Given.link },
      clock: time.clock, wait: wait, logger: Given.silent)
    let done = Stop()
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await carrier.run { done.isSet } }
      group.addTask {
        while (try? await store.isEmpty()) == false { try? await Task.sleep(for: .milliseconds(1)) }
        done.set()
      }
    }
    await calls.close()
    return outbox
  }

  private let long = String(repeating: "请您放心，我们已经安排人员到现场查看。", count: 60)

  private var records: [(kind: String, channel: String, text: String)] {
    [
      ("answer", "wechat", "路灯已修好 <b>&\"引号\" 😀\n查看：\(Given.link)"), ("answer", "wechat", long),
      ("answer", "wechat-subscription", long), ("answer", "wechat-template", long), ("notice", "wechat-template", long),
    ]
  }

  @Test func `WeChat takes all that is sent, over each of its ways`() async throws {
    let wechat = try PlayedWeChat()
    let store = try Given.store(
      records.enumerated().map { Given.feedback("c\($0)", kind: $1.kind, channel: $1.channel, text: $1.text) })
    let outbox = try await carry(store, to: wechat)
    let calls = try await wechat.calls()
    #expect(calls.count == 5 && calls.allSatisfy { $0.errcode == 0 }, "\(calls.map { ($0.path, $0.errcode) })")
    #expect(calls.contains { $0.body.text?.content == records[0].text })
    #expect(try outbox.reports().map(\.command.result) == Array(repeating: .delivered, count: 4))
    #expect(try await wechat.tokens().asked == 1)
  }

  @Test(.enabled(if: PlayedWeChat.hasWechatpy, PlayedWeChat.noWechatpy))
  func `wechatpy sends the same bodies to the same paths`() async throws {
    let wechat = try PlayedWeChat()
    let store = try Given.store(
      records.enumerated().map { Given.feedback("c\($0)", kind: $1.kind, channel: $1.channel, text: $1.text) })
    _ = try await carry(store, to: wechat)
    let ours = try await wechat.calls()
    let wishes = try ours.map { call -> String in
      var wish: [String: Any] = ["openid": call.body.touser]
      wish["api"] =
        ["custom/send": "text", "subscribe/bizsend": "subscription", "template/send": "template"][call.path]
      wish["content"] = call.body.text?.content
      wish["template"] = call.body.template_id
      wish["data"] = call.body.data?.mapValues { ["value": $0.value] }
      wish["page"] = call.body.page ?? call.body.url
      return String(decoding: try JSONSerialization.data(withJSONObject: wish), as: UTF8.self)
    }
    let answers = try wechat.sendByWechatpy(wishes)
    #expect(answers.count == 5 && answers.allSatisfy { $0.contains(#""errcode": 0"#) }, "\(answers)")
    let theirs = try await wechat.calls().dropFirst(5)
    #expect(theirs.map(\.path) == ours.map(\.path))
    for (mine, other) in zip(ours, theirs) {
      #expect(mine.body.touser == other.body.touser && mine.body.text == other.body.text)
      #expect(mine.body.msgtype == other.body.msgtype && mine.body.template_id == other.body.template_id)
      #expect(mine.body.data == other.body.data && mine.body.page == other.body.page && mine.body.url == other.body.url)
    }
  }

  @Test func `a token that WeChat no longer knows, an error of its gateway and a busy minute are got over`()
    async throws
  {
    let wechat = try PlayedWeChat()
    _ = try await carry(try Given.store([Given.feedback("a")]), to: wechat)
    try await wechat.spoilTokens()
    try await wechat.answer(
      "custom/send", with: #"[{"status":502},{"errcode":-1},{"errcode":45011},{"errcode":40001}]"#)
    let outbox = try await carry(try Given.store([Given.feedback("b")]), to: wechat)
    #expect(try outbox.reports().map(\.command.result) == [.delivered])
    #expect(try await wechat.calls().filter { $0.errcode == 0 }.count == 2)
  }

  @Test func `who doesn't follow is told of as failed, with the code`() async throws {
    let wechat = try PlayedWeChat()
    try await wechat.answer("custom/send", with: #"[{"errcode":43004}]"#)
    let outbox = try await carry(try Given.store([Given.feedback("a")]), to: wechat)
    #expect(try outbox.reports().map(\.command.reason) == ["没有关注公众号（43004）"])
  }

  @Test func `calls end in time, and say why they failed without the address`() async throws {
    let calls = HTTPCalls()
    let wechat = try PlayedWeChat()
    try await wechat.answer("custom/send", with: #"[{"late":5}]"#)
    let secret = "secretOfNobody"
    func failure(_ url: String) async -> HTTPCallFailure? {
      do throws(HTTPCallFailure) {
        _ = try await calls.post(Array("{}".utf8), type: "application/json", to: url, within: .milliseconds(300))
        return nil
      } catch { return error }
    }
    let late = await failure("\(wechat.address)/cgi-bin/message/custom/send?access_token=\(secret)")
    #expect(late?.reason.isEmpty == false && late?.reason.contains(secret) == false, "\(late?.reason ?? "none")")
    for url in ["http://127.0.0.1:1/?\(secret)", "https://127.0.0.1:\(wechat.port)/?\(secret)", "nonsense \(secret)"] {
      let reason = await failure(url)?.reason
      #expect(reason?.isEmpty == false && reason?.contains(secret) == false, "\(reason ?? "none")")
    }
    await calls.close()
  }
}
