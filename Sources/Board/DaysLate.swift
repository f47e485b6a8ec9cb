import Cases
import Monitoring
import Time

/// How many working days have passed since a last day, up to and including today; 0 on the days off that follow it.
struct DaysLate {
  private let today: CalendarDate
  private let calendar: WorkingCalendar
  private var known: [CalendarDate: Int] = [:]

  init(on today: CalendarDate, _ calendar: WorkingCalendar) {
    self.today = today
    self.calendar = calendar
  }

  /// `nil` for a case that isn't waiting, or isn't late.
  mutating func count(_ line: CaseLine) -> Int? {
    guard line.overdue, line.isOpen else { return nil }
    if let count = known[line.due] { return count }
    let count = calendar.workingDays(after: line.due, through: today)
    known[line.due] = count
    return count
  }
}

extension CaseLine {
  /// Without an answer.
  var isOpen: Bool { stage != .replied && stage != .closed }
}
