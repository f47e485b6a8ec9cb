import Cases
import EventLog
import Streams
import Testing
import Time

@testable import Feedback

/// Asking citizens what they think of an answer.
struct RatingTests {
  private func told(
    _ opinion: Opinion, _ reply: CaseEvent = Events.replied(.writing), historic: Bool = false,
    after wait: Duration = .zero
  ) throws -> [Desk.Told] {
    var desk = try Desk(link: "https://example.org/c/")
    try desk.tell(Events.opened(opinion, historic: historic), "c.1")
    desk.now = desk.now + wait
    let answer = try desk.tell(reply, "c.4")
    let channel = try answer.messages.first?.channel ?? "x"
    let asked = try desk.tell(Events.arrived("c.4.0", channel), "c.5")
    #expect(try desk.tell(Events.arrived("c.4.0", channel), "c.6").isEmpty, "asked twice")
    return asked
  }

  @Test func `once their answer has arrived, citizens are asked what they think of it, once`() throws {
    let asked = try told(Events.chat())
    #expect(asked.map(\.event.id) == ["c.5.0"] && asked[0].event.type == EventTypes.ratingRequest)
    let message = try asked[0].message
    #expect(message.kind == .rating && message.channel == "wechat" && message.of == "delivered")
    #expect(message.text.contains("请评价") && message.text.contains("https://example.org/c/c"))
  }

  @Test func `who was told by phone or on the spot is asked too`() throws {
    #expect(try told(Events.chat(), Events.replied(.phone)).count == 1)
    #expect(try told(Events.chat(), Events.replied(.onTheSpot)).count == 1)
  }

  @Test func `who reads the answer on a page is asked there`() throws {
    #expect(try told(Events.opinion(channel: "web")).messages.map(\.channel) == ["web"])
  }

  @Test func `nobody is called just to be asked`() throws {
    let asked = try told(Events.opinion(channel: "phone"))
    #expect(try asked.messages.map(\.channel) == ["sms"])
    #expect(try told(Events.opinion(channel: "phone", phone: nil)).isEmpty)
  }

  @Test func `the rules may have people called`() throws {
    let yaml = """
      version: x
      channels: {answer: [own], notice: [], rating: [phone]}
      words:
        replied: {citizen: "答复：{reply}"}
        refused: {citizen: 不予受理}
        delivered: {citizen: 请评价}
      """
    var desk = try Desk(try FeedbackFile.parse(yaml, file: "x.yaml"))
    try desk.open(channel: "phone")
    try desk.tell(Events.replied(.writing), "c.4")
    #expect(try desk.tell(Events.arrived("c.4.0", "phone"), "c.5").messages.map(\.channel) == ["phone"])
  }

  @Test func `a subscription that the answer used is not there for asking`() throws {
    let wait = Duration.seconds(5 * 86_400)
    #expect(try told(Events.chat(subscription: Subscription(once: ["a"])), after: wait).isEmpty)
    let spare = try told(Events.chat(subscription: Subscription(once: ["a", "b"])), after: wait)
    #expect(try spare.messages.map(\.channel) == ["wechat-subscription"])
  }

  @Test func `nobody is asked about the past, nor the anonymous who can't be reached`() throws {
    #expect(try told(Events.chat(), Events.replied(.phone, historic: true)).isEmpty)
    #expect(try told(Events.chat(), historic: true).isEmpty)
    #expect(try told(Events.opinion(channel: "sms", id: nil, phone: nil, anonymous: true)).isEmpty)
  }
}
