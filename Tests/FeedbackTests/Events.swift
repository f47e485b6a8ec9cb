import Cases
import Time

/// Events of the case `c`.
enum Events {
  /// Monday 2026-06-01 18:00 in Shanghai.
  static let time = GivenTime(Instant(milliseconds: 1_780_308_000_000))
  static let lastDay = TimeOffset.shanghai.date(of: Instant(milliseconds: 1_781_060_000_000))
  static let missed = CaseEvent.DeadlineEvent(due: lastDay, generation: 1, firedAt: time, lateBy: 0)
  static let department = Owner(id: "d-1", kind: .department, name: "住建局")
  static let station = Owner(id: "s-1", kind: .station, name: "安溪联络站")
  static let fellow = Owner(id: "s-2", kind: .station, name: "柳河联络站")

  static func opinion(
    channel: String, id: String? = "o-1", phone: String? = "13800000000", email: String? = nil,
    anonymous: Bool = false, text: String = "路灯坏了", scan: Scan? = nil, subscription: Subscription? = nil
  ) -> Opinion {
    Opinion(
      channel: channel, title: "标题", text: text, scan: scan, address: "幸福路3号",
      citizen: Citizen(
        id: id, name: "王小明", phone: phone, email: email, anonymous: anonymous, subscription: subscription))
  }

  /// Someone who wrote to an official account, and gave nothing else.
  static func chat(subscription: Subscription? = nil, phone: String? = nil, scan: Scan? = nil) -> Opinion {
    opinion(
      channel: "wechat", id: "wechat/qingxi/o-1", phone: phone, anonymous: true, scan: scan, subscription: subscription)
  }

  static func submission(_ opinion: Opinion, historic: Bool = false, at time: GivenTime = time) -> Submission {
    Submission(
      opinion: OpinionReference(source: "/gateway", id: "1"), received: time, recorded: time, historic: historic,
      statement: Statement(opinion))
  }

  static func deadline(_ day: CalendarDate = lastDay) -> CaseEvent.ReplyDeadline {
    CaseEvent.ReplyDeadline(
      due: day, expires: time, workingDays: 7, calendar: "cn", policy: "reply-1", provisional: false, generation: 1)
  }

  static func opened(_ opinion: Opinion, historic: Bool = false) -> CaseEvent {
    .opened(
      CaseEvent.Opened(
        submission: submission(opinion, historic: historic), deadline: deadline(), number: "20260601-7K3M-9Q2X"))
  }

  static func opened(channel: String) -> CaseEvent { opened(opinion(channel: channel)) }

  static func assignment(
    _ owner: Owner = department, supervisor: Owner? = nil, attendant: Owner? = nil
  ) -> Assignment {
    Assignment(owner: owner, reason: "类别", directory: "dir-1", supervisor: supervisor, attendant: attendant)
  }

  static func assigned(_ owner: Owner = department) -> CaseEvent { .assigned(assignment(owner)) }

  static func replied(
    _ method: CaseCommand.Reply.Method, historic: Bool = false, owner: Owner? = nil
  ) -> CaseEvent {
    .replied(
      CaseEvent.Replied(
        reply: CaseCommand.Reply(by: "住建局", method: method, text: "已修复"), at: time, recorded: nil,
        historic: historic, workingDays: 1, overdue: false, owner: owner))
  }

  static let refused = CaseEvent.refused(
    CaseEvent.Refused(
      refusal: CaseCommand.Refuse(by: "安溪联络站", reason: "案件正在诉讼中"), at: time, workingDays: 1, overdue: false))

  static func delivered(_ feedback: String, _ channel: String) -> CaseCommand {
    .recordDelivery(CaseCommand.RecordDelivery(feedback: feedback, channel: channel, result: .delivered))
  }

  static func arrived(_ answer: String, _ channel: String) -> CaseEvent {
    .delivered(CaseEvent.Delivery(feedback: answer, channel: channel))
  }

  static func failed(_ answer: String, _ channel: String, _ reason: String, final: Bool = false) -> CaseEvent {
    .undelivered(CaseEvent.Delivery(feedback: answer, channel: channel, reason: reason, final: final))
  }

  static func classified(urgent: Bool) -> CaseEvent {
    let sign = TextReading.Sign(sign: "燃气泄漏", words: ["漏气"], spans: [])
    return .classified(
      Classification(
        category: "城乡建设", confidence: 1, why: [], version: "1",
        reading: TextReading(
          places: [], region: nil, urgent: urgent ? [sign] : [], personalNumbers: [], legal: [], version: "r")))
  }
}
