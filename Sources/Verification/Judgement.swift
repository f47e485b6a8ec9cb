import Cases
import Time

/// That a case's deadlines are what the calendar says, that what is said of them is said when it is due, and that its
/// answers are judged by them.
struct Judgement {
  /// Just what answers are judged by: no texts.
  private struct Standard {
    var due: CalendarDate
    var expires: Instant
    var start: Instant
    var generation: Int
    /// Worked out by the calendar of whoever checks.
    var isOurs: Bool
    /// By their policy, too.
    var isOurPolicy: Bool
    var isProvisional: Bool
  }

  private var received = Instant.distantPast
  private var standard: Standard?
  /// `nil` until it is known which days its owner is closed: the first deadline is checked then.
  private var closedDays: Set<CalendarDate>?
  /// Those of whom it was offered to last, by which the next term that begins is counted.
  private var offeredClosedDays: Set<CalendarDate> = []
  private var first: CaseEvent.ReplyDeadline?
  private var shifts = DeadlineShifts()
  private var pausedAt: Instant?
  private var isOverdue = false
  private var earliestReply: (at: Instant, isLate: Bool)?
  /// Deadlines that another calendar gave.
  private(set) var unchecked = 0
  /// Steps of the ladder after expiry that another policy set.
  private(set) var uncheckedSteps = 0

  var isProvisional: Bool { standard?.isProvisional ?? false }

  /// - Parameter time: the event's `ce_time`.
  mutating func see(
    _ event: CaseEvent, number: Int, at time: Instant?, by rules: Inspection.Rules, _ fault: (String) -> Void
  ) {
    switch event {
    case .opened(let opened):
      received = opened.submission.received.instant
      if opened.deadline.generation != 1 { fault("its first deadline is numbered \(opened.deadline.generation)") }
      first = opened.deadline
      set(opened.deadline, by: rules, fault)
    case .assigned(let assignment):
      offeredClosedDays = Set(assignment.closedDays ?? [])
      guard closedDays == nil else { return }
      closedDays = offeredClosedDays
      if let first { check(first, by: rules, fault) }
      first = nil
    case .deadlineChanged(let change):
      if change.reason != nil { begin() }
      move(from: change.from, to: change.to, number, by: rules, fault)
    case .raised(let revised):
      begin()
      move(from: revised.from, to: revised.to, number, by: rules, fault)
    case .extended(let revised):
      shifts.extend(from: revised.from, to: revised.to, closedDays: closedDays ?? [], by: rules.calendar)
      move(from: revised.from, to: revised.to, number, by: rules, fault)
    case .paused: pausedAt = time
    case .resumed(let revised):
      shifts.pause(from: pausedAt, to: time)
      pausedAt = nil
      move(from: revised.from, to: revised.to, number, by: rules, fault)
    case .reopened(let reopened):
      if let standard { checkNumber(reopened.deadline, after: standard.generation, number, fault) }
      begin()
      (isOverdue, earliestReply, pausedAt) = (false, nil, nil)
      set(reopened.deadline, by: rules, fault)
      check(reopened.deadline, by: rules, fault)
    case .reminded(let said): checkDay(said, number, fault)
    case .overdue(let said):
      isOverdue = true
      checkDay(said, number, fault)
      if let standard, time != standard.expires {
        fault("the time of overdue (event \(number)) is not when its deadline expires")
      }
    case .supervised(let supervised):
      if let said = supervised.deadline {
        checkStep(said, rules.policy?.supervision, number, at: time, by: rules, fault)
      }
    case .reported(let said): checkStep(said, rules.policy?.report, number, at: time, by: rules, fault)
    case .escalated(let escalated):
      if let said = escalated.deadline { checkStep(said, rules.policy?.escalation, number, at: time, by: rules, fault) }
    case .overdueWithdrawn: isOverdue = false
    case .replied(let reply):
      judge(at: reply.at.instant, days: reply.workingDays, overdue: reply.overdue, number, by: rules, fault)
    case .refused(let refused):
      judge(at: refused.at.instant, days: refused.workingDays, overdue: refused.overdue, number, by: rules, fault)
    case .classified, .signed, .signOverdue, .returned, .transferred, .coHandled, .supervisionRequested,
      .supervisionDenied, .extensionRequested, .extensionDenied, .delivered, .undelivered, .rated, .merged, .unmerged,
      .joined, .parted, .mergeDeclined, .supplemented, .similarFound, .closed, .reviewDue, .reviewed, .erased,
      .disclosed,
      .refusedCommand:
      break
    }
  }

  // MARK: Deadlines

  /// Another term begins, which nothing has moved yet.
  private mutating func begin() {
    shifts = DeadlineShifts()
    closedDays = offeredClosedDays
  }

  private mutating func move(
    from old: CaseEvent.ReplyDeadline, to new: CaseEvent.ReplyDeadline, _ number: Int, by rules: Inspection.Rules,
    _ fault: (String) -> Void
  ) {
    if let standard, old.generation != standard.generation || old.due != standard.due {
      fault("event \(number) changes a deadline that it does not have")
    }
    checkNumber(new, after: old.generation, number, fault)
    isOverdue = false
    set(new, by: rules, fault)
    check(new, by: rules, fault)
  }

  private func checkNumber(
    _ deadline: CaseEvent.ReplyDeadline, after old: Int, _ number: Int, _ fault: (String) -> Void
  ) {
    if deadline.generation != old + 1 {
      fault("event \(number) numbers the deadline after \(old) as \(deadline.generation)")
    }
  }

  private mutating func set(
    _ deadline: CaseEvent.ReplyDeadline, by rules: Inspection.Rules, _ fault: (String) -> Void
  ) {
    let isOurs = deadline.calendar == rules.calendar.version
    let end = TermEnd(lastDay: deadline.due, provisional: deadline.provisional).expires
    if deadline.term?.isHours != true, deadline.expires.instant != end {
      fault("it does not expire at 24:00 of \(deadline.due)")
    }
    standard = Standard(
      due: deadline.due, expires: deadline.expires.instant, start: deadline.from?.instant ?? received,
      generation: deadline.generation, isOurs: isOurs,
      isOurPolicy: isOurs && deadline.policy == rules.policy?.version, isProvisional: deadline.provisional)
  }

  /// Works it out anew.
  private mutating func check(
    _ deadline: CaseEvent.ReplyDeadline, by rules: Inspection.Rules, _ fault: (String) -> Void
  ) {
    let start = deadline.from?.instant ?? received
    guard deadline.calendar == rules.calendar.version,
      let right = shifts.end(of: deadline, from: start, closedDays: closedDays ?? [], by: rules.calendar)
    else {
      unchecked += 1
      return
    }
    if right.lastDay != deadline.due { fault("it is due on \(deadline.due), and the calendar says \(right.lastDay)") }
    if deadline.term?.isHours == true, right.expires != deadline.expires.instant {
      fault("its hours are over at \(GivenTime(right.expires).text), not at \(deadline.expires.text)")
    }
    if right.provisional != deadline.provisional {
      fault("its deadline is \(right.provisional ? "" : "not ")provisional, and the opposite is recorded")
    }
    let days = rules.calendar.workingDays(after: TimeOffset.shanghai.date(of: start), through: right.lastDay)
    if deadline.term != nil, days != deadline.workingDays {
      fault("its term spans \(days) working days, and \(deadline.workingDays) are recorded")
    }
  }

  // MARK: What is said of them

  private func checkDay(_ said: CaseEvent.DeadlineEvent, _ number: Int, _ fault: (String) -> Void) {
    guard let standard, said.due != standard.due else { return }
    fault("event \(number) speaks of \(said.due), and it is due on \(standard.due)")
  }

  /// - Parameter days: after the last day, as our policy has it.
  private mutating func checkStep(
    _ said: CaseEvent.DeadlineEvent, _ days: Int?, _ number: Int, at time: Instant?, by rules: Inspection.Rules,
    _ fault: (String) -> Void
  ) {
    checkDay(said, number, fault)
    guard let standard, standard.isOurPolicy else {
      uncheckedSteps += 1
      return
    }
    guard let days else { return fault("event \(number) is a step that the policy does not know") }
    let end = rules.calendar.end(workingDays: days, after: standard.due, closedDays: closedDays ?? [])
    if time != max(end.expires, standard.expires) {
      fault("the time of event \(number) is not \(days) working days after the last day")
    }
  }

  // MARK: Answers

  private mutating func judge(
    at: Instant, days recorded: Int, overdue: Bool, _ number: Int, by rules: Inspection.Rules,
    _ fault: (String) -> Void
  ) {
    if earliestReply.map({ at < $0.at }) ?? true { earliestReply = (at, overdue) }
    guard let standard else { return }
    if overdue != (at >= standard.expires) {
      fault("the reply (event \(number)) is recorded as \(overdue ? "late" : "in time"), and was not")
    }
    guard standard.isOurs else { return }
    let days = rules.calendar.workingDays(
      after: TimeOffset.shanghai.date(of: standard.start), through: TimeOffset.shanghai.date(of: at))
    if days != recorded {
      fault("the reply (event \(number)) took \(days) working days, and \(recorded) are recorded")
    }
  }

  func end(_ fault: (String) -> Void) {
    guard standard != nil, let earliestReply, earliestReply.isLate != isOverdue else { return }
    fault(
      isOverdue ? "it was answered in time and stands as overdue" : "it was answered late and was never said overdue")
  }
}
