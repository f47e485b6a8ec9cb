package import Time

/// What happened on one day, in Shanghai.
package struct DayTrend: Hashable, Sendable {
  package let day: CalendarDate
  package var received: Int
  /// Cases whose first answer, since they were taken up last, was of that day.
  package var answered: Int
  /// Cases whose last day that was, and that had no answer when it ended.
  package var overdue: Int

  package init(day: CalendarDate, received: Int, answered: Int, overdue: Int) {
    self.day = day
    self.received = received
    self.answered = answered
    self.overdue = overdue
  }
}
