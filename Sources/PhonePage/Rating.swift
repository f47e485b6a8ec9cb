import Cases

/// What a citizen sent to say of the answer.
struct Rating {
  /// In UTF-16 units.
  static let textLimit = 1000

  let satisfaction: CaseCommand.Rate.Satisfaction
  /// Cut where it is longer than a form would send.
  let text: String?

  /// Nil where none of the buttons was pressed.
  init?(fields: [String: String]) {
    guard let satisfaction = CaseCommand.Rate.Satisfaction(rawValue: fields["satisfaction"] ?? "") else { return nil }
    self.satisfaction = satisfaction
    text = Self.text(fields)
  }

  static func text(_ fields: [String: String]) -> String? {
    let text = String(OpinionSheet.clean(fields["text"] ?? "").prefix(textLimit))
    return text.contains { !$0.isWhitespace } ? text : nil
  }
}
