import Cases
import Monitoring
import Time

/// `/overdue` as JSON.
struct OverdueReport: Encodable {
  struct Line: Encodable {
    let `case`: String
    let owner: Owner?
    let category: String?
    let received: GivenTime
    let due: CalendarDate
    /// Working days since the last day, up to and including today; 0 on the days off that follow it.
    let workingDaysLate: Int
    let phase: CaseSummary.Phase
    let provisional: Bool

    init(_ overdue: OverdueCase, at now: Instant, calendar: WorkingCalendar) {
      `case` = overdue.id.text
      owner = overdue.owner
      category = overdue.category
      received = overdue.received
      due = overdue.due
      workingDaysLate = calendar.workingDays(after: overdue.due, through: TimeOffset.shanghai.date(of: now))
      phase = overdue.phase
      provisional = overdue.provisional
    }
  }

  let at: GivenTime
  /// Of all overdue cases, also where fewer are listed.
  let total: Int
  let cases: [Line]
}
