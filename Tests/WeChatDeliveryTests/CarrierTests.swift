import Cases
import EventLog
import MetricsTestKit
import Testing
import Time
import WeChat

@testable import WeChatDelivery

/// The carrier over given answers, under a clock that goes on by what it waits for.
@Suite struct CarrierTests {
  private let time = VirtualTime()
  private let metrics = TestMetrics()

  /// Time passes once the store has done what was asked of it: so a busy machine makes nothing late.
  private func wait(_ store: DeliveryStore) -> @Sendable (Duration) async -> Void {
    { [time] duration in
      // Only where something is under way it looks again so soon.
      for _ in 0..<(duration < .milliseconds(500) ? 20 : 1) {
        _ = try? await store.isEmpty()
        await Task.yield()
      }
      time.pass(duration)
    }
  }

  private func carry(
    _ store: DeliveryStore, to wechat: GivenWeChat, outbox: GivenOutbox, accounts: [SendingAccount] = [Given.account()],
    for duration: Duration
  ) async {
    let carrier = Carrier(
      accounts: accounts, store: store, http: wechat, outbox: outbox, link: { _ in Given.link }, clock: time.clock,
      wait: wait(store), logger: Given.silent, metrics: metrics)
    let end = time.clock() + duration
    await carrier.run { [time] in time.clock() >= end }
  }

  private func count(_ outcome: String) -> Int64 {
    (try? metrics.expectCounter("huiyin_wechat_sent", [("outcome", outcome)]))?.totalValue ?? 0
  }

  @Test func `an answer goes to its citizen once, and track is told once that it arrived`() async throws {
    let store = try Given.store([Given.feedback("case")])
    let wechat = GivenWeChat(time.clock)
    let outbox = GivenOutbox()
    await carry(store, to: wechat, outbox: outbox, for: .seconds(30))
    #expect(wechat.calls.count == 1 && wechat.calls.first?.openid == "oNobodysOpenid_1")
    #expect(wechat.calls.first?.token == "token-1")
    let reports = try outbox.reports()
    #expect(reports.map(\.id) == ["case.5.0.delivered"])
    #expect(
      reports.first?.command == CaseCommand.RecordDelivery(feedback: "case.5.0", channel: "wechat", result: .delivered))
    #expect(outbox.records.first?.key == Array("case".utf8))
    #expect(outbox.records.first?.header("traceparent") != nil)
    #expect(count("delivered") == 1)
  }

  @Test func `of notices and requests to rate nobody waits for word`() async throws {
    let store = try Given.store([
      Given.feedback("a", id: "a.1", kind: "notice"), Given.feedback("b", id: "b.1", kind: "rating"),
    ])
    let wechat = GivenWeChat(time.clock)
    let outbox = GivenOutbox()
    await carry(store, to: wechat, outbox: outbox, for: .seconds(30))
    #expect(wechat.calls.count == 2 && outbox.records.isEmpty)
  }

  @Test func `where this channel will never do, track hears at once, so that the next one is tried`() async throws {
    let store = try Given.store([Given.feedback("case")])
    let wechat = GivenWeChat(time.clock) { _, _ in .code(45015) }
    let outbox = GivenOutbox()
    await carry(store, to: wechat, outbox: outbox, for: .seconds(30))
    let report = try #require(try outbox.reports().first)
    #expect(report.id == "case.5.0.failed" && report.command.result == .failed && report.command.final == nil)
    #expect(report.command.reason == "距最后一次互动太久，微信不再转发（45015）")
    #expect(wechat.calls.count == 1 && count("failed") == 1)
  }

  @Test func `without a template of its kind it fails without a call`() async throws {
    let store = try Given.store([Given.feedback("case", channel: "wechat-template")])
    let wechat = GivenWeChat(time.clock)
    let outbox = GivenOutbox()
    await carry(store, to: wechat, outbox: outbox, for: .seconds(30))
    #expect(wechat.calls.isEmpty)
    #expect(try outbox.reports().first?.command.reason == "公众号没有为此设消息模板")
  }

  @Test func `a refused token is replaced, and the message sent again with the new one`() async throws {
    let store = try Given.store([Given.feedback("case")])
    let wechat = GivenWeChat(time.clock) { call, _ in .code(call.token == "token-1" ? 42001 : 0) }
    let outbox = GivenOutbox()
    await carry(store, to: wechat, outbox: outbox, for: .seconds(30))
    #expect(wechat.calls.map(\.token) == ["token-1", "forced-1"])
    #expect(try outbox.reports().map(\.command.result) == [.delivered])
  }

  @Test func `while WeChat is away it is tried again, more and more seldom, and arrives when it is back`() async throws
  {
    let store = try Given.store([Given.feedback("case", expires: Given.noon + .seconds(3600))])
    let back = Given.noon + .seconds(600)
    let wechat = GivenWeChat(time.clock) { call, number in
      if call.time >= back { return .code(0) }
      return number % 3 == 0 ? .silence : number % 3 == 1 ? .status(502) : .code(-1)
    }
    let outbox = GivenOutbox()
    await carry(store, to: wechat, outbox: outbox, for: .seconds(1200))
    #expect(try outbox.reports().map(\.command.result) == [.delivered])
    // 1 + 2 + … + 32 seconds, then each minute.
    #expect((14...18).contains(wechat.calls.count), "\(wechat.calls.count) calls")
    let last = try #require(wechat.calls.last)
    #expect(last.time - back < .seconds(62))
    #expect(count("postponed") == Int64(wechat.calls.count - 1))
  }

  @Test func `what can't be tried once more in time has failed before it expires, with the cause`() async throws {
    let expires = Given.noon + .seconds(300)
    let store = try Given.store([Given.feedback("case", expires: expires)])
    let wechat = GivenWeChat(time.clock) { _, _ in .code(45009) }
    let outbox = GivenOutbox()
    await carry(store, to: wechat, outbox: outbox, for: .seconds(600))
    let command = try #require(try outbox.reports().first?.command)
    #expect(command.result == .failed && command.reason == "微信接口不通（45009）")
    #expect(wechat.calls.allSatisfy { $0.time < expires })
  }

  @Test func `a code that nobody knows is tried three times`() async throws {
    let store = try Given.store([Given.feedback("case")])
    let wechat = GivenWeChat(time.clock) { _, _ in .code(88888) }
    let outbox = GivenOutbox()
    await carry(store, to: wechat, outbox: outbox, for: .seconds(60))
    #expect(wechat.calls.count == 3)
    #expect(try outbox.reports().first?.command.reason == "微信返回错误码88888")
  }

  @Test(arguments: [GivenWeChat.Answer.code(-1), .silence, .code(43108), .code(77777)])
  func `a message that never gets through keeps no other waiting`(answer: GivenWeChat.Answer) async throws {
    let poisoned = "oNobodysOpenid_1"
    let store = try Given.store((0..<20).map { Given.feedback("c\($0 + 10)") })
    let wechat = GivenWeChat(time.clock) { call, _ in call.openid == poisoned ? answer : .code(0) }
    let outbox = GivenOutbox()
    await carry(store, to: wechat, outbox: outbox, for: .seconds(20))
    #expect(Set(try outbox.reports().filter { $0.command.result == .delivered }.map(\.id)).count == 19)
    let others = wechat.calls.filter { $0.openid != poisoned }
    #expect(others.count == 19 && others.allSatisfy { $0.time - Given.noon < .seconds(6) })
  }

  @Test func `an account that is away doesn't hold up another`() async throws {
    let records = (0..<200).map { Given.feedback("a\($0)") } + (0..<20).map { Given.feedback("b\($0)") }
    let accounts = Dictionary(uniqueKeysWithValues: (0..<20).map { ("b\($0)", "liuhe") })
    let store = try Given.store(records, accounts: accounts)
    let theirs = Set(
      try await store.due(at: Given.noon, limit: 300, accounts: ["liuhe"], exceptCases: []).compactMap {
        $0.address?.chat.openid
      })
    let wechat = GivenWeChat(time.clock) { call, _ in theirs.contains(call.openid) ? .code(0) : .silence }
    let outbox = GivenOutbox()
    await carry(
      store, to: wechat, outbox: outbox, accounts: [Given.account(), Given.account("liuhe")], for: .seconds(10))
    let sent = wechat.calls.filter { theirs.contains($0.openid) }
    #expect(sent.count == 20 && sent.allSatisfy { $0.time - Given.noon <= .seconds(5) })
  }

  @Test func `all are sent as fast as the account may, and no faster`() async throws {
    let store = try Given.store((0..<100).map { Given.feedback("c\($0)") })
    let wechat = GivenWeChat(time.clock)
    await carry(store, to: wechat, outbox: GivenOutbox(), accounts: [Given.account(perSecond: 20)], for: .seconds(30))
    let times = wechat.calls.map(\.time).sorted()
    #expect(times.count == 100 && Set(wechat.calls.map(\.openid)).count == 100)
    let first = try #require(times.first)
    let last = try #require(times.last)
    // Twenty at once, and twenty more each second.
    #expect(last - first >= .seconds(4) && last - first < .seconds(8), "\(last - first)")
    #expect(wechat.mostUnderWay <= 9)
  }

  @Test func `one case's messages go one after the other, in their order`() async throws {
    let records = (1...5).map { Given.feedback("case", id: "case.\($0)", kind: "notice", text: "第\($0)条") }
    let store = try Given.store(records)
    let wechat = GivenWeChat(time.clock)
    await carry(store, to: wechat, outbox: GivenOutbox(), for: .seconds(30))
    let order = wechat.calls.map { call in (1...5).first { call.text.contains("第\($0)条") } }
    #expect(order == [1, 2, 3, 4, 5])
  }

  @Test func `an outbox that takes nothing for a while loses no report, and no message is sent again`() async throws {
    let store = try Given.store([Given.feedback("a"), Given.feedback("b")])
    let wechat = GivenWeChat(time.clock)
    let outbox = GivenOutbox(failures: 7)
    await carry(store, to: wechat, outbox: outbox, for: .seconds(30))
    #expect(wechat.calls.count == 2)
    #expect(Set(try outbox.reports().map(\.id)) == ["a.5.0.delivered", "b.5.0.delivered"])
  }

  @Test func `nothing is sent before its time, and what expired meanwhile never`() async throws {
    let morning = Given.noon + .seconds(120)
    let store = try Given.store([
      Given.feedback("a", notBefore: morning), Given.feedback("b", expires: Given.noon + .seconds(10)),
    ])
    time.pass(.seconds(10))
    let wechat = GivenWeChat(time.clock)
    let outbox = GivenOutbox()
    await carry(store, to: wechat, outbox: outbox, for: .seconds(200))
    #expect(wechat.calls.count == 1)
    #expect(try #require(wechat.calls.first).time >= morning)
    #expect(try outbox.reports().map(\.id) == ["a.5.0.delivered"])
    #expect(count("expired") == 1)
  }

  @Test func `a stop lets what is under way come to its end, and begins nothing more`() async throws {
    let store = try Given.store((0..<50).map { Given.feedback("c\($0)") })
    let stop = Stop()
    let wechat = GivenWeChat(time.clock) { _, number in
      if number == 3 { stop.set() }
      return .code(0)
    }
    let outbox = GivenOutbox()
    let carrier = Carrier(
      accounts: [Given.account(perSecond: 1000)], store: store, http: wechat, outbox: outbox, link: nil,
      clock: time.clock, wait: wait(store), logger: Given.silent, metrics: metrics)
    await carrier.run { stop.isSet }
    #expect(wechat.calls.count <= 10)
    #expect(try outbox.reports().count == wechat.calls.count)
    let left = try await store.due(at: Given.noon, limit: 100, accounts: ["qingxi", "liuhe"], exceptCases: [])
    #expect(left.count == 50 - wechat.calls.count)
  }
}
