import Cases
import Time

/// One of each thing that a case's records hold.
enum Values {
  static let received = GivenTime(Instant(milliseconds: 1_780_279_200_000))
  static let expires = GivenTime(Instant(milliseconds: 1_781_107_200_000))
  static let lastDay = TimeOffset.shanghai.date(of: expires.instant).advanced(byDays: -1)

  static let submission = Submission(
    opinion: OpinionReference(source: "/gateway", id: "1"), received: received, recorded: received, historic: false,
    statement: Statement(Opinion(channel: "web", title: "路灯", text: "坏了")))
  static let classification = Classification(category: "城乡建设", confidence: 0.1, why: ["路灯"], version: "rules-1")
  static let otherCase = CaseID(opinion: OpinionReference(source: "", id: ""), subject: "c-2")
  static let owner = Owner(id: "s-1", kind: .station, name: "安溪联络站")
  static let assignment = Assignment(owner: owner, reason: "category", directory: "dir-1")
  static let deadline = CaseEvent.ReplyDeadline(
    due: lastDay, expires: expires, workingDays: 7, calendar: "cn-1", policy: "reply-1", provisional: false,
    generation: 1)
  static let deadlineEvent = CaseEvent.DeadlineEvent(
    due: lastDay, generation: 1, firedAt: GivenTime(expires.instant + .seconds(5)), lateBy: 5)
  static let opened = CaseEvent.opened(CaseEvent.Opened(submission: submission, deadline: deadline))

  static func replied(_ at: String, workingDays: Int, overdue: Bool = false) -> CaseEvent {
    guard let at = GivenTime(at) else { preconditionFailure("not a time: \(at)") }
    return .replied(
      CaseEvent.Replied(
        reply: CaseCommand.Reply(by: "住建局", method: .wechat, text: "已修复"), at: at, recorded: received,
        historic: true, workingDays: workingDays, overdue: overdue))
  }

  /// Every event, with the word in its type.
  static let events: [(CaseEvent, String)] = [
    (opened, "opened"), (.classified(classification), "classified"), (.assigned(assignment), "assigned"),
    (.reminded(deadlineEvent), "reminded"), (.overdue(deadlineEvent), "overdue"),
    (.overdueWithdrawn(CaseEvent.OverdueWithdrawn(generation: 1, repliedAt: received)), "overdue-withdrawn"),
    (.deadlineChanged(CaseEvent.DeadlineChanged(from: deadline, to: deadline)), "deadline-changed"),
    (replied("2026-06-03T10:00:00+08:00", workingDays: 2), "replied"),
    (.delivered(CaseEvent.Delivery(feedback: "c.4.0", channel: "web")), "delivered"),
    (.undelivered(CaseEvent.Delivery(feedback: "c.4.0", channel: "sms", reason: "空号")), "undelivered"),
    (.supplemented(submission), "supplemented"),
    (.similarFound(CaseEvent.SimilarFound(other: otherCase, score: 0.83)), "similar-found"),
    (.rated(CaseEvent.Rated(satisfaction: .fair, text: "还行")), "rated"),
    (
      .refusedCommand(
        CaseEvent.RefusedCommand(
          command: OpinionReference(source: "/desk", id: "9"), type: "cn.huiyin.case.reply.v1", reason: "too early")),
      "refused-command"
    ),
    (.signed(CaseEvent.Signed(by: "李主任", owner: owner)), "signed"),
    (
      .signOverdue(
        CaseEvent.SignOverdue(owner: owner, due: lastDay, generation: 1, firedAt: received, lateBy: 0)), "sign-overdue"
    ),
    (
      .returned(
        CaseEvent.Returned(by: "住建局", reason: "不归我管", from: owner, tried: ["s-1"], next: ["d-2"], count: 1)),
      "returned"
    ),
    (
      .transferred(
        CaseEvent.Transferred(by: "住建局", reason: "属水务", from: owner, to: "d-2", tried: ["s-1"], next: [])),
      "transferred"
    ),
    (.coHandled(CaseEvent.CoHandled(by: "住建局", with: ["d-2"])), "co-handled"),
    (
      .escalated(
        CaseEvent.Escalated(
          step: .ladder, deadline: deadlineEvent, reason: "逾期", from: owner, tried: ["s-1"], next: [])), "escalated"
    ),
    (.raised(revised), "raised"), (.extended(revised), "extended"), (.resumed(revised), "resumed"),
    (.supervised(CaseEvent.Supervised(step: .key, leader: "张副主任", number: 3)), "supervised"),
    (
      .supervisionRequested(CaseEvent.SupervisionRequested(by: "督办室", leader: "张副主任", year: 2026, of: 20)),
      "supervision-requested"
    ),
    (.supervisionDenied(CaseEvent.SupervisionDenied(leader: "张副主任", reason: "满了")), "supervision-denied"),
    (.reported(deadlineEvent), "reported"), (.reviewDue(deadlineEvent), "review-due"),
    (
      .extensionRequested(CaseEvent.ExtensionRequested(by: "住建局", reason: "等材料", workingDays: 5)),
      "extension-requested"
    ),
    (.extensionDenied(told), "extension-denied"), (.erased(told), "erased"),
    (
      .disclosed(
        CaseEvent.Disclosed(by: "李工", actor: Actor(role: .department, id: "d-1"), reason: "电话答复")),
      "disclosed"
    ),
    (.paused(CaseEvent.Paused(by: "住建局", reason: "等鉴定", until: expires)), "paused"),
    (
      .refused(
        CaseEvent.Refused(
          refusal: CaseCommand.Refuse(by: "总站", reason: "已在诉讼中"), at: received, workingDays: 1, overdue: false)),
      "refused"
    ),
    (
      .reopened(CaseEvent.Reopened(by: "citizen", reason: "不满意", count: 1, deadline: deadline)), "reopened"
    ),
    (.merged(CaseEvent.Merged(into: otherCase, by: "总站")), "merged"),
    (.unmerged(CaseEvent.Unmerged(from: otherCase, by: "总站")), "unmerged"),
    (.joined(CaseEvent.Joined(other: otherCase)), "joined"), (.parted(CaseEvent.Parted(other: otherCase)), "parted"),
    (.mergeDeclined(CaseEvent.MergeDeclined(other: otherCase, reason: "已答复")), "merge-declined"),
    (.reviewed(CaseEvent.Reviewed(by: "督办室", upheld: true)), "reviewed"),
    (.closed(CaseEvent.Closed(outcome: .answered)), "closed"),
  ]

  static let told = CaseEvent.Told(by: "督办室", reason: "因为")
  static let revised = CaseEvent.Revised(from: deadline, to: deadline, by: "督办室", reason: "因为")
}
