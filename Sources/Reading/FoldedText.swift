/// A text in which words are looked for, each character with its place in the original.
///
/// Full-width letters, digits and signs become their plain forms, capital letters A–Z small, common traditional characters
/// simplified, dashes of all kinds a hyphen, spaces of all kinds one space each; characters without width, direction marks
/// and variation selectors vanish, so that nothing can be hidden behind them. All else stays as it is. One character
/// becomes one or none, by fixed code points, so that the same text reads alike on every machine.
struct FoldedText {
  /// Unicode scalars.
  private(set) var scalars: [UInt32] = []
  /// For each of `scalars` the offset of its scalar in the original.
  private(set) var offsets: [Int32] = []

  init(_ text: String) {
    let size = text.utf8.count
    scalars.reserveCapacity(size / 2)
    offsets.reserveCapacity(size / 2)
    let simplified = TraditionalForms.table
    var offset: Int32 = 0
    for scalar in text.unicodeScalars {
      if let plain = Self.plain(scalar.value, simplified) {
        scalars.append(plain)
        offsets.append(offset)
      }
      offset &+= 1
    }
  }

  /// Where a piece of this stands in the original, in Unicode scalars.
  func original(_ range: Range<Int>) -> Range<Int> {
    Int(offsets[range.lowerBound])..<Int(offsets[range.upperBound - 1]) + 1
  }

  /// `nil` for what vanishes.
  @inline(__always)
  private static func plain(_ value: UInt32, _ simplified: [UInt16]) -> UInt32? {
    if value >= 0x3001, value < 0xF900 { return TraditionalForms.simplified(value, simplified) }
    switch value {
    case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: return 0x0A
    case 0...0x20, 0x7F...0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return 0x20
    case 0x41...0x5A: return value + 0x20
    case 0x2010...0x2015, 0x2212, 0x2E3A, 0xFE58, 0xFE63: return 0x2D
    case 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF,
      0xE0000...0xE0FFF:
      return nil
    case 0xFF21...0xFF3A: return value - 0xFEE0 + 0x20
    case 0xFF01...0xFF5E: return value - 0xFEE0
    default: return value
    }
  }
}
