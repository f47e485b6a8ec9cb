/// What of an opinion says its matter, as scalars: title and text without spaces, signs, emoji and greetings, full-width
/// forms and capital letters A–Z plain.
///
/// Two opinions of one matter are alike in this form, however they are laid out and whoever they are addressed to. At most
/// ``maximumLength`` characters are read: a longer one is known by its beginning.
struct MatterText {
  static let maximumLength = 20_000

  private(set) var scalars: [UInt32] = []

  init(title: String?, text: String) {
    for part in [title ?? "", text] {
      for scalar in part.unicodeScalars {
        guard scalars.count < Self.maximumLength else { break }
        if let plain = Self.plain(scalar.value) { scalars.append(plain) }
      }
    }
    removeGreetings()
  }

  /// `nil` for what says nothing. Fixed code points, so that the same text reads alike on every machine.
  private static func plain(_ value: UInt32) -> UInt32? {
    switch value {
    case 0x30...0x39, 0x61...0x7A: value
    case 0x41...0x5A: value + 0x20
    case 0xFF10...0xFF19, 0xFF41...0xFF5A: value - 0xFEE0
    case 0xFF21...0xFF3A: value - 0xFEE0 + 0x20
    // Letters of other alphabets, but for the signs among them.
    case 0xC0...0x1FFF where value != 0xD7 && value != 0xF7: value
    // Kana, hangul, Chinese characters.
    case 0x3005, 0x3007, 0x3041...0x318F, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA960...0xA97F, 0xAC00...0xD7FF,
      0xF900...0xFAFF, 0x20000...0x3FFFF:
      value
    default: nil
    }
  }

  private mutating func removeGreetings() {
    var kept: [UInt32] = []
    kept.reserveCapacity(scalars.count)
    var index = 0
    while index < scalars.count {
      if let phrase = Self.greetings[scalars[index]]?.first(where: { scalars[index...].starts(with: $0) }) {
        index += phrase.count
      } else {
        kept.append(scalars[index])
        index += 1
      }
    }
    scalars = kept
  }

  /// By their first character.
  private static let greetings: [UInt32: [[UInt32]]] = Dictionary(
    grouping: [
      "尊敬的", "敬爱的", "您好", "你好", "各位", "领导", "书记", "省长", "市长", "县长", "厅长", "局长", "谢谢", "感谢", "此致", "敬礼", "盼复",
      "望回复",
    ].map { $0.unicodeScalars.map(\.value) }, by: { $0[0] })
}
