import Time

extension ReplyPolicy {
  /// A value that makes no sense.
  package struct InvalidField: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the property, such as `reply`.
    package let field: String
    package let reason: String

    package init(field: String, reason: String) {
      self.field = field
      self.reason = reason
    }

    package var description: String { "\(field): \(reason)" }
  }

  /// - Throws: the first field whose value makes no sense.
  package func check() throws(InvalidField) {
    guard isVersion(version) else { throw InvalidField(field: "version", reason: versionForm) }
    try checkTerms()
    if case .workingDays(let days) = reply {
      try check(reminderWorkingDaysBefore, 0...days - 1, "reminderWorkingDaysBefore", "less than reply")
    } else {
      try check(reminderWorkingDaysBefore, 0...249, "reminderWorkingDaysBefore")
    }
    guard (0..<24 * 3_600_000).contains(reminderTime.milliseconds), reminderTime.milliseconds % 60_000 == 0 else {
      throw InvalidField(field: "reminderTime", reason: "must be 00:00 or later and before 24:00, in whole minutes")
    }
    try check(supervision, 0...250, "supervision")
    try check(report, 0...250, "report")
    try check(escalation, 0...250, "escalation")
    try check(extensionLongest, 1...250, "extensionLongest")
    try check(extensions, 0...20, "extensions")
    try check(pause, 1...250, "pause")
    try check(ratingDays, 0...366, "ratingDays")
    try check(reopens, 0...20, "reopens")
    try check(deliveryWorkingDays, 1...250, "deliveryWorkingDays")
    try check(reviewDays, 1...366, "reviewDays")
    try check(reviewShare, 0...1000, "reviewShare")
    try check(returns, 1...20, "returns")
    try check(keySupervisions, 0...10_000, "keySupervisions")
  }

  private func checkTerms() throws(InvalidField) {
    let terms: [(Term?, String)] = [
      (reply, "reply"), (urgent, "urgent"), (sign, "sign"), (carried, "carried"), (suggestion, "suggestion"),
      (suggestionLongest, "suggestionLongest"), (followUp, "followUp"),
    ]
    for (term, field) in terms { try check(term, field) }
    for (category, term) in categories.sorted(by: { $0.key < $1.key }) {
      let isName = (1...100).contains(category.count) && category.allSatisfy { !$0.isNewline }
      guard isName else {
        throw InvalidField(field: "categories", reason: "a category's name must be 1 to 100 characters, on one line")
      }
      try check(term, "categories")
    }
    if let urgent, urgent > reply {
      throw InvalidField(field: "urgent", reason: "must be no longer than reply, \(reply), is \(urgent)")
    }
    if suggestionLongest < suggestion {
      throw InvalidField(
        field: "suggestionLongest", reason: "must be no shorter than suggestion, \(suggestion), is \(suggestionLongest)"
      )
    }
  }

  private func check(_ term: Term?, _ field: String) throws(InvalidField) {
    guard let term, !(1...term.longest.count).contains(term.count) else { return }
    throw InvalidField(field: field, reason: "must be 1 to \(term.longest), is \(term.count)")
  }

  private func check(
    _ count: Int?, _ range: ClosedRange<Int>, _ field: String, _ because: String? = nil
  ) throws(InvalidField) {
    guard let count, !range.contains(count) else { return }
    let because = because.map { ", \($0)" } ?? ""
    throw InvalidField(
      field: field, reason: "must be \(range.lowerBound) to \(range.upperBound)\(because), is \(count)")
  }
}
