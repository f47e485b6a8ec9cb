import Cases
import Time

/// That a case's deadline is what the calendar says, and that its replies are judged by it.
struct Judgement {
  /// Just what replies are judged by: no texts.
  private struct Standard {
    var due: CalendarDate
    var expires: Instant
    var generation: Int
    /// Worked out by the calendar of whoever checks.
    var isOurs: Bool
    var isProvisional: Bool
  }

  private var received = Instant.distantPast
  private var standard: Standard?
  private var isOverdue = false
  private var earliestReply: (at: Instant, isLate: Bool)?
  /// Deadlines that another calendar gave.
  private(set) var unchecked = 0

  var isProvisional: Bool { standard?.isProvisional ?? false }

  /// - Parameter time: the event's `ce_time`.
  mutating func see(
    _ event: CaseEvent, number: Int, at time: Instant?, by calendar: WorkingCalendar, _ fault: (String) -> Void
  ) {
    switch event {
    case .opened(let opened):
      received = opened.submission.received.instant
      if opened.deadline.generation != 1 { fault("its first deadline is numbered \(opened.deadline.generation)") }
      set(opened.deadline, by: calendar, fault)
    case .deadlineChanged(let change):
      if let standard, change.from.generation != standard.generation || change.from.due != standard.due {
        fault("event \(number) changes a deadline that it does not have")
      }
      if change.to.generation != change.from.generation + 1 {
        fault("event \(number) numbers the deadline after \(change.from.generation) as \(change.to.generation)")
      }
      set(change.to, by: calendar, fault)
    case .reminded(let said):
      if let standard, said.due != standard.due { fault("event \(number) reminds of \(said.due), not \(standard.due)") }
    case .overdue(let said):
      isOverdue = true
      guard let standard else { return }
      if said.due != standard.due { fault("event \(number) says that \(said.due) passed, not \(standard.due)") }
      if time != standard.expires { fault("the time of overdue (event \(number)) is not when its deadline expires") }
    case .overdueWithdrawn: isOverdue = false
    case .replied(let reply): judge(reply, number, by: calendar, fault)
    default: break
    }
  }

  private mutating func set(
    _ deadline: CaseEvent.ReplyDeadline, by calendar: WorkingCalendar, _ fault: (String) -> Void
  ) {
    let isOurs = deadline.calendar == calendar.version
    if isOurs {
      let right = calendar.deadline(received: received, workingDays: deadline.workingDays)
      if right.lastDay != deadline.due { fault("it is due on \(deadline.due), and the calendar says \(right.lastDay)") }
      if right.provisional != deadline.provisional {
        fault("its deadline is \(right.provisional ? "" : "not ")provisional, and the opposite is recorded")
      }
    } else {
      unchecked += 1
    }
    let end = Deadline(lastDay: deadline.due, provisional: deadline.provisional).expires
    if deadline.expires.instant != end { fault("it does not expire at 24:00 of \(deadline.due)") }
    standard = Standard(
      due: deadline.due, expires: deadline.expires.instant, generation: deadline.generation, isOurs: isOurs,
      isProvisional: deadline.provisional)
  }

  private mutating func judge(
    _ reply: CaseEvent.Replied, _ number: Int, by calendar: WorkingCalendar, _ fault: (String) -> Void
  ) {
    let at = reply.at.instant
    if earliestReply.map({ at < $0.at }) ?? true { earliestReply = (at, reply.overdue) }
    guard let standard else { return }
    if reply.overdue != (at >= standard.expires) {
      fault("the reply (event \(number)) is recorded as \(reply.overdue ? "late" : "in time"), and was not")
    }
    guard standard.isOurs else { return }
    let days = calendar.workingDays(
      after: TimeOffset.shanghai.date(of: received), through: TimeOffset.shanghai.date(of: at))
    if days != reply.workingDays {
      fault("the reply (event \(number)) took \(days) working days, and \(reply.workingDays) are recorded")
    }
  }

  func end(_ fault: (String) -> Void) {
    guard standard != nil, let earliestReply, earliestReply.isLate != isOverdue else { return }
    fault(
      isOverdue ? "it was answered in time and stands as overdue" : "it was answered late and was never said overdue")
  }
}
