import Cases
import EventLog
import Feedback
import FoundationEssentials
import Streams
import Testing
import Time

struct FeedbackTests {
  // MARK: The answer to the citizen

  @Test(arguments: ["web", "wechat", "phone", "app"])
  func `the answer goes to the citizen over the channel they came by`(channel: String) throws {
    var desk = Desk()
    try desk.open(channel: channel)
    let told = try desk.tell(Events.replied(.writing), "c.4")
    let answer = try #require(told.first)
    #expect(answer.topic == Topics.feedback)
    #expect(answer.event.type == EventTypes.answer)
    #expect(answer.event.source == Sources.feedback)
    #expect(answer.event.subject == "c" && answer.key == "c")
    #expect(answer.fields["channel"] == channel)
    #expect(answer.fields["by"] == "住建局")
    #expect(answer.fields["method"] == "writing")
    #expect(answer.fields["text"] == "已修复")
    #expect(answer.fields["event"] == "c.4")
  }

  @Test(arguments: ["web", "app", "station"])
  func `over a channel that is read on a page the answer counts as delivered at once`(channel: String) throws {
    var desk = Desk()
    try desk.open(channel: channel)
    let told = try desk.tell(Events.replied(.writing), "c.4")
    #expect(told.map(\.topic) == [Topics.feedback, Topics.commands])
    #expect(try told[1].command == Events.delivered("c.4.0", channel))
  }

  @Test(arguments: ["wechat", "phone", "sms", "letter"], [CaseCommand.Reply.Method.writing, .wechat])
  func `over a channel that somebody else carries nobody says yet that it arrived`(
    channel: String, method: CaseCommand.Reply.Method
  ) throws {
    var desk = Desk()
    try desk.open(channel: channel)
    #expect(try desk.tell(Events.replied(method), "c.4").map(\.topic) == [Topics.feedback])
  }

  @Test(arguments: ["wechat", "phone", "sms", "letter", "web"], [CaseCommand.Reply.Method.phone, .onTheSpot])
  func `who was told by phone or on the spot has heard it, whatever the channel`(
    channel: String, method: CaseCommand.Reply.Method
  ) throws {
    var desk = Desk()
    try desk.open(channel: channel)
    let told = try desk.tell(Events.replied(method), "c.4")
    #expect(told.map(\.topic) == [Topics.feedback, Topics.commands])
    #expect(try told[1].command == Events.delivered("c.4.0", method.rawValue))
  }

  @Test func `every answer is told, also a second one after closing`() throws {
    var desk = Desk()
    try desk.open(channel: "web")
    _ = try desk.tell(Events.replied(.writing), "c.4")
    _ = try desk.tell(.closed(CaseEvent.Closed(outcome: .answered)), "c.6")
    let told = try desk.tell(Events.replied(.writing), "c.7")
    #expect(told.map(\.event.id) == ["c.7.0", "c.7.1"])
    #expect(try told[1].command == Events.delivered("c.7.0", "web"))
  }

  @Test func `ids and times are derived from the event, and the same event gives the same bytes`() throws {
    var desk = Desk()
    try desk.open(channel: "web")
    var again = desk
    let told = try desk.tell(Events.replied(.writing), "c.4")
    #expect(told.map(\.event.id) == ["c.4.0", "c.4.1"])
    #expect(told.map(\.event.source) == [Sources.feedback, Sources.feedback])
    #expect(told.allSatisfy { $0.event.time == Events.time })
    again.now = Instant(milliseconds: 2_000_000_000_000)
    #expect(try again.tell(Events.replied(.writing), "c.4").map(\.record) == told.map(\.record))
  }

  // MARK: Notices to the owner

  @Test func `the owner is told when a case comes to them`() throws {
    var desk = Desk()
    try desk.tell(Events.opened(channel: "web"), "c.1")
    let told = try desk.tell(Events.assigned(), "c.3")
    #expect(told.map(\.event.type) == [EventTypes.notice])
    #expect(told[0].topic == Topics.feedback && told[0].key == "c")
    #expect(told[0].event.id == "c.3.0")
    #expect(told[0].text == #"{"event":"c.3","owner":{"id":"d-1","kind":"department","name":"住建局"},"what":"assigned"}"#)
  }

  @Test func `the owner is told of the reminder and of expiry, with the last day`() throws {
    var desk = Desk()
    try desk.open(channel: "wechat")
    for (event, what) in [(CaseEvent.reminded(Events.deadline), "reminder"), (.overdue(Events.deadline), "overdue")] {
      let told = try desk.tell(event, "c.4")
      #expect(told.count == 1)
      #expect(
        told[0].text == #"{"due":"2026-06-10","event":"c.4","owner":{"id":"d-1","kind":"department","name":"住建局"},"#
          + #""what":"\#(what)"}"#)
    }
  }

  @Test func `a notice goes to the present owner`() throws {
    var desk = Desk()
    try desk.open(channel: "web")
    _ = try desk.tell(Events.assigned(Owner(id: "s-9", kind: .station, name: "安溪联络站")), "c.4")
    #expect(try desk.tell(.overdue(Events.deadline), "c.5")[0].text.contains(#""id":"s-9""#))
  }

  @Test func `nothing is told of what concerns nobody outside`() throws {
    var desk = Desk()
    try desk.open(channel: "web")
    let delivery = CaseEvent.Delivery(feedback: "c.4.0", channel: "web")
    let classification = Classification(category: "城乡建设", confidence: 1, why: [], version: "1")
    for event: CaseEvent in [
      .classified(classification), .delivered(delivery), .undelivered(delivery),
      .closed(CaseEvent.Closed(outcome: .answered)), .supplemented(Events.submission(channel: "wechat")),
      .overdueWithdrawn(CaseEvent.OverdueWithdrawn(generation: 1, repliedAt: Events.time)),
      .refusedCommand(
        CaseEvent.RefusedCommand(command: OpinionReference(source: "/x", id: "1"), type: "t", reason: "r")),
    ] {
      #expect(try desk.tell(event, "c.9").isEmpty, "\(event.name)")
    }
    #expect(try desk.tell(Events.replied(.writing), "c.10")[0].fields["channel"] == "web")
  }

  // MARK: Personal data

  @Test func `feedback records hold nothing of the opinion or its citizen beyond the reply's text`() throws {
    var desk = Desk()
    var told = try desk.tell(Events.opened(channel: "web"), "c.1")
    told += try desk.tell(Events.assigned(), "c.3")
    told += try desk.tell(.reminded(Events.deadline), "c.4")
    told += try desk.tell(.overdue(Events.deadline), "c.5")
    told += try desk.tell(Events.replied(.phone), "c.6")
    #expect(told.count == 5)
    for one in told {
      for words in ["路灯坏了", "幸福路3号", "标题", "王小明"] { #expect(!one.text.contains(words)) }
      let names = Set(one.record.headers.map(\.name))
      #expect(
        names.isSubset(of: ["ce_specversion", "ce_id", "ce_source", "ce_type", "ce_subject", "ce_time", "content-type"])
      )
    }
    let answer = try JSONDecoder().decode([String: String].self, from: Data(told[3].text.utf8))
    #expect(answer.keys.sorted() == ["by", "channel", "event", "method", "text"])
  }

  // MARK: Broken events

  @Test func `events before the case was opened are refused`() throws {
    for event in [Events.assigned(), .reminded(Events.deadline), .overdue(Events.deadline), Events.replied(.phone)] {
      var desk = Desk()
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
  func `unknown and broken events are refused by name`(type: String, reason: String) {
    let event = CloudEvent(id: "c.1", source: Sources.track, type: type, subject: "c", data: Array("{}".utf8))
    #expect(Desk.reason(event.record(key: Array("c".utf8))) == reason)
  }

  @Test func `an event without a key, or of another key than its subject, is refused`() {
    let event = CloudEvent(
      id: "c.1", source: Sources.track, type: "cn.huiyin.case.closed.v1", subject: "c",
      data: Array(#"{"outcome":"answered"}"#.utf8))
    #expect(Desk.reason(event.record(key: Array("c".utf8))) == nil)
    #expect(Desk.reason(event.record(key: nil)) == "the record has no key")
    #expect(Desk.reason(event.record(key: Array("d".utf8))) == "the record's key is not its ce_subject")
    #expect(Desk.reason(event.record(key: [0xff])) == "the record's key is not UTF-8")
  }

  @Test func `what broken data holds is not quoted`() {
    let data = #"{"outcome":"王小明 13800000000"}"#
    let event = CloudEvent(
      id: "c.1", source: Sources.track, type: "cn.huiyin.case.closed.v1", subject: "c", data: Array(data.utf8))
    #expect(
      Desk.reason(event.record(key: Array("c".utf8)))
        == "cn.huiyin.case.closed.v1: data.outcome is not a value allowed there")
  }
}
