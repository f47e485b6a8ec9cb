package import Cases

/// What a code's picture holds, and a scan brings back: nothing that can be read, nothing that can be made up.
///
/// `KIND KEY ID SEAL` without anything between them: `D` for a deputy, `S` for a station, `A` for an activity; the id of
/// the key that it was sealed with (1–4 characters); the code's id (16); the seal (16), which is the first 80 bits of an
/// HMAC-SHA256 of all before it. 34 to 37 characters of ``CodeID``'s, so that it stands unchanged in an address and in
/// WeChat's `scene_str` (64 characters). Made and accepted by ``CodeKeys`` alone.
package struct CodeToken: Hashable, Sendable {
  package static let longest = 1 + keyLengths.upperBound + CodeID.length + sealLength

  static let keyLengths = 1...4
  static let sealLength = 16

  package let kind: Scan.Kind
  package let code: CodeID
  let key: String
  let seal: String

  init(_ kind: Scan.Kind, key: String, code: CodeID, seal: String) {
    self.kind = kind
    self.key = key
    self.code = code
    self.seal = seal
  }

  /// Reads the form; whether it is genuine, only the keys can tell. `nil` for anything that isn't of the form.
  init?(parsing text: String) {
    let bytes = Array(text.utf8)
    let keyLength = bytes.count - 1 - CodeID.length - Self.sealLength
    guard Self.keyLengths.contains(keyLength), bytes.allSatisfy(CodeAlphabet.holds),
      let kind = Scan.Kind.allCases.first(where: { $0.letter == bytes[0] }),
      let code = CodeID(String(decoding: bytes[(1 + keyLength)..<(1 + keyLength + CodeID.length)], as: UTF8.self))
    else { return nil }
    self.init(
      kind, key: String(decoding: bytes[1..<(1 + keyLength)], as: UTF8.self), code: code,
      seal: String(decoding: bytes.suffix(Self.sealLength), as: UTF8.self))
  }

  package var text: String { sealed + seal }

  /// What a picture of it says.
  /// - Parameter base: where citizens reach the pages, such as `https://example.org`, without a slash at its end.
  package func address(under base: String) -> String { "\(base)/q/\(text)" }

  /// What the seal is for.
  var sealed: String { String(decoding: [kind.letter], as: UTF8.self) + key + code.text }
}

extension Scan.Kind {
  var letter: UInt8 {
    switch self {
    case .deputy: UInt8(ascii: "D")
    case .station: UInt8(ascii: "S")
    case .activity: UInt8(ascii: "A")
    }
  }
}
