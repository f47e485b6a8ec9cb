/// Writes XML 1.0: elements and text, no attributes.
struct XMLWriter {
  private(set) var text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"

  /// - Parameter name: one of ours, an XML name.
  mutating func write(_ value: Document.Value, named name: String) {
    switch value {
    case .none: text += "<\(name)/>"
    case .text(let content): text += "<\(name)>\(Self.escaped(content))</\(name)>"
    case .number(let number):
      text += "<\(name)>\(Int(exactly: number).map(String.init) ?? String(number))</\(name)>"
    case .flag(let flag): text += "<\(name)>\(flag)</\(name)>"
    case .record(let fields):
      text += "<\(name)>"
      for (name, value) in fields { write(value, named: name) }
      text += "</\(name)>"
    case .list(let entry, let entries):
      text += "<\(name)>"
      for value in entries { write(value, named: entry) }
      text += "</\(name)>"
    }
  }

  /// Scalar by scalar, since a mark that combines with `<` would hide it among characters. What XML can't hold at all
  /// becomes U+FFFD.
  static func escaped(_ content: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in content.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "\r": result.append(contentsOf: "&#13;".unicodeScalars)
      case "\t", "\n": result.append(scalar)
      case "\u{0}"..."\u{1f}", "\u{fffe}", "\u{ffff}": result.append("\u{fffd}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
