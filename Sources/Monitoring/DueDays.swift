import Cases
import Time

/// By when cases expire that are overdue, due today and due soon, each behind its lower and up to its upper bound, in
/// milliseconds.
struct DueDays {
  let passed: Range<Int64>
  let today: Range<Int64>
  /// Today, and the next two working days.
  let soon: Range<Int64>

  init(at now: Instant, calendar: WorkingCalendar) {
    let moment = now.milliseconds
    let today = TimeOffset.shanghai.instant(of: TimeOffset.shanghai.date(of: now), at: .seconds(24 * 3600))
    let soon = calendar.deadline(received: now, workingDays: 2).expires
    passed = .min..<moment
    self.today = moment..<max(moment, today.milliseconds)
    self.soon = moment..<max(moment, today.milliseconds, soon.milliseconds)
  }
}
