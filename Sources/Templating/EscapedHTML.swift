import Mustache

/// Escapes what a template fills in, scalar by scalar.
///
/// Mustache's own escaping goes by `Character`, and so lets a quotation mark through that a combining mark follows.
struct EscapedHTML: MustacheContentType {
  /// What templates call it by.
  static let name = "ESCAPED"

  func escapeText(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "&": escaped += "&amp;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\0": escaped.unicodeScalars.append("\u{FFFD}")
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
