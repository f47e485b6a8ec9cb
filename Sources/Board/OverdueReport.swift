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

    init(_ line: CaseLine, _ late: inout DaysLate) {
      `case` = line.id.text
      owner = line.owner
      category = line.category
      received = line.received
      due = line.due
      workingDaysLate = late.count(line) ?? 0
      phase = .open
      provisional = line.provisional
    }
  }

  let at: GivenTime
  /// Of all overdue cases, also where fewer are listed.
  let total: Int
  let cases: [Line]
}
