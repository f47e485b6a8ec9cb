import Cases
import Time

/// Events of the case `c`.
enum Events {
  static let time = GivenTime(Instant(milliseconds: 1_780_308_000_000))
  static let lastDay = TimeOffset.shanghai.date(of: Instant(milliseconds: 1_781_060_000_000))
  static let deadline = CaseEvent.DeadlineEvent(due: lastDay, generation: 1, firedAt: time, lateBy: 0)

  static func submission(channel: String) -> Submission {
    let opinion = Opinion(
      channel: channel, title: "标题", text: "路灯坏了", address: "幸福路3号",
      citizen: Citizen(id: "o-1", name: "王小明", phone: "13800000000", anonymous: false))
    return Submission(
      opinion: OpinionReference(source: "/gateway", id: "1"), received: time, recorded: time, historic: false,
      statement: Statement(opinion))
  }

  static func opened(channel: String) -> CaseEvent {
    .opened(
      CaseEvent.Opened(
        submission: submission(channel: channel),
        deadline: CaseEvent.ReplyDeadline(
          due: lastDay, expires: time, workingDays: 7, calendar: "cn", policy: "reply-1", provisional: false,
          generation: 1)))
  }

  static func assigned(_ owner: Owner = Owner(id: "d-1", kind: .department, name: "住建局")) -> CaseEvent {
    .assigned(Assignment(owner: owner, reason: "category", directory: "dir-1"))
  }

  static func replied(_ method: CaseCommand.Reply.Method) -> CaseEvent {
    .replied(
      CaseEvent.Replied(
        reply: CaseCommand.Reply(by: "住建局", method: method, text: "已修复"), at: time, recorded: nil, historic: false,
        workingDays: 1, overdue: false))
  }

  static func delivered(_ feedback: String, _ channel: String) -> CaseCommand {
    .recordDelivery(CaseCommand.RecordDelivery(feedback: feedback, channel: channel, result: .delivered))
  }
}
