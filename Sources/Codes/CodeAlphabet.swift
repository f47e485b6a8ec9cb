import ByteText

/// The characters of codes: digits and upper-case letters without `0`, `1`, `I` and `O`, five bits each.
enum CodeAlphabet {
  private static let characters = ByteAlphabet("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")

  static func holds(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "2")...UInt8(ascii: "9"): true
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte != UInt8(ascii: "I") && byte != UInt8(ascii: "O")
    default: false
    }
  }

  /// A character for every five bits, from the highest on; bits that are left over at the end are dropped.
  static func text(of bytes: some Sequence<UInt8>) -> String {
    characters.text(of: bytes)
  }
}
