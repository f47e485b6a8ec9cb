import Cases
import Time

/// A case's dates, counted a second way: by ``CountedDays``.
struct DateWatch {
  private enum Shift {
    case extended(Int)
    case paused(Instant, Instant)
  }

  private var received = Instant.distantPast
  private var deadline: CaseEvent.ReplyDeadline?
  private var shifts: [Shift] = []
  private var asked: Int?
  private var pausedAt: Instant?
  private var offeredAt: Instant?
  /// Days off of its owner would have to be counted too.
  private var hasClosedDays = false

  /// - Parameters:
  ///   - time: the event's own.
  ///   - recorded: when the log took it in.
  mutating func see(
    _ event: CaseEvent, at time: Instant, recorded: Instant, _ days: CountedDays, _ policy: ReplyPolicy,
    _ fault: (String) -> Void
  ) {
    switch event {
    case .opened(let opened):
      received = opened.submission.received.instant
      check(opened.deadline, after: 0, days, fault)
    case .assigned(let assignment):
      hasClosedDays = hasClosedDays || assignment.closedDays?.isEmpty == false
      offeredAt = recorded
    case .deadlineChanged(let change):
      if change.reason != nil { shifts = [] }
      check(change.to, after: change.from.generation, days, fault)
    case .raised(let revised):
      shifts = []
      check(revised.to, after: revised.from.generation, days, fault)
    case .extensionRequested(let request): asked = request.workingDays
    case .extended(let revised):
      if let asked { shifts.append(.extended(asked)) }
      check(revised.to, after: revised.from.generation, days, fault)
    case .paused: pausedAt = time
    case .resumed(let revised):
      if let pausedAt { shifts.append(.paused(pausedAt, time)) }
      check(revised.to, after: revised.from.generation, days, fault)
    case .reopened(let reopened):
      shifts = []
      offeredAt = recorded
      check(reopened.deadline, after: deadline?.generation ?? 0, days, fault)
    case .reminded: checkReminder(at: time, days, policy, fault)
    case .overdue: if time != deadline?.expires.instant { fault("overdue is not said when the deadline expires") }
    case .supervised(let supervised) where supervised.step == .ladder:
      checkStep(policy.supervision, at: time, days, fault)
    case .reported: checkStep(policy.report, at: time, days, fault)
    case .escalated(let escalated) where escalated.step == .ladder:
      checkStep(policy.escalation, at: time, days, fault)
    case .signOverdue:
      guard !hasClosedDays, let offeredAt, case .workingDays(let count)? = policy.sign else { return }
      let last = days.after(TimeOffset.shanghai.date(of: offeredAt), count)
      if time != Self.end(of: last) { fault("the time for signing ends on \(last)") }
    default: break
    }
  }

  private static func end(of day: CalendarDate) -> Instant {
    TimeOffset.shanghai.instant(of: day, at: .seconds(86_400))
  }

  private mutating func check(
    _ new: CaseEvent.ReplyDeadline, after generation: Int, _ days: CountedDays, _ fault: (String) -> Void
  ) {
    deadline = new
    if new.generation != generation + 1 { fault("deadline \(new.generation) follows deadline \(generation)") }
    guard !hasClosedDays else { return }
    let start = new.from?.instant ?? received
    let day = TimeOffset.shanghai.date(of: start)
    var end: CalendarDate
    switch new.term ?? .workingDays(new.workingDays) {
    case .workingDays(let count): end = days.after(day, count)
    case .calendarDays(let count): end = days.onOrAfter(day.advanced(byDays: count))
    case .months(let count): end = days.onOrAfter(day.advanced(byMonths: count))
    // By the clock.
    case .hours: return
    }
    for shift in shifts {
      switch shift {
      case .extended(let more): end = days.after(end, more)
      case .paused(let from, let to):
        let (first, last) = (TimeOffset.shanghai.date(of: from), TimeOffset.shanghai.date(of: to))
        guard first < last, from < Self.end(of: end) else { continue }
        let left = days.count(after: first, through: end)
        end = max(end, left > 0 ? days.after(last, left) : days.onOrAfter(last))
      }
    }
    if end != new.due { fault("deadline \(new.generation) is \(new.due), and counted otherwise it is \(end)") }
    if new.expires.instant != Self.end(of: new.due) { fault("a deadline does not expire at 24:00 of its last day") }
  }

  private func checkReminder(
    at time: Instant, _ days: CountedDays, _ policy: ReplyPolicy, _ fault: (String) -> Void
  ) {
    guard !hasClosedDays, let deadline else { return }
    let start = TimeOffset.shanghai.date(of: deadline.from?.instant ?? received)
    let span = days.count(after: start, through: deadline.due)
    let day = days.before(deadline.due, min(policy.reminderWorkingDaysBefore, max(0, span - 1)))
    if time != TimeOffset.shanghai.instant(of: day, at: policy.reminderTime) { fault("the reminder belongs on \(day)") }
  }

  private func checkStep(_ count: Int?, at time: Instant, _ days: CountedDays, _ fault: (String) -> Void) {
    guard !hasClosedDays, let deadline else { return }
    guard let count else { return fault("a step of the ladder that the policy does not know") }
    let day = days.after(deadline.due, count)
    if time != Self.end(of: day) { fault("a step of the ladder belongs on \(day)") }
  }
}
