package import Time

/// The days that the State Council takes out of the ordinary week for one year (国务院办公厅关于部分节假日安排的通知).
///
/// A day not listed follows the week. The plan of a year may list days of the December before it: 2006-12-30 was a
/// make-up working day of the plan of 2007.
package struct HolidayPlan: Hashable, Codable, Sendable {
  package struct Day: Hashable, Codable, Sendable {
    package let date: CalendarDate
    /// As published, such as `国庆节`. A make-up working day bears the name of the holiday that it makes up for.
    package let name: String
    /// A day off, or else a make-up working day (调休).
    package let isOff: Bool

    package init(date: CalendarDate, name: String, isOff: Bool) {
      self.date = date
      self.name = name
      self.isOff = isOff
    }
  }

  /// The plans of 2007 to 2026, in order of year.
  package static var builtIn: [HolidayPlan] { BuiltInHolidayPlans.plans }

  package let year: Int
  /// In order of date.
  package let days: [Day]

  package init(year: Int, days: [Day]) {
    self.year = year
    self.days = days.sorted { $0.date < $1.date }
  }
}
