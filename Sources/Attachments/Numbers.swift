extension [UInt8] {
  /// The number in `size` bytes from there on, the first one weighing most; nil if they aren't all there.
  ///
  /// - Parameter size: 0 to 8. A number above `Int.max` is nil too: no file is that long.
  func bigEndian(_ size: Int, at offset: Int) -> Int? {
    guard offset >= 0, offset <= count - size else { return nil }
    let value = self[offset..<offset + size].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(exactly: value)
  }

  /// The same with the last byte weighing most.
  func littleEndian(_ size: Int, at offset: Int) -> Int? {
    guard offset >= 0, offset <= count - size else { return nil }
    let value = self[offset..<offset + size].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(exactly: value)
  }

  func has(_ text: String, at offset: Int) -> Bool {
    offset >= 0 && offset <= count && self[offset...].starts(with: text.utf8)
  }

  mutating func erase(_ range: Range<Int>) {
    for index in range { self[index] = 0 }
  }
}
