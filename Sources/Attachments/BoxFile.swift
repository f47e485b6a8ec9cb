/// A file of the ISO base media format (ISO/IEC 14496-12) or QuickTime: boxes of a size, a type and data, within each
/// other, with places in the file written as offsets from its beginning.
///
/// Nothing is taken out, since that would move what the offsets point to: what must go is overwritten with zeros, under
/// the type `free`, which players skip.
struct BoxFile {
  struct Box {
    let type: String
    /// The size and the type stand before it.
    let start: Int
    let data: Range<Int>
  }

  private(set) var bytes: [UInt8]
  /// How much may still be erased: overlapping places in a forged table must not cost more than the file is long.
  private var erasable: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    erasable = bytes.count
  }

  /// The boxes in that part of the file, or nil if it isn't made of whole boxes. Zeros at its end, which QuickTime writes,
  /// are none.
  func boxes(in range: Range<Int>) -> [Box]? {
    var boxes: [Box] = []
    var at = range.lowerBound
    while at < range.upperBound {
      if range.upperBound - at < 8, bytes[at..<range.upperBound].allSatisfy({ $0 == 0 }) { break }
      guard at + 8 <= range.upperBound, let short = bytes.bigEndian(4, at: at) else { return nil }
      var (size, header) = (short, 8)
      if short == 1 {
        guard let long = bytes.bigEndian(8, at: at + 8) else { return nil }
        (size, header) = (long, 16)
      } else if short == 0 {
        size = range.upperBound - at
      }
      guard size >= header, size <= range.upperBound - at else { return nil }
      boxes.append(
        Box(
          type: String(decoding: bytes[at + 4..<at + 8], as: UTF8.self), start: at, data: at + header..<at + size))
      at += size
    }
    return boxes
  }

  mutating func erase(_ box: Box) {
    bytes.replaceSubrange(box.start + 4..<box.start + 8, with: "free".utf8)
    bytes.erase(box.data)
  }

  /// - Parameter head: what stands at the beginning instead, if there is room for it.
  /// - Returns: False if there is no such place, or more was to be erased than there is.
  mutating func erase(_ range: Range<Int>, head: [UInt8] = []) -> Bool {
    guard range.lowerBound >= 0, range.upperBound <= bytes.count, range.count <= erasable else { return false }
    erasable -= range.count
    bytes.erase(range)
    if head.count <= range.count {
      bytes.replaceSubrange(range.lowerBound..<range.lowerBound + head.count, with: head)
    }
    return true
  }

  /// Erases those of the boxes whose type isn't among them, and gives back the others.
  mutating func keep(_ types: Set<String>, of boxes: [Box]) -> [Box] {
    for box in boxes where !types.contains(box.type) { erase(box) }
    return boxes.filter { types.contains($0.type) }
  }
}
