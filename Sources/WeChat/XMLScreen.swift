/// What is let through to the XML parser: plain elements in UTF-8, without anything that declares.
///
/// A citizen may well write `<!DOCTYPE`: inside a CDATA section or a comment it means nothing and passes.
enum XMLScreen {
  /// The document without byte order mark and XML declaration.
  static func screened(_ bytes: [UInt8]) throws(ReceivedXML.Fault) -> [UInt8] {
    guard let text = String(validating: bytes, as: UTF8.self), text.unicodeScalars.allSatisfy(isAllowed) else {
      throw .notUTF8
    }
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    try skipDeclaration(&rest)
    try check(rest)
    return Array(rest)
  }

  private static func skipDeclaration(_ rest: inout ArraySlice<UInt8>) throws(ReceivedXML.Fault) {
    guard rest.starts(with: "<?xml".utf8), let next = rest.dropFirst(5).first, next <= UInt8(ascii: " ") else { return }
    guard let end = end(of: "?>", in: rest) else { throw .malformed }
    let declaration = String(decoding: rest[..<end], as: UTF8.self).lowercased()
    if declaration.contains("encoding") {
      guard declaration.contains("\"utf-8\"") || declaration.contains("'utf-8'") else { throw .notUTF8 }
    }
    rest = rest[end...]
  }

  private static func check(_ document: ArraySlice<UInt8>) throws(ReceivedXML.Fault) {
    var rest = document
    while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[open...]
      if rest.starts(with: "<![CDATA[".utf8) {
        rest = try skip(to: "]]>", in: rest)
      } else if rest.starts(with: "<!--".utf8) {
        rest = try skip(to: "-->", in: rest.dropFirst(4))
      } else if rest.starts(with: "<!".utf8) || rest.starts(with: "<?".utf8) {
        throw .declaration
      } else {
        rest = rest.dropFirst()
      }
    }
  }

  private static func skip(
    to mark: String, in rest: ArraySlice<UInt8>
  ) throws(ReceivedXML.Fault) -> ArraySlice<UInt8> {
    guard let end = end(of: mark, in: rest) else { throw .malformed }
    return rest[end...]
  }

  /// The index behind the first `mark`.
  private static func end(of mark: String, in bytes: ArraySlice<UInt8>) -> Int? {
    let mark = Array(mark.utf8)
    guard bytes.count >= mark.count, let first = mark.first else { return nil }
    for index in bytes.startIndex...(bytes.endIndex - mark.count) where bytes[index] == first {
      if bytes[index...].starts(with: mark) { return index + mark.count }
    }
    return nil
  }

  /// The characters of XML 1.0, section 2.2.
  static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}
