import Cases
import Time

/// A second way of counting working days, from the holiday plans alone: all of them in one list, in which a place is
/// looked up. Shares nothing with ``WorkingCalendar``.
struct CountedDays {
  /// Day numbers, in order.
  private let days: [Int]

  init(_ plans: [HolidayPlan], years: ClosedRange<Int>) {
    var off: Set<Int> = []
    var work: Set<Int> = []
    for plan in plans.sorted(by: { $0.year < $1.year }) {
      for day in plan.days {
        if day.isOff {
          off.insert(day.date.dayNumber)
          work.remove(day.date.dayNumber)
        } else {
          work.insert(day.date.dayNumber)
          off.remove(day.date.dayNumber)
        }
      }
    }
    let planned = Set(plans.map(\.year))
    let first = CalendarDate(year: years.lowerBound, month: 1, day: 1)?.dayNumber ?? 0
    let last = CalendarDate(year: years.upperBound, month: 12, day: 31)?.dayNumber ?? 0
    days = (first...last).filter { number in
      if work.contains(number) { return true }
      if off.contains(number) { return false }
      // 1970-01-01, day 0, was a Thursday.
      guard ((number % 7) + 10) % 7 < 5 else { return false }
      let (year, month, day) = CalendarDate(dayNumber: number).yearMonthDay
      return planned.contains(year) || month != 1 || day != 1
    }
  }

  /// How many lie before that day.
  private func rank(_ day: Int) -> Int {
    var (low, high) = (0, days.count)
    while low < high {
      let middle = (low + high) / 2
      if days[middle] < day { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func day(_ rank: Int) -> CalendarDate {
    CalendarDate(dayNumber: days[min(max(rank, 0), days.count - 1)])
  }

  /// The `count`th after that day; the day itself for none.
  func after(_ date: CalendarDate, _ count: Int) -> CalendarDate {
    count > 0 ? day(rank(date.dayNumber + 1) + count - 1) : date
  }

  func before(_ date: CalendarDate, _ count: Int) -> CalendarDate {
    count > 0 ? day(rank(date.dayNumber) - count) : date
  }

  func onOrAfter(_ date: CalendarDate) -> CalendarDate { day(rank(date.dayNumber)) }

  func count(after start: CalendarDate, through end: CalendarDate) -> Int {
    max(0, rank(end.dayNumber + 1) - rank(start.dayNumber + 1))
  }
}
