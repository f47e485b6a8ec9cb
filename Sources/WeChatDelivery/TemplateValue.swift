/// What WeChat lets stand in a template's field, which goes by the letters that the field's name begins with.
enum TemplateValue {
  /// In UTF-16 units. Dates, times and whatever else isn't listed are taken as they are, up to ``longest``.
  private static let limits = [
    "thing": 20, "phrase": 5, "name": 10, "character_string": 32, "letter": 32, "symbol": 5, "number": 32, "const": 20,
  ]
  private static let longest = 200
  /// In place of what has no value: an empty field is refused.
  private static let none = "无"

  /// On one line, and cut so that the field takes it.
  static func fitting(_ text: String?, field: String) -> String {
    let line = (text ?? "").split(whereSeparator: \.isNewline).joined(separator: " ")
    guard line.contains(where: { !$0.isWhitespace }) else { return none }
    let kind = String(field.prefix { !$0.isNumber })
    let limit = limits[kind] ?? longest
    guard line.utf16.count > limit else { return line }
    var cut = ""
    for character in line {
      guard cut.utf16.count + character.utf16.count < limit else { break }
      cut.append(character)
    }
    // A phrase is of Chinese characters alone.
    return kind == "phrase" ? String(line.prefix(limit)) : cut + "…"
  }
}
