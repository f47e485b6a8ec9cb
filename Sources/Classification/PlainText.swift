import Reading

/// A text as the model reads it, each character with its place in the original.
///
/// Full-width letters, digits and signs become their plain forms, capital letters A–Z small, common traditional characters
/// simplified; spaces, line ends and control characters in a row become one space, none at either end; characters without
/// width, direction marks and variation selectors vanish. All else stays as it is. The rules are fixed code points, not a library's tables, so
/// that the same text reads alike on every machine.
struct PlainText {
  /// Unicode scalars.
  private(set) var characters: [UInt32] = []
  /// For each of `characters` the offset of its scalar in the original.
  private(set) var offsets: [Int32] = []
  /// How many of `characters` are Chinese characters.
  private(set) var hanCount = 0
  /// How many are spaces.
  private(set) var spaceCount = 0

  init(_ text: String) {
    let size = text.utf8.count
    characters.reserveCapacity(size / 2)
    offsets.reserveCapacity(size / 2)
    let simplified = TraditionalForms.table
    var offset: Int32 = 0
    var afterSpace = true
    for scalar in text.unicodeScalars {
      defer { offset &+= 1 }
      guard let plain = Self.plain(scalar.value, simplified) else { continue }
      if plain == Self.space {
        if afterSpace { continue }
        afterSpace = true
        spaceCount += 1
      } else {
        afterSpace = false
        if Self.isHan(plain) { hanCount += 1 }
      }
      characters.append(plain)
      offsets.append(offset)
    }
    if afterSpace, !characters.isEmpty {
      characters.removeLast()
      offsets.removeLast()
      spaceCount -= 1
    }
  }

  private static let space: UInt32 = 0x20

  /// Nil for what vanishes.
  @inline(__always)
  private static func plain(_ value: UInt32, _ simplified: [UInt16]) -> UInt32? {
    if value >= 0x3001, value < 0xF900 { return TraditionalForms.simplified(value, simplified) }
    switch value {
    case 0...0x20, 0x7F...0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return space
    case 0x41...0x5A: return value + 0x20
    case 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF,
      0xE0000...0xE0FFF:
      return nil
    case 0xFF21...0xFF3A: return value - 0xFEE0 + 0x20
    case 0xFF01...0xFF5E: return value - 0xFEE0
    default: return value
    }
  }

  @inline(__always)
  private static func isHan(_ value: UInt32) -> Bool {
    (0x4E00...0x9FFF).contains(value) || (0x3400...0x4DBF).contains(value) || (0x20000...0x3FFFF).contains(value)
      || value == 0x3007
  }
}
