import Cases
import EventLog
import Streams
import Time

/// One case of a ``BenchTown``, as its records are made.
struct BenchLife {
  let id: CaseID
  let number: Int
  private let received: GivenTime
  private let owner: Owner
  private var deadline: CaseEvent.ReplyDeadline
  private var sequence = 0
  private var time: Instant
  private(set) var records: [(Instant, Output)] = []

  init(number: Int, received: Instant, owner: Owner) {
    self.number = number
    self.received = GivenTime(received)
    self.owner = owner
    time = received
    let name = BenchTown.name(of: number)
    id = CaseID(name) ?? CaseID(opinion: OpinionReference(source: "/bench", id: name), subject: nil)
    deadline = Self.deadline(received, days: 9)
  }

  private static func deadline(_ received: Instant, days: Int) -> CaseEvent.ReplyDeadline {
    let due = TimeOffset.shanghai.date(of: received).advanced(byDays: days)
    return CaseEvent.ReplyDeadline(
      due: due, expires: GivenTime(TimeOffset.shanghai.instant(of: due, at: .seconds(24 * 3600))), workingDays: 7,
      calendar: "cn-2026-1", policy: "standard-1", provisional: false, generation: 1)
  }

  mutating func open(category: String, isSure: Bool, isLong: Bool) {
    if isLong { deadline = Self.deadline(time, days: 130) }
    let opinion = Opinion(
      channel: "wechat", text: "村口第\(number)号路灯坏了半个月，晚上很黑，老人孩子出门不方便，希望尽快修好", code: "S-\(number % 850)")
    let submission = Submission(
      opinion: OpinionReference(source: "/huiyin/intake", id: "\(number)"), received: received, recorded: received,
      historic: false, statement: Statement(opinion))
    let classification = Classification(
      category: category, confidence: isSure ? 0.91 : 0.34, sure: isSure, why: ["路灯"], version: "m-1")
    let isRecent = BenchTown.end - time < .seconds(90 * 86_400)
    if isRecent {
      let data = ClassifiedOpinion(submission: submission, classification: classification)
      put(Topics.classifications, EventTypes.opinionClassified, id: "\(number).c", JSONData.encode(data))
    }
    time = time + .seconds(2)
    add(
      .opened(
        CaseEvent.Opened(
          submission: submission, deadline: deadline, number: CaseNumber(id, received: received.instant).text)))
    add(.classified(classification))
    let county = Owner(id: "county", kind: .station, name: "县级代表联络总站")
    add(
      .assigned(
        Assignment(
          owner: owner, reason: "类别对应的承办单位", directory: "d-1", supervisor: owner.kind == .department ? county : nil,
          next: ["county"])))
  }

  mutating func know(_ citizen: Citizen) {
    put(Topics.citizens, EventTypes.citizen, id: "\(number).p", JSONData.encode(citizen))
  }

  mutating func sign(after days: Int) {
    pass(days)
    add(.signed(CaseEvent.Signed(by: owner.id, owner: owner)))
  }

  mutating func remind() {
    add(.reminded(CaseEvent.DeadlineEvent(due: deadline.due, generation: 1, firedAt: GivenTime(time), lateBy: 0)))
  }

  mutating func becomeOverdue(steps: Int) {
    time = max(time, deadline.expires.instant)
    let event = CaseEvent.DeadlineEvent(due: deadline.due, generation: 1, firedAt: GivenTime(time), lateBy: 0)
    add(.overdue(event))
    if steps > 0 { add(.supervised(CaseEvent.Supervised(step: .ladder, deadline: event))) }
    if steps > 1 { add(.reported(event)) }
  }

  mutating func reply(after days: Int, isLate: Bool, isTold: Bool) {
    time = max(time, received.instant + .seconds(Int64(days) * 86_400))
    let reply = CaseCommand.Reply(by: owner.id, method: .phone, text: "已派人到现场更换灯头和线路，当晚恢复照明，谢谢您的反映")
    add(
      .replied(
        CaseEvent.Replied(
          reply: reply, at: GivenTime(time), recorded: nil, historic: false, workingDays: days, overdue: isLate)))
    if isTold {
      let answer = "\(id).\(sequence).0"
      let message = #"{"kind":"answer","of":"replied","event":"\#(id)-\#(sequence)","to":"citizen","channel":"wechat","#
      let rest = #""text":"已派人到现场更换灯头和线路","language":"zh","answer":"\#(answer)","attempt":1,"rules":"f-1"}"#
      put(Topics.feedback, EventTypes.answer, id: answer, Array((message + rest).utf8))
    }
  }

  mutating func tell() {
    pass(0)
    add(.delivered(CaseEvent.Delivery(feedback: "\(id).\(sequence).0", channel: "wechat")))
  }

  mutating func failToTell() {
    pass(1)
    add(
      .undelivered(
        CaseEvent.Delivery(feedback: "\(id).\(sequence).0", channel: "sms", reason: "停机", final: true)))
  }

  mutating func rate(_ satisfaction: CaseCommand.Rate.Satisfaction) {
    pass(1)
    add(.rated(CaseEvent.Rated(satisfaction: satisfaction)))
  }

  mutating func close() {
    pass(7)
    add(.closed(CaseEvent.Closed(outcome: .answered)))
  }

  private mutating func pass(_ days: Int) { time = time + .seconds(Int64(days) * 86_400 + 60) }

  private mutating func add(_ event: CaseEvent) {
    sequence += 1
    put(
      Topics.cases, event.type, id: "\(id)-\(sequence)", event.data,
      extensions: ["sequence": "\(sequence)", "causationid": "c-\(number)-\(sequence)"])
  }

  private mutating func put(
    _ topic: String, _ type: String, id name: String, _ data: [UInt8], extensions: [String: String] = [:]
  ) {
    let event = CloudEvent(
      id: name, source: Sources.track, type: type, subject: id.text, time: GivenTime(time), extensions: extensions,
      data: data)
    records.append((time, Output(to: topic, event.record(key: id.key))))
  }
}
