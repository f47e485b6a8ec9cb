package import Time

/// The days on which government offices in China work: not on weekends and public holidays, but on make-up days (调休).
///
/// A year without a plan is reckoned as Monday to Friday with 1 January off, and what depends on it is provisional.
/// Every call takes time in proportion to the days that it passes, and ends at the ends of ``CalendarDate``.
package struct WorkingCalendar: Sendable {
  private struct Day {
    var isWorking: Bool
    var isPlanned: Bool
  }

  /// Names the data: the same version gives the same answers.
  package let version: String
  private let plans: [Int: HolidayPlan]
  /// One for each day from `start` on, over all years that a plan says something about.
  private let days: [Day]
  private let start: CalendarDate

  /// The State Council's plans of 2007 to 2026.
  package static let builtIn = WorkingCalendar(version: BuiltInHolidayPlans.version, plans: BuiltInHolidayPlans.plans)

  /// Of two plans for one year the later in `plans` counts; for a day that the plans of two years list, that of the
  /// later year. Takes memory for each day between the first year and the last.
  package init(version: String, plans: [HolidayPlan]) {
    self.version = version
    self.plans = Dictionary(plans.map { ($0.year, $0) }, uniquingKeysWith: { $1 })
    let inOrder = self.plans.values.sorted { $0.year < $1.year }
    guard let first = inOrder.first, let last = inOrder.last else {
      start = .earliest
      days = []
      return
    }
    start = CalendarDate(year: first.year - 1, month: 1, day: 1) ?? .earliest
    let end = CalendarDate(year: last.year, month: 12, day: 31) ?? .latest
    var days: [Day] = []
    days.reserveCapacity(end.dayNumber - start.dayNumber + 1)
    for number in start.dayNumber...end.dayNumber {
      let date = CalendarDate(dayNumber: number)
      let isPlanned = self.plans[date.year] != nil
      days.append(Day(isWorking: isPlanned ? date.weekday <= 5 : Self.isWorkingWithoutPlan(date), isPlanned: isPlanned))
    }
    for listed in inOrder.lazy.flatMap(\.days) {
      let index = listed.date.dayNumber - start.dayNumber
      if days.indices.contains(index) { days[index].isWorking = !listed.isOff }
    }
    self.days = days
  }

  /// This calendar with the operator's plans, each in place of the whole plan of its year. Its version names both.
  package func with(_ file: CalendarFile) -> WorkingCalendar {
    WorkingCalendar(version: version + "+" + file.version, plans: Array(plans.values) + file.plans)
  }

  package func hasPlan(_ year: Int) -> Bool {
    plans[year] != nil
  }

  package func isWorkingDay(_ date: CalendarDate) -> Bool {
    day(date).isWorking
  }

  /// The end of a period that begins on the day after receipt (民法典 201). 0 working days, or fewer, end on the day of
  /// receipt.
  package func deadline(received: Instant, workingDays: Int) -> Deadline {
    var lastDay = TimeOffset.shanghai.date(of: received)
    var left = workingDays
    var provisional = false
    while left > 0, lastDay < .latest {
      lastDay = lastDay.advanced(byDays: 1)
      let day = day(lastDay)
      if day.isWorking { left -= 1 }
      if !day.isPlanned { provisional = true }
    }
    return Deadline(lastDay: lastDay, provisional: provisional)
  }

  /// How many working days follow `start` up to and including `end`; 0 if `end` isn't later.
  package func workingDays(after start: CalendarDate, through end: CalendarDate) -> Int {
    var count = 0
    var date = start
    while date < end {
      date = date.advanced(byDays: 1)
      if day(date).isWorking { count += 1 }
    }
    return count
  }

  /// The working day that lies `count` working days before `date`; `date` itself for 0 or fewer.
  package func workingDay(_ count: Int, before date: CalendarDate) -> CalendarDate {
    var date = date
    var left = count
    while left > 0, date > .earliest {
      date = date.advanced(byDays: -1)
      if day(date).isWorking { left -= 1 }
    }
    return date
  }

  private func day(_ date: CalendarDate) -> Day {
    let index = date.dayNumber - start.dayNumber
    if days.indices.contains(index) { return days[index] }
    return Day(isWorking: Self.isWorkingWithoutPlan(date), isPlanned: false)
  }

  private static func isWorkingWithoutPlan(_ date: CalendarDate) -> Bool {
    guard date.weekday <= 5 else { return false }
    let (_, month, day) = date.yearMonthDay
    return month != 1 || day != 1
  }
}
