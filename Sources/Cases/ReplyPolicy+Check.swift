import Time

extension ReplyPolicy {
  /// A value that makes no sense.
  package struct InvalidField: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the property, such as `reply`; `categories.` and the name for one category's term.
    package let field: String
    package let reason: String

    package init(field: String, reason: String) {
      self.field = field
      self.reason = reason
    }

    package var description: String { "\(field): \(reason)" }
  }

  /// - Throws: the first of ``faults``.
  package func check() throws(InvalidField) {
    if let fault = faults.first { throw fault }
  }

  /// Every value that makes no sense.
  package var faults: [InvalidField] {
    var faults: [InvalidField] = []
    func expect(_ isSound: Bool, _ field: String, _ reason: @autoclosure () -> String) {
      if !isSound { faults.append(InvalidField(field: field, reason: reason())) }
    }
    func expect(_ term: Term?, _ field: String) {
      guard let term else { return }
      expect((1...term.longest.count).contains(term.count), field, "must be 1 to \(term.longest), is \(term.count)")
    }
    func expect(_ count: Int?, in range: ClosedRange<Int>, _ field: String) {
      guard let count else { return }
      expect(range.contains(count), field, "must be \(range.lowerBound) to \(range.upperBound), is \(count)")
    }

    expect(isVersion(version), "version", versionForm)
    expect(reply, "reply")
    expect(urgent, "urgent")
    if let urgent { expect(urgent <= reply, "urgent", "must be no longer than reply, \(reply), is \(urgent)") }
    for (category, term) in categories.sorted(by: { $0.key < $1.key }) {
      let isName = (1...100).contains(category.count) && !category.contains(where: \.isNewline)
      expect(isName, "categories.\(category)", "a category's name must be 1 to 100 characters, on one line")
      expect(term, "categories.\(category)")
    }
    expect(sign, "sign")
    if case .workingDays(let days) = reply, days > 0 {
      expect(
        (0..<days).contains(reminderWorkingDaysBefore), "reminderWorkingDaysBefore",
        "must be 0 to \(days - 1), less than reply, is \(reminderWorkingDaysBefore)")
    } else {
      expect(reminderWorkingDaysBefore, in: 0...249, "reminderWorkingDaysBefore")
    }
    expect(
      (0..<24 * 3_600_000).contains(reminderTime.milliseconds) && reminderTime.milliseconds % 60_000 == 0,
      "reminderTime", "must be 00:00 or later and before 24:00, in whole minutes")
    expect(supervision, in: 0...250, "supervision")
    expect(report, in: 0...250, "report")
    expect(escalation, in: 0...250, "escalation")
    expect(extensionLongest, in: 1...250, "extensionLongest")
    expect(extensions, in: 0...20, "extensions")
    expect(pause, in: 1...250, "pause")
    expect(carried, "carried")
    expect(suggestion, "suggestion")
    expect(suggestionLongest, "suggestionLongest")
    expect(
      suggestionLongest >= suggestion, "suggestionLongest",
      "must be no shorter than suggestion, \(suggestion), is \(suggestionLongest)")
    expect(followUp, "followUp")
    expect(ratingDays, in: 0...366, "ratingDays")
    expect(reopens, in: 0...20, "reopens")
    expect(deliveryWorkingDays, in: 1...250, "deliveryWorkingDays")
    expect(reviewDays, in: 1...366, "reviewDays")
    expect(reviewShare, in: 0...1000, "reviewShare")
    expect(returns, in: 1...20, "returns")
    expect(keySupervisions, in: 0...10_000, "keySupervisions")
    return faults
  }
}
