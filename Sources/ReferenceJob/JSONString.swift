/// Strings of JSON.
enum JSONString {
  /// What a valid string says, given without its quotes.
  static func unescaped(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    func hexadecimal(_ start: Int) -> UInt32 {
      text[start..<start + 4].reduce(0) { $0 << 4 | UInt32($1 & 0xf) + ($1 > UInt8(ascii: "9") ? 9 : 0) }
    }
    while index < text.count {
      guard text[index] == UInt8(ascii: "\\") else {
        result.append(text[index])
        index += 1
        continue
      }
      let escape = text[index + 1]
      index += 2
      switch escape {
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0c)
      case UInt8(ascii: "n"): result.append(0x0a)
      case UInt8(ascii: "r"): result.append(0x0d)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "u"):
        var scalar = hexadecimal(index)
        index += 4
        if scalar & 0xfc00 == 0xd800 {
          scalar = 0x10000 + (scalar & 0x3ff) << 10 + hexadecimal(index + 2) & 0x3ff
          index += 6
        }
        result += Unicode.Scalar(scalar).map { Array(String(Character($0)).utf8) } ?? []
      default: result.append(escape)
      }
    }
    return result
  }

  /// Adds a text in UTF-8 as a string in its quotes.
  static func append(_ text: [UInt8], to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    text.withUnsafeBufferPointer { text in
      var start = 0
      while true {
        let special = Word.firstSpecial(in: text, from: start)
        bytes.append(contentsOf: text[start..<special])
        if special == text.count { break }
        appendEscape(of: text[special], to: &bytes)
        start = special + 1
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func appendEscape(of byte: UInt8, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\\"))
    if byte >= 0x20 {
      bytes.append(byte)
    } else {
      let digits = Array("0123456789abcdef".utf8)
      bytes += Array("u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
}
