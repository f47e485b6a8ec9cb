import Cases
import Time

/// What has moved a deadline since its term began, in the order in which it did, as the events tell it.
struct DeadlineShifts {
  private enum Shift {
    case extended(workingDays: Int)
    case paused(from: Instant, to: Instant)
  }

  private var shifts: [Shift] = []
  /// All of them can be told.
  private var isKnown = true

  /// The days that were granted are those between the two, by our calendar alone.
  mutating func extend(
    from old: CaseEvent.ReplyDeadline, to new: CaseEvent.ReplyDeadline, closedDays: Set<CalendarDate>,
    by calendar: WorkingCalendar
  ) {
    if old.calendar != calendar.version || new.calendar != calendar.version { isKnown = false }
    let days = calendar.workingDays(after: old.due, through: new.due, closedDays: closedDays)
    shifts.append(.extended(workingDays: days))
  }

  mutating func pause(from: Instant?, to: Instant?) {
    guard let from, let to else {
      isKnown = false
      return
    }
    shifts.append(.paused(from: from, to: to))
  }

  /// When the deadline ends by the calendar; `nil` where that can't be told.
  func end(
    of deadline: CaseEvent.ReplyDeadline, from start: Instant, closedDays: Set<CalendarDate>,
    by calendar: WorkingCalendar
  ) -> TermEnd? {
    // Without a term its days are the calendar's, whichever of them the owner is closed.
    guard let term = deadline.term else {
      return calendar.end(of: .workingDays(deadline.workingDays), from: start)
    }
    guard isKnown else { return nil }
    return shifts.reduce(calendar.end(of: term, from: start, closedDays: closedDays)) { end, shift in
      switch shift {
      case .extended(let days):
        let extended = calendar.end(workingDays: days, after: end.lastDay, closedDays: closedDays)
        return TermEnd(lastDay: extended.lastDay, provisional: end.provisional || extended.provisional)
      case .paused(let from, let to):
        return calendar.resumed(end, pausedAt: from, resumedAt: to, isHours: term.isHours, closedDays: closedDays)
      }
    }
  }
}
