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
  /// Of those overdue, by the step of the ladder that they have come to: 催办, 督办, 通报.
  package var urging = 0
  package var supervision = 0
  package var report = 0
  /// Open, and nobody knows for sure what they are about.
  package var toReview = 0
  /// Answered, and nobody could bring the answer to the citizen.
  package var undelivered = 0

  package init() {}
}
