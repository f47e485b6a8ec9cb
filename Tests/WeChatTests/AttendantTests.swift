import Cases
import EventLog
import HTTPTypes
import HTTPValues
import Outbox
import Streams
import Testing
import Time
import WeChat

struct AttendantTests {
  private let citizen = "wechat/qingxi/" + Callback.openid

  private func knowing(_ cases: [CitizenCase?]) -> GivenCases {
    GivenCases(.known([citizen: cases.compactMap { $0 }]))
  }

  @Test(arguments: [Message.text("查"), Message.text("进度？"), Message.event("CLICK", key: "status")])
  func `asked where things stand, it lists the newest cases`(message: Message) async throws {
    let callback = try Callback(
      cases: knowing([
        .given("a"), .given("b", overdue: true), .given("c", phase: .replied, reply: "路灯已修好"),
        .given("d", phase: .closed, reply: "已答复过", rated: true), .given("e", phase: .closed), .given("f"),
      ]))
    let said = try #require(await callback.said(to: message))
    let lines = said.split(separator: "\n")
    #expect(lines.count == 7)
    #expect(lines[0] == "您最近的5件：")
    #expect(lines[1] == "haaaaaaaaaaaaaaaaaaaaaaaaaa（9月24日登记）办理中，10月12日前答复")
    #expect(lines[2].hasSuffix("）已过答复期限（10月12日），还没有答复"))
    #expect(lines[3].hasSuffix("）已答复：路灯已修好"))
    #expect(lines[4].hasSuffix("）已答复，已办结：已答复过"))
    #expect(lines[5].hasSuffix("）已办结"))
    #expect(lines[6].contains("满意"))
    #expect(callback.outbox.outputs.isEmpty)
  }

  @Test func `who has no case is told so, and nothing of others`() async throws {
    let callback = try Callback(
      cases: GivenCases(.known(["wechat/liuhe/" + Callback.openid: [.given("a")].compactMap { $0 }])))
    #expect(try await callback.said(to: .text("查")) == CaseSentences.none)
  }

  @Test func `what can't be looked up just now is said so within the budget`() async throws {
    let unknown = try Callback(cases: GivenCases(.unknown))
    #expect(try await unknown.said(to: .text("查")) == CaseSentences.notNow)
    let silent = try Callback(cases: GivenCases(.silent), wait: { _ in })
    #expect(try await silent.said(to: .text("查")) == CaseSentences.notNow)
    #expect(try await silent.said(to: .text("haaaaaaaaaaaaaaaaaaaaaaaaaa")) == CaseSentences.notNow)
    #expect(try await silent.said(to: .text("满意"))?.contains("没有记下") == true)
    #expect(silent.outbox.outputs.isEmpty)
  }

  @Test func `a number shows its case to its owner alone`() async throws {
    let callback = try Callback(cases: knowing([.given("b"), .given("a", phase: .replied, reply: "路灯已修好")]))
    let said = try #require(await callback.said(to: .text(" haaaaaaaaaaaaaaaaaaaaaaaaaa ")))
    #expect(
      said == """
        编号 haaaaaaaaaaaaaaaaaaaaaaaaaa
        9月24日登记
        类别：城市建设与管理
        承办：临溪街道代表联络站
        已答复
        答复：路灯已修好
        https://board.example/cases/haaaaaaaaaaaaaaaaaaaaaaaaaa?k=notARealKey
        对答复，请回复“满意”“基本满意”或“不满意”。
        """)
    let stranger = Message.text("haaaaaaaaaaaaaaaaaaaaaaaaaa", from: "oAnother")
    let nobodys = Message.text("hzzzzzzzzzzzzzzzzzzzzzzzzzz")
    #expect(try await callback.said(to: stranger) == CaseSentences.unknown)
    #expect(try await callback.said(to: nobodys) == CaseSentences.unknown)
    #expect(callback.outbox.outputs.isEmpty)
  }

  @Test func `however much there is to say, it fits into a reply`() throws {
    let long = String(repeating: "长长的答复。", count: 1000)
    let one = try #require(CitizenCase.given("a", phase: .replied, reply: long))
    let detail = CaseSentences.detail(one)
    #expect(detail.utf8.count <= 2048)
    #expect(detail.contains(one.page) && detail.contains("…"))
    let list = CaseSentences.list(Array(repeating: one, count: 5))
    #expect(list.utf8.count <= 2048)
    #expect(list.split(separator: "\n").count == 7)
  }

  @Test(arguments: [
    ("满意", CaseCommand.Rate(satisfaction: .satisfied)), ("基本满意", CaseCommand.Rate(satisfaction: .fair)),
    ("评价 不满意：没修好", CaseCommand.Rate(satisfaction: .unsatisfied, text: "没修好")),
  ])
  func `a rating goes to the newest case with a reply that isn't rated`(
    text: String, rate: CaseCommand.Rate
  ) async throws {
    let callback = try Callback(
      cases: knowing([
        .given("a"), .given("b", phase: .closed, reply: "x", rated: true), .given("c", phase: .replied, reply: "x"),
        .given("d", phase: .replied, reply: "x"),
      ]))
    let said = try #require(await callback.said(to: .text(text)))
    #expect(said.contains("hcccccccccccccccccccccccccc"))
    let output = try #require(callback.outbox.outputs.first)
    #expect(callback.outbox.outputs.count == 1)
    #expect(output.topic == "commands")
    #expect(output.record.key == Array("hcccccccccccccccccccccccccc".utf8))
    let event = try CloudEvent(output.record)
    #expect(event.type == "cn.huiyin.case.rate.v1")
    #expect(event.source == "/huiyin/wechat/qingxi")
    #expect(event.subject == "hcccccccccccccccccccccccccc")
    #expect(event.time?.text == "2026-09-24T09:59:59+08:00")
    #expect(try CaseCommand(type: event.type, data: event.data) == .rate(rate))
    _ = try await callback.deliver(.text(text))
    #expect(callback.outbox.outputs == [output, output])
  }

  @Test func `a rating delivered again doesn't go on to the next case`() async throws {
    let cases = knowing([
      .given("a", phase: .replied, reply: "x", rated: true), .given("b", phase: .replied, reply: "x"),
    ])
    let callback = try Callback(cases: cases)
    var again = Message.text("满意")
    again.fields["CreateTime"] = "1790215196"
    #expect(try await callback.said(to: again)?.contains("haaaaaaaaaaaaaaaaaaaaaaaaaa") == true)
    #expect(callback.outbox.outputs.isEmpty)
    // Delivered late, but not yet taken: it counts.
    cases.set(.known([citizen: [.given("a", phase: .replied, reply: "x")].compactMap { $0 }]))
    #expect(try await callback.said(to: again)?.contains("haaaaaaaaaaaaaaaaaaaaaaaaaa") == true)
    #expect(callback.outbox.outputs.count == 1)
  }

  @Test func `where no reply awaits a rating, it says so and takes nothing`() async throws {
    let callback = try Callback(cases: knowing([.given("a"), .given("b", phase: .closed)]))
    #expect(try await callback.said(to: .text("满意"))?.contains("没有等您评价的答复") == true)
    #expect(callback.outbox.outputs.isEmpty)
  }

  @Test(arguments: [OutboxResult.unavailable, nil])
  func `what isn't durable in time is not acknowledged`(result: OutboxResult?) async throws {
    let outbox = CollectingOutbox(result)
    let wait = result == nil ? { @Sendable (_: Duration) async in } : Callback.untilCancelled
    let callback = try Callback(
      outbox: outbox, cases: knowing([.given("a", phase: .replied, reply: "x")]), wait: wait)
    for message in [
      Message.text("路灯坏了"), .text("完"), .event("SCAN", key: "valid"), .event("unsubscribe"),
      .event("user_authorization_revoke"),
    ] {
      let response = try await callback.deliver(message)
      #expect(response.head.status == .serviceUnavailable)
      #expect(response.head.headerFields[.retryAfter] == "5")
    }
    #expect(try callback.count("unavailable") == 5)
    // Delivered again, it is taken as if for the first time.
    outbox.set(.durable)
    let later = try Callback(outbox: outbox)
    #expect(try await later.said(to: .text("路灯坏了"))?.contains("收到") == true)
  }

  @Test func `a rating that isn't durable is not thanked for`() async throws {
    let cases = knowing([.given("a", phase: .replied, reply: "x")])
    let callback = try Callback(outbox: CollectingOutbox(.unavailable), cases: cases)
    #expect(try await callback.deliver(.text("满意")).head.status == .serviceUnavailable)
  }

  @Test func `what only tells something needs no outbox`() async throws {
    let callback = try Callback(outbox: CollectingOutbox(.unavailable), cases: knowing([.given("a")]))
    #expect(try await callback.said(to: .text("查"))?.contains("办理中") == true)
    #expect(try await callback.said(to: .event("VIEW", key: "x")) == nil)
  }

  @Test func `what is too large for the log is said so`() async throws {
    let callback = try Callback(outbox: CollectingOutbox(.tooLarge))
    #expect(try await callback.said(to: .text("路灯坏了"))?.contains("太长") == true)
  }
}
