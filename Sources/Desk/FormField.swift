/// A field of a form: what it asks for, and what may stand in it.
struct FormField: Sendable {
  struct Choice: Hashable, Sendable {
    let value: String
    let label: Phrase
    /// What it stands under in the list.
    var group: Phrase?
  }

  enum Content: Sendable {
    /// One line.
    case line(limit: Int)
    case text(limit: Int)
    case number(ClosedRange<Int>)
    case choice([Choice])
    /// To be ticked.
    case confirmation
  }

  let name: String
  let label: Phrase
  var hint: Phrase?
  let content: Content
  let isRequired: Bool

  init(_ name: String, _ label: Phrase, _ content: Content, isRequired: Bool = true, hint: Phrase? = nil) {
    self.name = name
    self.label = label
    self.content = content
    self.isRequired = isRequired
    self.hint = hint
  }

  /// What was sent, in the form in which it is taken and shown again: without blanks around it, line ends of one kind,
  /// and no control characters.
  static func plain(_ sent: String) -> String {
    var text = String.UnicodeScalarView()
    for scalar in sent.replacing("\r\n", with: "\n").replacing("\r", with: "\n").unicodeScalars
    where scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control { text.append(scalar) }
    let plain = String(text).drop(while: \.isWhitespace)
    return String(plain.reversed().drop(while: \.isWhitespace).reversed())
  }

  /// What is wrong with it; `nil` for nothing.
  /// - Parameter value: ``plain(_:)``.
  func fault(of value: String) -> Phrase? {
    guard !value.isEmpty else {
      guard isRequired else { return nil }
      return switch content {
      case .choice: Phrase("请选择。", "Choose one.")
      case .confirmation: Phrase("请勾选确认。", "Tick this to confirm.")
      case .line, .text, .number: Phrase("请填写。", "Fill this in.")
      }
    }
    switch content {
    case .line(let limit):
      if value.contains(where: \.isNewline) { return Phrase("只能写一行。", "Write one line only.") }
      return Self.fault(of: value, longerThan: limit)
    case .text(let limit): return Self.fault(of: value, longerThan: limit)
    case .number(let range):
      let isNumber = value.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard isNumber, let number = Int(value), range.contains(number) else {
        let (low, high) = (range.lowerBound, range.upperBound)
        return Phrase("请填写 \(low) 到 \(high) 的整数。", "Give a whole number from \(low) to \(high).")
      }
      return nil
    case .choice(let choices):
      return choices.contains { $0.value == value }
        ? nil : Phrase("没有这一项，请重新选择。", "There is no such choice. Choose again.")
    case .confirmation: return value == "yes" ? nil : Phrase("请勾选确认。", "Tick this to confirm.")
    }
  }

  /// Browsers count UTF-16 units.
  private static func fault(of value: String, longerThan limit: Int) -> Phrase? {
    value.utf16.count <= limit ? nil : Phrase("最多 \(limit) 字。", "At most \(limit) characters.")
  }
}
