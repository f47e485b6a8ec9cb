import Time

/// One holiday of the built-in plans, as a line of text.
///
/// `2026 国庆节 off 10-01..10-07 work 09-20,10-10`: the year of the plan, the name, the days off, the make-up working
/// days. A date without a year is in the year of the plan; `..` joins the first and the last day of a run.
struct HolidayPlanLine {
  let year: Int
  let days: [HolidayPlan.Day]

  /// `nil` for a line that isn't of this form.
  init?(_ line: Substring) {
    let words = line.split(separator: " ")
    guard words.count >= 4, words.count.isMultiple(of: 2), let year = Int(words[0]) else { return nil }
    var days: [HolidayPlan.Day] = []
    for index in stride(from: 2, to: words.count, by: 2) {
      guard words[index] == "off" || words[index] == "work" else { return nil }
      for run in words[index + 1].split(separator: ",", omittingEmptySubsequences: false) {
        guard let dates = Self.dates(run, in: year) else { return nil }
        days += dates.map { HolidayPlan.Day(date: $0, name: String(words[1]), isOff: words[index] == "off") }
      }
    }
    self.year = year
    self.days = days
  }

  private static func dates(_ run: Substring, in year: Int) -> [CalendarDate]? {
    let ends = run.split(separator: ".", omittingEmptySubsequences: false)
    guard ends.count == 1 || (ends.count == 3 && ends[1].isEmpty),
      let first = date(ends[0], in: year), let last = date(ends[ends.count - 1], in: year), first <= last
    else { return nil }
    return (first.dayNumber...last.dayNumber).map { CalendarDate(dayNumber: $0) }
  }

  private static func date(_ text: Substring, in year: Int) -> CalendarDate? {
    CalendarDate(text) ?? CalendarDate("\(year)-\(text)")
  }
}
