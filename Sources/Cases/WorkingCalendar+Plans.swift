package import Time

extension WorkingCalendar {
  /// The year whose holiday plan should be there by now and isn't: this one, or from 1 December on the next. The State
  /// Council publishes the next year's plan in November or December.
  package func missingPlan(at now: Instant) -> Int? {
    let (year, month, _) = TimeOffset.shanghai.date(of: now).yearMonthDay
    if !hasPlan(year) { return year }
    return month == 12 && !hasPlan(year + 1) ? year + 1 : nil
  }
}
