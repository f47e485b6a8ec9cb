import Cases
import EventLog
import Streams
import Testing
import Time

@testable import Feedback

struct FeedbackTests {
  // MARK: The answer to the citizen

  @Test(arguments: ["web", "wechat", "phone", "app"])
  func `the answer goes to the citizen over the channel they came by`(channel: String) throws {
    var desk = try Desk()
    try desk.open(channel: channel)
    let told = try #require(try desk.tell(Events.replied(.writing), "c.4").first)
    let answer = try told.message
    #expect(told.topic == Topics.feedback)
    #expect(told.event.type == EventTypes.answer && answer.kind == .answer && answer.to == .citizen)
    #expect(told.event.source == Sources.feedback)
    #expect(told.event.subject == "c" && told.key == "c")
    #expect(answer.channel == channel)
    #expect(answer.by == "住建局" && answer.method == .writing)
    #expect(answer.text == "您反映的事项20260601-7K3M-9Q2X已有答复：\n已修复\n答复单位：住建局")
    #expect(answer.event == "c.4" && answer.answer == "c.4.0" && answer.attempt == 1)
    #expect(answer.rules == "feedback-1")
  }

  @Test(arguments: ["web", "app", "station"])
  func `over a channel that is read on a page the answer counts as delivered at once`(channel: String) throws {
    var desk = try Desk()
    try desk.open(channel: channel)
    let told = try desk.tell(Events.replied(.writing), "c.4")
    #expect(told.map(\.topic) == [Topics.feedback, Topics.commands])
    #expect(try told[1].command == Events.delivered("c.4.0", channel))
    #expect(desk.timer == nil)
  }

  @Test(arguments: ["wechat", "phone", "sms", "letter", "email"], [CaseCommand.Reply.Method.writing, .wechat])
  func `over a channel that somebody else carries nobody says yet that it arrived`(
    channel: String, method: CaseCommand.Reply.Method
  ) throws {
    var desk = try Desk()
    try desk.open(channel: channel)
    let told = try desk.tell(Events.replied(method), "c.4")
    #expect(told.map(\.topic) == [Topics.feedback])
    #expect(try told[0].message.channel == channel)
    #expect(desk.timer != nil)
  }

  @Test(arguments: ["wechat", "phone", "sms", "letter", "web"], [CaseCommand.Reply.Method.phone, .onTheSpot])
  func `who was told by phone or on the spot has heard it, and is not called again`(
    channel: String, method: CaseCommand.Reply.Method
  ) throws {
    var desk = try Desk()
    try desk.open(channel: channel)
    let told = try desk.tell(Events.replied(method), "c.4")
    #expect(told.map(\.topic) == [Topics.feedback, Topics.commands])
    #expect(try told[0].message.channel == "page")
    #expect(try told[1].command == Events.delivered("c.4.0", method.rawValue))
    #expect(desk.timer == nil)
  }

  @Test func `every answer is told, also a second one after closing`() throws {
    var desk = try Desk()
    try desk.open(channel: "web")
    _ = try desk.tell(Events.replied(.writing), "c.4")
    _ = try desk.tell(.closed(CaseEvent.Closed(outcome: .answered)), "c.6")
    let told = try desk.tell(Events.replied(.writing), "c.7")
    #expect(told.map(\.event.id) == ["c.7.0", "c.7.1"])
    #expect(try told[1].command == Events.delivered("c.7.0", "web"))
  }

  @Test func `a refusal, with its reason, is an answer`() throws {
    var desk = try Desk()
    try desk.open(channel: "web")
    let told = try desk.tell(Events.refused, "c.4")
    #expect(told.map(\.event.type) == [EventTypes.answer, "cn.huiyin.case.record-delivery.v1"])
    #expect(try told[0].message.text == "您反映的事项20260601-7K3M-9Q2X不予受理。\n理由：案件正在诉讼中\n作出单位：安溪联络站")
    #expect(try told[0].message.of == "refused" && told[0].message.method == nil)
    #expect(try told[1].command == Events.delivered("c.4.0", "web"))
  }

  @Test func `ids and times are derived from the event, and the same event gives the same bytes`() throws {
    var desk = try Desk()
    try desk.open(channel: "web")
    var again = desk
    let told = try desk.tell(Events.replied(.writing), "c.4")
    #expect(told.map(\.event.id) == ["c.4.0", "c.4.1"])
    #expect(told.map(\.event.source) == [Sources.feedback, Sources.feedback])
    #expect(told.allSatisfy { $0.event.time == Events.time })
    again.now = Instant(milliseconds: 2_000_000_000_000)
    #expect(try again.tell(Events.replied(.writing), "c.4").map(\.record) == told.map(\.record))
  }

  @Test func `each of several merged citizens gets an answer of their own, over their own channel`() throws {
    for (channel, expected) in [("web", "web"), ("sms", "sms"), ("letter", "letter")] {
      var desk = try Desk()
      try desk.open(channel: channel)
      let merged = CaseEvent.merged(CaseEvent.Merged(into: try #require(CaseID("lead")), by: "李工"))
      #expect(try desk.tell(merged, "c.3").messages(to: .citizen).isEmpty)
      let told = try desk.tell(Events.replied(.writing), "c.4")
      #expect(try told.messages(to: .citizen).map(\.channel) == [expected])
      #expect(try told[0].message.answer == "c.4.0")
    }
  }

  // MARK: Cases of earlier versions

  @Test func `a case of which only the channel is known is answered over that channel`() throws {
    for channel in ["web", "wechat", "phone"] {
      let old = #"{"channel":"\#(channel)","owner":{"id":"d-1","kind":"department","name":"住建局"}}"#
      var state: FeedbackState? = try FeedbackState(stored: Array(old.utf8))
      let processor = FeedbackProcessor(rules: try .shipped())
      let input = FeedbackProcessor.Input(
        caseID: try #require(CaseID("c")), id: "c.9", time: Events.time, event: Events.replied(.writing))
      let effects = try processor.process(input, state: &state, at: Events.time.instant)
      guard case .emit(Topics.feedback, let record) = effects.first else {
        Issue.record("no answer over \(channel)")
        continue
      }
      #expect(try JSONData.decode(FeedbackMessage.self, from: record.value).channel == channel)
    }
  }

  @Test func `a statement without reach is answered over the channel it came by`() throws {
    var submission = Events.submission(Events.opinion(channel: "sms"))
    submission.statement.reach = nil
    var desk = try Desk()
    try desk.tell(.opened(CaseEvent.Opened(submission: submission, deadline: Events.deadline())), "c.1")
    #expect(try desk.tell(Events.replied(.writing), "c.2").messages.map(\.channel) == ["sms"])
  }

  // MARK: Personal data

  @Test func `feedback records and state hold nothing of the opinion or its citizen`() throws {
    var desk = try Desk(link: "https://example.org/c/")
    let scan = Scan(standing: .valid, kind: .deputy, holder: "dep-1")
    var told = try desk.open(
      Events.chat(subscription: Subscription(once: ["tmpl-secret"]), phone: "13800000000", scan: scan))
    told += try desk.tell(.reminded(Events.missed), "c.4")
    told += try desk.tell(.overdue(Events.missed), "c.5")
    told += try desk.tell(Events.replied(.writing), "c.6")
    let stored = String(decoding: try #require(try desk.state?.stored()), as: UTF8.self)
    #expect(told.count > 6)
    for text in told.map(\.text) + [stored] {
      for words in ["路灯坏了", "幸福路3号", "标题", "王小明", "13800000000", "o-1", "tmpl-secret"] {
        #expect(!text.contains(words), "\(words)")
      }
    }
    for one in told {
      #expect(
        Set(one.record.headers.map(\.name)).isSubset(of: [
          "ce_specversion", "ce_id", "ce_source", "ce_type", "ce_subject", "ce_time", "content-type",
        ]))
    }
  }

  @Test func `state holds an answer's text only while it is on its way, and is small`() throws {
    var desk = try Desk()
    try desk.open(
      Events.chat(phone: "1"), Events.assignment(supervisor: Events.station, attendant: Events.fellow))
    func size() throws -> Int { try desk.state?.stored().count ?? 0 }
    let before = try size()
    #expect(before < 480, "\(before) bytes")
    try desk.tell(Events.replied(.writing), "c.4")
    #expect(try String(decoding: desk.state?.stored() ?? [], as: UTF8.self).contains("已修复"))
    try desk.tell(Events.arrived("c.4.0", "wechat"), "c.5")
    #expect(try !String(decoding: desk.state?.stored() ?? [], as: UTF8.self).contains("已修复"))
    #expect(try size() < before + 32)
    print("feedback: \(before) bytes of state for a case with three offices")
  }

  @Test func `the same case is the same bytes of state in every process`() throws {
    var desk = try Desk()
    try desk.tell(Events.opened(Events.opinion(channel: "letter", email: "a@b")), "c.1")
    try desk.tell(.supplemented(Events.submission(Events.chat())), "c.2")
    let stored = String(decoding: try #require(try desk.state?.stored()), as: UTF8.self)
    #expect(stored.contains(#""channels":["wechat","sms","phone","email","letter","page","board"]"#), "\(stored)")
  }

  // MARK: Broken events

  @Test func `events before the case was opened are refused`() throws {
    for event in [Events.assigned(), .reminded(Events.missed), .overdue(Events.missed), Events.replied(.phone)] {
      var desk = try Desk()
      let error = #expect(throws: Rejection.self) { try desk.tell(event, "c.4") }
      #expect(error?.reason == "\(event.name) before the case was opened")
      #expect(desk.state == nil)
    }
  }

  @Test(arguments: [
    ("cn.huiyin.case.replied.v2", "unknown type cn.huiyin.case.replied.v2"),
    ("cn.huiyin.case.v1", "unknown type cn.huiyin.case.v1"),
    ("cn.huiyin.case.danced.v1", "cn.huiyin.case.danced.v1: unknown type of event"),
    ("cn.huiyin.case.reply.v1", "cn.huiyin.case.reply.v1: unknown type of event"),
    ("cn.huiyin.case.replied.v1", "cn.huiyin.case.replied.v1: data.reply is missing"),
    ("cn.huiyin.case.overdue.v1", "cn.huiyin.case.overdue.v1: data.due is missing"),
  ])
  func `unknown and broken events are refused by name`(type: String, reason: String) throws {
    let event = CloudEvent(id: "c.1", source: Sources.track, type: type, subject: "c", data: Array("{}".utf8))
    #expect(try Desk.reason(event.record(key: Array("c".utf8))) == reason)
  }

  @Test func `an event without a key, or of another key than its subject, is refused`() throws {
    let event = CloudEvent(
      id: "c.1", source: Sources.track, type: "cn.huiyin.case.closed.v1", subject: "c",
      data: Array(#"{"outcome":"answered"}"#.utf8))
    #expect(try Desk.reason(event.record(key: Array("c".utf8))) == nil)
    #expect(try Desk.reason(event.record(key: nil)) == "the record has no key")
    #expect(try Desk.reason(event.record(key: Array("d".utf8))) == "the record's key is not its ce_subject")
    #expect(try Desk.reason(event.record(key: [0xff])) == "the record's key is not UTF-8")
  }

  @Test func `what broken data holds is not quoted`() throws {
    let data = #"{"outcome":"王小明 13800000000"}"#
    let event = CloudEvent(
      id: "c.1", source: Sources.track, type: "cn.huiyin.case.closed.v1", subject: "c", data: Array(data.utf8))
    #expect(
      try Desk.reason(event.record(key: Array("c".utf8)))
        == "cn.huiyin.case.closed.v1: data.outcome is not a value allowed there")
  }
}
