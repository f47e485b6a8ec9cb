/// How many cases stand how.
package struct CaseCounts: Hashable, Sendable, Codable {
  /// Without a reply, overdue or not.
  package var open = 0
  /// Open, and today is the last day.
  package var dueToday = 0
  /// Open and not overdue, and the last day is today or one of the next two working days.
  package var dueSoon = 0
  /// Open, and the last day has passed.
  package var overdue = 0
  /// Answered, and the citizen not told yet.
  package var replied = 0
  package var closed = 0
}
