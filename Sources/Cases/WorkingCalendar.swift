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

  /// In order of year.
  package var allPlans: [HolidayPlan] { plans.values.sorted { $0.year < $1.year } }

  package func hasPlan(_ year: Int) -> Bool {
    plans[year] != nil
  }

  package func isWorkingDay(_ date: CalendarDate) -> Bool {
    day(date).isWorking
  }

  /// The end of a period that begins on the day after receipt (民法典 201). 0 working days, or fewer, end on the day of
  /// receipt.
  package func deadline(received: Instant, workingDays: Int) -> Deadline {
    let end = end(workingDays: workingDays, after: TimeOffset.shanghai.date(of: received))
    return Deadline(lastDay: end.lastDay, provisional: end.provisional)
  }

  /// The end of a term that begins with `start`.
  ///
  /// Working days, days and months end at 24:00 Asia/Shanghai of their last day, and the day of `start` isn't counted
  /// (民法典 201, 203). Months end on the day of the same number, or the month's last (202). Days and months that would
  /// end on a day off end on the next working day (203). Hours are the clock's, to the millisecond. None, or fewer, end
  /// with the day of `start`, or at once for hours.
  /// - Parameter closedDays: days on which whoever must act doesn't work: days off beside the calendar's.
  package func end(of term: Term, from start: Instant, closedDays: Set<CalendarDate> = []) -> TermEnd {
    let day = TimeOffset.shanghai.date(of: start)
    return switch term {
    case .workingDays(let count): end(workingDays: count, after: day, closedDays: closedDays)
    case .calendarDays(let count):
      count > 0
        ? end(onOrAfter: day.advanced(byDays: count), closedDays: closedDays)
        : TermEnd(lastDay: day, provisional: false)
    case .months(let count):
      count > 0
        ? end(onOrAfter: day.advanced(byMonths: count), closedDays: closedDays)
        : TermEnd(lastDay: day, provisional: false)
    case .hours(let count): TermEnd(expires: start + .seconds(3600 * Int64(min(max(count, 0), 90_000_000))))
    }
  }

  /// The end of that many working days that follow `day`: an extension's, counted from the last day of what it extends.
  package func end(workingDays: Int, after day: CalendarDate, closedDays: Set<CalendarDate> = []) -> TermEnd {
    var lastDay = day
    var left = workingDays
    var provisional = false
    while left > 0, lastDay < .latest {
      lastDay = lastDay.advanced(byDays: 1)
      let day = self.day(lastDay)
      if day.isWorking, !closedDays.contains(lastDay) { left -= 1 }
      if !day.isPlanned { provisional = true }
    }
    return TermEnd(lastDay: lastDay, provisional: provisional)
  }

  /// The end on that day, or on the next working day if it is a day off.
  private func end(onOrAfter date: CalendarDate, closedDays: Set<CalendarDate>) -> TermEnd {
    var lastDay = date
    var day = self.day(lastDay)
    var provisional = !day.isPlanned
    while !day.isWorking || closedDays.contains(lastDay), lastDay < .latest {
      lastDay = lastDay.advanced(byDays: 1)
      day = self.day(lastDay)
      if !day.isPlanned { provisional = true }
    }
    return TermEnd(lastDay: lastDay, provisional: provisional)
  }

  /// What becomes of `end` when its term stood still from one moment to another.
  ///
  /// The working days that were left after the day of the pause are counted again from the day after the one on which it
  /// goes on; with none left, that day is the last, or the next working day. Hours go on to the millisecond. Paused and
  /// resumed on one day, or paused when the term was over, it stays as it was; it never ends earlier.
  package func resumed(
    _ end: TermEnd, pausedAt: Instant, resumedAt: Instant, isHours: Bool, closedDays: Set<CalendarDate> = []
  ) -> TermEnd {
    guard pausedAt < end.expires, resumedAt > pausedAt else { return end }
    if isHours { return TermEnd(expires: end.expires + (resumedAt - pausedAt)) }
    let (pauseDay, resumeDay) = (TimeOffset.shanghai.date(of: pausedAt), TimeOffset.shanghai.date(of: resumedAt))
    guard pauseDay < resumeDay else { return end }
    let left = workingDays(after: pauseDay, through: end.lastDay, closedDays: closedDays)
    let new =
      left > 0
      ? self.end(workingDays: left, after: resumeDay, closedDays: closedDays)
      : self.end(onOrAfter: resumeDay, closedDays: closedDays)
    return TermEnd(lastDay: max(new.lastDay, end.lastDay), provisional: new.provisional || end.provisional)
  }

  /// How many working days follow `start` up to and including `end`; 0 if `end` isn't later.
  package func workingDays(
    after start: CalendarDate, through end: CalendarDate, closedDays: Set<CalendarDate> = []
  ) -> Int {
    var count = 0
    var date = start
    while date < end {
      date = date.advanced(byDays: 1)
      if day(date).isWorking, !closedDays.contains(date) { count += 1 }
    }
    return count
  }

  /// The working day that lies `count` working days after `day`; `day` itself for 0 or fewer.
  package func workingDay(
    _ count: Int, after day: CalendarDate, closedDays: Set<CalendarDate> = []
  ) -> CalendarDate {
    end(workingDays: count, after: day, closedDays: closedDays).lastDay
  }

  /// The working day that lies `count` working days before `date`; `date` itself for 0 or fewer.
  package func workingDay(
    _ count: Int, before date: CalendarDate, closedDays: Set<CalendarDate> = []
  ) -> CalendarDate {
    var date = date
    var left = count
    while left > 0, date > .earliest {
      date = date.advanced(byDays: -1)
      if day(date).isWorking, !closedDays.contains(date) { left -= 1 }
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
