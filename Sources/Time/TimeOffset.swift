/// A fixed distance from UTC.
///
/// Asia/Shanghai has been UTC+8 without summer time since 1991-09-15 (tz database), which covers every year that a
/// holiday plan is held for; so no time zone data is needed, and none can differ between two machines.
package struct TimeOffset: Hashable, Sendable {
  package let minutes: Int

  /// - Precondition: less than a day, which is the most that RFC 3339 can write.
  package init(minutes: Int) {
    precondition(abs(minutes) < 24 * 60, "an offset from UTC is less than a day")
    self.minutes = minutes
  }

  package static let utc = TimeOffset(minutes: 0)
  package static let shanghai = TimeOffset(minutes: 8 * 60)

  /// The day on which `instant` falls here; outside the years 1 to 9999 the nearest day in them.
  package func date(of instant: Instant) -> CalendarDate {
    let local = instant + .seconds(minutes * 60)
    return CalendarDate(dayNumber: Int(local.milliseconds.quotientRoundedDown(by: 86_400_000)))
  }

  /// The moment at which `date` begins here (00:00), plus `timeOfDay`.
  package func instant(of date: CalendarDate, at timeOfDay: Duration = .zero) -> Instant {
    Instant(milliseconds: Int64(date.dayNumber) * 86_400_000 - Int64(minutes) * 60_000) + timeOfDay
  }
}

extension Int64 {
  func quotientRoundedDown(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
