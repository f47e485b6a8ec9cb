/// Characters that stand for the same number of bits each, in which bytes are written as text.
package struct ByteAlphabet: Sendable {
  /// 0–9 and a–f.
  package static let hexadecimal = ByteAlphabet("0123456789abcdef")
  /// That of RFC 4648 in lower case.
  package static let base32 = ByteAlphabet("abcdefghijklmnopqrstuvwxyz234567")
  /// That of RFC 4648 for URLs and file names.
  package static let base64URL = ByteAlphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

  private let characters: [UInt8]
  private let bits: Int

  /// - Parameter characters: of ASCII; as many as a power of two up to 256.
  package init(_ characters: StaticString) {
    self.characters = characters.withUTF8Buffer { Array($0) }
    bits = self.characters.count.trailingZeroBitCount
    precondition(self.characters.count == 1 << bits && (1...8).contains(bits), "not a power of two of characters")
  }

  /// From the highest bit of the first byte on; no padding, and bits that are left over at the end are dropped.
  /// - Parameter length: the most characters.
  package func text(of bytes: some Sequence<UInt8>, length: Int = .max) -> String {
    var text: [UInt8] = []
    var buffer: UInt32 = 0
    var count = 0
    for byte in bytes {
      buffer = (buffer << 8 | UInt32(byte)) & 0xffff
      count += 8
      while count >= bits, text.count < length {
        count -= bits
        text.append(characters[Int(buffer >> UInt32(count)) & (characters.count - 1)])
      }
      if text.count == length { break }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// What ``text(of:length:)`` made a text of; `nil` where a character is none of these, or the bits make no whole bytes.
  package func bytes(of text: some StringProtocol) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer: UInt32 = 0
    var count = 0
    for character in text.utf8 {
      guard let value = characters.firstIndex(of: character) else { return nil }
      buffer = (buffer << UInt32(bits) | UInt32(value)) & 0xffff
      count += bits
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(count)))
      }
    }
    return count == 0 ? bytes : nil
  }
}
