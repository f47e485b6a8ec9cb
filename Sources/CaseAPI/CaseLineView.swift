import Cases
import Monitoring
import Time

/// A line of a list of cases: nothing that a citizen wrote or is.
struct CaseLineView: Encodable {
  let `case`: String
  let number: String?
  let owner: Owner?
  let offered: Owner?
  let category: String?
  let subcategory: String?
  let received: GivenTime
  let due: CalendarDate
  let expires: GivenTime
  let provisional: Bool
  let stage: CaseStage
  let overdue: Bool
  /// Of an open case: working days since the last day, up to and including today.
  let workingDaysLate: Int?
  let step: CaseSummary.Step?
  let lastEvent: String
  let lastTime: GivenTime?

  init(_ line: CaseLine, at now: Instant, calendar: WorkingCalendar) {
    `case` = line.id.text
    number = line.number
    owner = line.owner
    offered = line.offered
    category = line.category
    subcategory = line.subcategory
    received = line.received
    due = line.due
    expires = GivenTime(line.expires)
    provisional = line.provisional
    stage = line.stage
    overdue = line.overdue
    let isOpen = line.stage != .replied && line.stage != .closed
    workingDaysLate =
      isOpen && line.overdue
      ? calendar.workingDays(after: line.due, through: TimeOffset.shanghai.date(of: now)) : nil
    step = line.step
    lastEvent = line.lastEvent
    lastTime = line.lastTime
  }
}
