import Time

/// The time that the rates and charts of the overview are about: when the cases were received.
enum Period: String, Hashable, Sendable, CaseIterable {
  case month, quarter, year
  case lastYear = "last-year"
  case all

  /// The days of the period up to `today`.
  func days(until today: CalendarDate) -> ClosedRange<CalendarDate> {
    let (year, month, _) = today.yearMonthDay
    func first(_ year: Int, _ month: Int) -> CalendarDate {
      CalendarDate(year: year, month: month, day: 1) ?? .earliest
    }
    switch self {
    case .month: return first(year, month)...today
    case .quarter: return first(year, (month - 1) / 3 * 3 + 1)...today
    case .year: return first(year, 1)...today
    case .lastYear: return first(year - 1, 1)...first(year, 1).advanced(byDays: -1)
    case .all: return CalendarDate.earliest...today
    }
  }

  /// How much a chart shows of it: the last 53 weeks at most.
  func charted(until today: CalendarDate) -> ClosedRange<CalendarDate> {
    let days = days(until: today)
    return max(days.lowerBound, days.upperBound.advanced(byDays: -Self.charted + 1))...days.upperBound
  }

  /// 53 whole weeks: any year.
  private static let charted = 371
}
