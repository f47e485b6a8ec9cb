/// Whether bytes are UTF-8 (RFC 3629): nothing overlong, no surrogates, nothing above U+10FFFF.
enum UTF8Check {
  /// - Returns: where the first byte stands that is wrong; `nil` if all is right.
  static func firstFault(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var position = 0
    let count = bytes.count
    func isContinuation(_ index: Int) -> Bool { index < count && bytes[index] & 0xc0 == 0x80 }
    while position < count {
      let first = bytes[position]
      switch first {
      case 0..<0x80:
        position += 1
        while position + 8 <= count, Word.isASCII(bytes, at: position) { position += 8 }
      case 0xe1...0xec, 0xee, 0xef:
        // Chinese, in nearly every case; so this comes before the others.
        guard isContinuation(position + 1), isContinuation(position + 2) else { return position }
        position += 3
      case 0xc2...0xdf:
        guard isContinuation(position + 1) else { return position }
        position += 2
      case 0xe0, 0xed:
        guard isContinuation(position + 1), isContinuation(position + 2),
          first == 0xe0 ? bytes[position + 1] >= 0xa0 : bytes[position + 1] < 0xa0
        else { return position }
        position += 3
      case 0xf0...0xf4:
        guard isContinuation(position + 1), isContinuation(position + 2), isContinuation(position + 3),
          first != 0xf0 || bytes[position + 1] >= 0x90, first != 0xf4 || bytes[position + 1] < 0x90
        else { return position }
        position += 4
      default: return position
      }
    }
    return nil
  }
}
