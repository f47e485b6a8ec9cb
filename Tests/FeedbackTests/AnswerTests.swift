import Cases
import EventLog
import Streams
import Testing
import Time

@testable import Feedback

/// Which channels an answer takes, one after the other.
struct AnswerTests {
  private static let hour = Duration.seconds(3600)
  private static let day = Duration.seconds(86_400)

  /// Answered after so long.
  private func answered(
    _ opinion: Opinion, after wait: Duration = .zero
  ) throws -> (desk: Desk, told: [Desk.Told]) {
    var desk = try Desk()
    try desk.open(opinion)
    desk.now = desk.now + wait
    let told = try desk.tell(Events.replied(.writing), "c.4")
    return (desk, told)
  }

  // MARK: WeChat

  @Test func `within 48 hours of their message a citizen is answered on WeChat`() throws {
    let (_, told) = try answered(Events.chat(), after: .seconds(40 * 3600))
    let answer = try #require(try told.messages.first)
    #expect(answer.channel == "wechat" && answer.notBefore == nil)
    #expect(answer.expires?.instant == Events.time.instant + .seconds(41 * 3600))
  }

  @Test func `an attempt on WeChat never outlasts the window`() throws {
    let (_, told) = try answered(Events.chat(), after: .seconds(48 * 3600 - 60))
    let answer = try #require(try told.messages.first)
    #expect(answer.channel == "wechat" && answer.expires?.instant == Events.time.instant + .seconds(48 * 3600))
  }

  @Test func `after 48 hours a subscription is used, once`() throws {
    var (desk, told) = try answered(Events.chat(subscription: Subscription(once: ["t"])), after: Self.day * 2)
    #expect(try told.messages.map(\.channel) == ["wechat-subscription"])
    told = try desk.tell(Events.replied(.writing), "c.5")
    #expect(try told.messages(to: .citizen).map(\.channel) == ["board"])
  }

  @Test func `after 48 hours a template is sent where the account may`() throws {
    let (_, told) = try answered(Events.chat(subscription: Subscription(always: ["t"])), after: Self.day * 7)
    #expect(try told.messages.map(\.channel) == ["wechat-template"])
  }

  @Test func `someone who opened the page from WeChat can be written to for a minute`() throws {
    let signed = CaseEvent.signed(CaseEvent.Signed(by: "李工", owner: Events.department))
    var desk = try Desk()
    try desk.open(Events.opinion(channel: "web", id: "wechat/qingxi/o-1"))
    desk.now = Events.time.instant + .seconds(59)
    #expect(try desk.tell(signed, "c.3").messages(to: .citizen).isEmpty, "one of three is used, two are kept")
    let rules = try FeedbackFile.parse(
      """
      version: x
      channels: {answer: [wechat, letter], notice: [], rating: []}
      words:
        replied: {citizen: "答复：{reply}"}
        refused: {citizen: 不予受理}
      """, file: "x.yaml")
    for (wait, channels) in [(59, ["wechat"]), (60, [])] {
      var desk = try Desk(rules)
      try desk.open(Events.opinion(channel: "web", id: "wechat/qingxi/o-1"))
      desk.now = Events.time.instant + .seconds(wait)
      let told = try desk.tell(Events.replied(.writing), "c.4")
      #expect(try told.messages(to: .citizen).map(\.channel) == channels)
      if wait == 60 {
        #expect(try told.deliveries.map(\.reason) == ["微信消息：距最后一次互动已过1分钟；信函：没有留下联系方式"])
      }
    }
  }

  @Test func `a further message opens the window again, and a touch doesn't shorten it`() throws {
    var desk = try Desk()
    try desk.open(Events.chat())
    let later = GivenTime(Events.time.instant + Self.day * 3)
    try desk.tell(.supplemented(Events.submission(Events.chat(), at: later)), "c.3")
    let touch = Events.opinion(channel: "web", id: "wechat/qingxi/o-1")
    try desk.tell(.supplemented(Events.submission(touch, at: GivenTime(later.instant + Self.hour))), "c.4")
    desk.now = later.instant + .seconds(40 * 3600)
    #expect(try desk.tell(Events.replied(.writing), "c.5").messages(to: .citizen).map(\.channel) == ["wechat"])
  }

  @Test func `what a citizen gives later counts too`() throws {
    var desk = try Desk()
    try desk.open(Events.chat())
    let more = Events.opinion(
      channel: "web", id: "wechat/qingxi/o-1", subscription: Subscription(once: ["a", "b"]))
    try desk.tell(.supplemented(Events.submission(more)), "c.3")
    desk.now = desk.now + Self.day * 5
    let answer = try #require(try desk.tell(Events.replied(.writing), "c.5").messages.first)
    #expect(answer.channel == "wechat-subscription" && answer.fallback == ["sms", "phone", "board"])
  }

  @Test func `of the five messages of the window, notices leave two to the answer and the rating`() throws {
    var desk = try Desk()
    var told = try desk.open(Events.chat())
    for number in 3..<9 {
      told += try desk.tell(.signed(CaseEvent.Signed(by: "李工", owner: Events.department)), "c.\(number)")
    }
    #expect(try told.messages(to: .citizen).count == 3)
    #expect(try desk.tell(Events.replied(.writing), "c.9").messages(to: .citizen).map(\.channel) == ["wechat"])
    #expect(
      try desk.tell(Events.arrived("c.9.0", "wechat"), "c.10").messages(to: .citizen).map(\.channel) == ["wechat"])
    #expect(try desk.tell(Events.replied(.writing), "c.11").messages(to: .citizen).map(\.channel) == ["board"])
  }

  // MARK: The past

  @Test(arguments: ["wechat", "sms", "phone", "letter", "web"])
  func `an answer of the past is put on the page, and nobody is written to, called or asked`(channel: String) throws {
    for (isCaseHistoric, answer) in [
      (true, Events.replied(.writing)), (true, Events.refused), (false, Events.replied(.writing, historic: true)),
    ] {
      var desk = try Desk()
      let id = channel == "wechat" ? "wechat/qingxi/o-1" : "o-1"
      try desk.tell(Events.opened(Events.opinion(channel: channel, id: id), historic: isCaseHistoric), "c.1")
      let told = try desk.tell(answer, "c.2")
      #expect(told.map(\.event.id) == ["c.2.0", "c.2.1"])
      #expect(try told.messages.map(\.channel) == ["page"])
      #expect(try told[1].command == Events.delivered("c.2.0", "page"))
      #expect(desk.timer == nil)
      #expect(try desk.tell(Events.arrived("c.2.0", "page"), "c.3").isEmpty)
    }
  }

  // MARK: Falling back

  @Test func `a channel that failed is followed by the next, as a new record of the same answer`() throws {
    var (desk, told) = try answered(Events.chat(subscription: Subscription(once: ["t"]), phone: "13800000000"))
    #expect(try told.messages.map(\.fallback) == [["wechat-subscription", "sms", "phone", "board"]])
    told = try desk.tell(Events.failed("c.4.0", "wechat", "45015"), "c.5")
    #expect(told.map(\.event.id) == ["c.4.0/2"])
    let second = try #require(try told.messages.first)
    #expect(second.channel == "wechat-subscription" && second.attempt == 2 && second.answer == "c.4.0")
    #expect(second.event == "c.4" && second.text.contains("已修复") && second.by == "住建局" && second.method == .writing)
    told = try desk.tell(Events.failed("c.4.0", "wechat-subscription", "43101"), "c.6")
    #expect(try told.messages.map(\.channel) == ["sms"] && told[0].event.id == "c.4.0/3")
  }

  @Test func `an attempt that nobody answers until it expires is followed by the next`() throws {
    var (desk, told) = try answered(Events.chat(phone: "13800000000"))
    told = try desk.waitForTimer()
    #expect(desk.now == Events.time.instant + Self.hour)
    #expect(try told.messages.map(\.channel) == ["sms"] && told[0].event.id == "c.4.0/2")
    #expect(told[0].event.time?.instant == desk.now)
  }

  @Test func `when no channel is left it is on record why, of each`() throws {
    var (desk, told) = try answered(Events.opinion(channel: "sms"))
    #expect(try told.messages.map(\.channel) == ["sms"])
    told = try desk.tell(Events.failed("c.4.0", "sms", "停机"), "c.5")
    #expect(try told.messages.map(\.channel) == ["phone"])
    told = try desk.waitForTimer()
    #expect(told.map(\.event.id) == ["c.4.0/failed"])
    let end = try #require(try told.deliveries.first)
    #expect(end.feedback == "c.4.0" && end.result == .failed && end.final == true && end.channel == "phone")
    let reasons = try #require(end.reason).split(separator: "；").map(String.init)
    #expect(reasons.contains("短信：停机") && reasons.contains("电话：到期无人确认送达"))
    #expect(reasons.contains("电子邮件：没有留下联系方式") && reasons.contains("公示栏：没有留下联系方式"))
    #expect(desk.timer == nil && desk.state?.answers == nil)
  }

  @Test func `who can't be reached at all is on record at once`() throws {
    let (desk, told) = try answered(Events.opinion(channel: "sms", id: nil, phone: nil))
    #expect(told.map(\.topic) == [Topics.commands])
    #expect(try told.deliveries.first?.final == true)
    #expect(desk.timer == nil)
  }

  @Test func `the anonymous are answered on the public board, which shows nobody's key`() throws {
    var desk = try Desk(link: "https://example.org/c/")
    try desk.open(Events.opinion(channel: "letter", id: nil, phone: nil, anonymous: true))
    // A name alone is an address to whoever brought the letter.
    let told = try desk.tell(Events.replied(.writing), "c.4")
    #expect(try told.messages.map(\.channel) == ["letter"])
    #expect(try told.messages.map { $0.text.contains("example.org") } == [true])
    let board = try desk.tell(Events.failed("c.4.0", "letter", "退信"), "c.5")
    #expect(try board.messages.map(\.channel) == ["board"])
    #expect(try board.messages.map { $0.text.contains("example.org") } == [false])
  }

  @Test func `word of a channel that was given up changes nothing, unless it says that the answer arrived`() throws {
    var (desk, told) = try answered(Events.chat(phone: "13800000000"))
    told = try desk.waitForTimer()
    #expect(try told.messages.map(\.channel) == ["sms"])
    #expect(try desk.tell(Events.failed("c.4.0", "wechat", "45015"), "c.5").isEmpty)
    #expect(desk.timer != nil)
    let rating = try desk.tell(Events.arrived("c.4.0", "wechat"), "c.6")
    #expect(try rating.messages(to: .citizen).map(\.kind) == [.rating])
    #expect(desk.timer == nil && desk.state?.answers == nil)
  }

  @Test func `what track has settled for good is not tried again`() throws {
    var (desk, _) = try answered(Events.chat(phone: "13800000000"))
    #expect(try desk.tell(Events.failed("c.4.0", "unknown", "nobody confirmed", final: true), "c.5").isEmpty)
    #expect(desk.timer == nil && desk.state?.answers == nil)
  }

  @Test func `a carrier may name the record that it was given`() throws {
    var (desk, _) = try answered(Events.chat(phone: "13800000000"))
    _ = try desk.tell(Events.failed("c.4.0", "wechat", "45015"), "c.5")
    let told = try desk.tell(Events.failed("c.4.0/2", "sms", "停机"), "c.6")
    #expect(try told.messages.map(\.channel) == ["phone"])
  }

  @Test func `two answers on their way are followed apart, by one timer`() throws {
    var desk = try Desk()
    try desk.open(Events.opinion(channel: "sms"))
    try desk.tell(Events.replied(.writing), "c.4")
    desk.now = desk.now + Self.hour
    try desk.tell(Events.replied(.writing), "c.5")
    var told = try desk.waitForTimer()
    #expect(told.map(\.event.id) == ["c.4.0/2"])
    told = try desk.waitForTimer()
    #expect(told.map(\.event.id) == ["c.5.0/2"])
    #expect(desk.timer != nil)
    try desk.tell(Events.arrived("c.4.0", "phone"), "c.6")
    told = try desk.tell(Events.arrived("c.5.0", "phone"), "c.7")
    #expect(desk.timer == nil && desk.state?.answers == nil)
  }

  // MARK: Quiet hours

  @Test func `by night an answer waits for the morning, and its time to arrive begins then`() throws {
    // 18:00 and 4 hours: 22:00.
    let (_, told) = try answered(Events.chat(), after: .seconds(4 * 3600))
    let answer = try #require(try told.messages.first)
    #expect(answer.channel == "wechat" && answer.notBefore?.text == "2026-06-02T08:00:00+08:00")
    #expect(answer.expires?.text == "2026-06-02T09:00:00+08:00")
  }

  @Test func `a window that closes before the morning sends the answer another way`() throws {
    var desk = try Desk()
    let evening = Events.time.instant + .seconds(4 * 3600)
    try desk.tell(
      .opened(
        CaseEvent.Opened(
          submission: Events.submission(
            Events.chat(phone: "13800000000"), at: GivenTime(evening - Self.day * 2 + Self.hour)),
          deadline: Events.deadline())), "c.1")
    desk.now = evening
    let answer = try #require(try desk.tell(Events.replied(.writing), "c.2").messages.first)
    #expect(answer.channel == "sms" && answer.notBefore?.text == "2026-06-02T08:00:00+08:00")
  }

  @Test func `better by night than not at all`() throws {
    var desk = try Desk()
    let evening = Events.time.instant + .seconds(4 * 3600)
    try desk.tell(
      .opened(
        CaseEvent.Opened(
          submission: Events.submission(Events.chat(), at: GivenTime(evening - Self.day * 2 + Self.hour)),
          deadline: Events.deadline())), "c.1")
    desk.now = evening
    #expect(
      try desk.tell(.signed(CaseEvent.Signed(by: "李工", owner: Events.department)), "c.2").messages(to: .citizen)
        .isEmpty)
    let answer = try #require(try desk.tell(Events.replied(.writing), "c.3").messages.first)
    #expect(answer.channel == "wechat" && answer.notBefore == nil && answer.fallback == ["board"])
    #expect(answer.expires?.instant == evening + Self.hour)
  }

  @Test func `letters, mail and the board know no quiet hours`() throws {
    for opinion in [
      Events.opinion(channel: "letter"), Events.opinion(channel: "email"),
      Events.opinion(channel: "sms", id: nil, phone: nil, anonymous: true),
    ] {
      let (_, told) = try answered(opinion, after: .seconds(4 * 3600))
      #expect(try told.messages.map { $0.notBefore == nil } == [true])
    }
  }

  // MARK: Erasure

  @Test func `who asked to be forgotten is told nothing more, and what was on its way is called off`() throws {
    var (desk, told) = try answered(Events.chat(phone: "13800000000"))
    told = try desk.tell(.erased(CaseEvent.Told(by: "citizen")), "c.5")
    #expect(try told.deliveries.map(\.feedback) == ["c.4.0"] && told.deliveries.map(\.final) == [true])
    #expect(try told.messages(to: .citizen).isEmpty && desk.timer == nil)
    let stored = String(decoding: try #require(try desk.state?.stored()), as: UTF8.self)
    #expect(!stored.contains("contacts") && !stored.contains("answers"))
    try desk.tell(.supplemented(Events.submission(Events.chat())), "c.6")
    told = try desk.tell(Events.replied(.writing), "c.7")
    #expect(try told.messages(to: .citizen).isEmpty)
    #expect(try told.deliveries.map(\.reason) == ["个人信息已应要求删除，不再联系"])
  }
}
