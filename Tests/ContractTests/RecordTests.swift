import Cases
import Foundation
import Testing
import Time

/// What we write to the log, and what we take from it, against the schemas that other gateways are given.
struct RecordTests {
  private static let time = GivenTime(Instant(milliseconds: 1_790_215_200_000))
  private static let day = TimeOffset.shanghai.date(of: time.instant)
  private static let opinion = Opinion(
    channel: "wechat", title: "路灯", text: "坏了", code: "c-1",
    scan: Scan(
      standing: .early, kind: .activity, holder: "s-1", activity: "接待日", place: "board", category: "城乡建设"),
    category: "城乡建设", address: "城南路", location: Location(latitude: 28.2, longitude: 112.9),
    citizen: Citizen(
      id: "wechat/qingxi/a", name: "b", phone: "c", email: "d", anonymous: false,
      subscription: Subscription(once: ["t-1", "t-2", "t-2"], always: ["t-3"])),
    attachments: [Opinion.Attachment(url: "https://files.example/1.jpg", mediaType: "image/jpeg")])
  private static let submission = Submission(
    opinion: OpinionReference(source: "/gateway", id: "1"), received: time, recorded: time, historic: true,
    statement: Statement(opinion))
  private static let deadline = CaseEvent.ReplyDeadline(
    due: day, expires: time, workingDays: 7, calendar: "cn-1", policy: "reply-1", provisional: true, generation: 1)
  private static let missed = CaseEvent.DeadlineEvent(due: day, generation: 1, firedAt: time, lateBy: 5)
  private static let span = TextReading.Span(field: .text, start: 0, end: 2)
  private static let sign = TextReading.Sign(sign: "燃气泄漏", words: ["漏气"], spans: [span])
  private static let reading = TextReading(
    places: [TextReading.Place(word: "柳河镇", stations: ["liuhe"], span: span)], region: "liuhe", urgent: [sign],
    personalNumbers: TextReading.PersonalNumber.Kind.allCases.map { .init(kind: $0, span: span) }, legal: [sign],
    version: "reading-1")
  private static let owner = Owner(id: "s-1", kind: .station, name: "安溪联络站")

  /// Every event, with all that may be in it.
  private static let events: [CaseEvent] = [
    .opened(.init(submission: submission, deadline: deadline)),
    .classified(
      Classification(
        category: "城乡建设", subcategory: "城市建设和市政管理", confidence: 0.9,
        second: .init(category: "交通运输", confidence: 0.1), sure: false, why: ["路灯"], spans: [span], by: .model,
        version: "model-1", reading: reading, correction: .init(by: "李工", reason: "看过"))),
    .assigned(Assignment(owner: owner, reason: "类别对应的承办单位", directory: "d-1")), .reminded(missed), .overdue(missed),
    .overdueWithdrawn(.init(generation: 1, repliedAt: time)), .deadlineChanged(.init(from: deadline, to: deadline)),
    .replied(
      .init(
        reply: .init(by: "李工", method: .onTheSpot, text: "修好了"), at: time, recorded: time, historic: false,
        workingDays: 3, overdue: false)),
    .delivered(.init(feedback: "f", channel: "web")), .undelivered(.init(feedback: "f", channel: "sms", reason: "空号")),
    .supplemented(submission), .rated(.init(satisfaction: .fair, text: "还行")),
    .refusedCommand(
      .init(command: OpinionReference(source: "/desk", id: "9"), type: "cn.huiyin.case.reply.v1", reason: "early")),
    .closed(.init(outcome: .unreachable)),
  ]

  private static func line(_ topic: String, _ type: String, _ data: [UInt8], isValid: Bool = true) -> String {
    #"{"topic":"\#(topic)","type":"\#(type)","valid":\#(isValid),"data":\#(String(decoding: data, as: UTF8.self))}"#
  }

  @Test(.enabled(if: Peer.isThere, "python3 with jsonschema and openapi-schema-validator is not installed"))
  func `an independent validator takes every record that we write, and none that we would not take`() throws {
    var lines = [
      Self.line(Topics.opinions, EventTypes.opinionSubmitted, JSONData.encode(Self.opinion)),
      Self.line(Topics.opinions, EventTypes.opinionSubmitted, JSONData.encode(Opinion(channel: "web", text: "x"))),
    ]
    let other = try #require(CaseID("c-2"))
    for event in Self.events + [.similarFound(.init(other: other, score: 0.83))] {
      lines.append(Self.line(Topics.cases, event.type, event.data))
    }
    for (type, data) in try FeedbackRecords.all(of: Self.submission, Self.deadline) {
      lines.append(Self.line(Topics.feedback, type, data))
    }
    let commands: [CaseCommand] = [
      .reply(.init(by: "李工", method: .writing, text: "修好了")),
      .recordDelivery(.init(feedback: "f", channel: "sms", result: .failed, reason: "空号")),
      .rate(.init(satisfaction: .unsatisfied)), .correctCategory(.init(by: "李工", category: "交通运输", reason: "看过")),
    ]
    lines += commands.map { Self.line(Topics.commands, $0.type, $0.data) }
    for data in Self.malformedOpinions {
      #expect(throws: Malformed.self) { try Opinion(data: Array(data.utf8)) }
      lines.append(Self.line(Topics.opinions, EventTypes.opinionSubmitted, Array(data.utf8), isValid: false))
    }
    for (word, data) in Self.malformedCommands {
      let type = CaseCommand.typePrefix + word + ".v1"
      #expect(throws: Malformed.self, "\(data)") { try CaseCommand(type: type, data: Array(data.utf8)) }
      lines.append(Self.line(Topics.commands, type, Array(data.utf8), isValid: false))
    }
    let report = try Peer.run("check_records.py", [], input: lines.joined(separator: "\n"))
    #expect(report.status == 0, "\(report.text)")
    print("contract:", report.text)
  }

  private static let malformedOpinions = [
    "{}", #"{"channel":"web","text":"x"}"#, #"{"channel":"Web","text":"x","citizen":{"anonymous":true}}"#,
    #"{"channel":"web","text":" ","citizen":{"anonymous":true}}"#, #"{"channel":"web","text":"x","citizen":{}}"#,
    #"{"channel":"web","text":7,"citizen":{"anonymous":true}}"#,
    #"{"channel":"web","text":"x","citizen":{"anonymous":true},"location":{"latitude":91,"longitude":0}}"#,
    #"{"channel":"web","text":"x","citizen":{"anonymous":true},"attachments":[{"url":"x"}]}"#,
    #"{"channel":"web","text":"x","citizen":{"anonymous":true},"scan":{"standing":"good"}}"#, "[]", "7",
    #"{"channel":"web","text":"x","citizen":{"anonymous":true,"subscription":{"once":"t"}}}"#,
    #"{"channel":"web","text":"x","citizen":{"anonymous":true,"subscription":{"always":[""]}}}"#,
  ]

  private static let malformedCommands = [
    ("reply", "{}"), ("reply", #"{"by":"a","method":"mail","text":"x"}"#),
    ("reply", #"{"by":"a","method":"phone","text":" "}"#), ("record-delivery", #"{"feedback":"f","channel":"c"}"#),
    ("rate", #"{"satisfaction":"good"}"#), ("correct-category", #"{"by":"","category":"x"}"#),
  ]
}
