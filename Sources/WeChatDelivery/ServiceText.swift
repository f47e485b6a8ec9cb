/// The text of a customer-service message, of which WeChat takes 2,048 bytes.
enum ServiceText {
  private static let limit = 2048
  private static let mark = "…"

  /// The longest line is cut, which is what somebody wrote: not the address of the case's page, nor who answered.
  static func fitting(_ text: String) -> String {
    let size = text.utf8.count
    guard size > limit else { return text }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var longest = 0
    for index in lines.indices where lines[index].utf8.count > lines[longest].utf8.count { longest = index }
    let room = lines[longest].utf8.count - (size - limit)
    guard room >= mark.utf8.count else { return cut(text, to: limit) }
    lines[longest] = cut(lines[longest], to: room)
    return lines.joined(separator: "\n")
  }

  private static func cut(_ text: String, to size: Int) -> String {
    var cut = ""
    var left = size - mark.utf8.count
    for character in text {
      left -= character.utf8.count
      guard left >= 0 else { break }
      cut.append(character)
    }
    return cut + mark
  }
}
