/// The name of one code: the key of its record, and what a board says in small print, so that a lost or defaced one can
/// be revoked. It tells nothing else.
///
/// 16 characters of `2–9` and `A–Z` without `I` and `O` (80 bits): none looks like another, and a QR code holds them in
/// its dense alphanumeric mode.
package struct CodeID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package static let length = 16

  package let text: String

  /// `nil` for anything else.
  package init?(_ text: String) {
    guard text.utf8.count == Self.length, text.utf8.allSatisfy(CodeAlphabet.holds) else { return nil }
    self.text = text
  }

  /// - Parameter digest: at least 10 bytes that look like chance, of which the first 10 count.
  init(digest: some Sequence<UInt8>) {
    text = CodeAlphabet.text(of: digest.prefix(Self.length * 5 / 8))
  }

  package static func < (left: CodeID, right: CodeID) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  package var description: String { text }
  package var key: [UInt8] { Array(text.utf8) }
}

extension CodeID: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let id = CodeID(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a code's id")
    }
    self = id
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
