/// The value of a header such as `multipart/form-data; boundary="x"`: what it says, and its parameters (RFC 9110, 5.6.6).
struct HeaderParameters: Equatable {
  /// In lower case.
  let value: String
  /// Names in lower case; the first of a name counts.
  let parameters: [String: String]

  /// Nil where a parameter has no name, or a quoted value no end.
  init?(_ text: String) {
    var rest = Substring(text)
    value = Self.trimmed(rest.prefix { $0 != ";" }).lowercased()
    rest = rest.drop { $0 != ";" }
    var parameters: [String: String] = [:]
    while rest.first == ";" {
      rest = rest.dropFirst().drop(while: Self.isBlank)
      if rest.isEmpty { break }
      let name = Self.trimmed(rest.prefix { $0 != "=" && $0 != ";" }).lowercased()
      rest = rest.drop { $0 != "=" && $0 != ";" }
      guard !name.isEmpty, rest.first == "=" else { return nil }
      rest = rest.dropFirst().drop(while: Self.isBlank)
      let given: String
      if rest.first == "\"" {
        guard let quoted = Self.quoted(&rest) else { return nil }
        given = quoted
      } else {
        given = Self.trimmed(rest.prefix { $0 != ";" })
        rest = rest.drop { $0 != ";" }
      }
      if parameters[name] == nil { parameters[name] = given }
    }
    guard rest.isEmpty else { return nil }
    self.parameters = parameters
  }

  /// Takes a quoted string off. A backslash stands for itself unless a quotation mark or another one follows: browsers
  /// write the backslashes of a Windows path as they are.
  private static func quoted(_ rest: inout Substring) -> String? {
    var text = ""
    var scalars = rest.unicodeScalars.dropFirst()
    while let scalar = scalars.popFirst() {
      if scalar == "\"" {
        rest = Substring(scalars).drop(while: isBlank)
        return text
      }
      if scalar == "\\", let next = scalars.first, next == "\"" || next == "\\" {
        text.unicodeScalars.append(next)
        scalars.removeFirst()
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return String(text)
  }

  private static func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
}
