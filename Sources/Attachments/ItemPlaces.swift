/// Where in the file the items of a picture are: the box `iloc` (ISO/IEC 14496-12, 8.11.3).
struct ItemPlaces {
  let ranges: [(item: Int, ranges: [Range<Int>])]

  /// - Parameter data: what the box `idat` holds, where items may be too.
  init?(_ box: BoxFile.Box, data: Range<Int>?, of file: BoxFile) {
    let bytes = file.bytes
    var at = box.data.lowerBound
    func take(_ size: Int) -> Int? {
      guard at + size <= box.data.upperBound, let number = bytes.bigEndian(size, at: at) else { return nil }
      at += size
      return number
    }
    guard let version = take(1), version <= 2, take(3) != nil, let sizes = take(2),
      let count = take(version < 2 ? 2 : 4)
    else { return nil }
    let (offsetSize, lengthSize, baseSize) = (sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15)
    let indexSize = version == 0 ? 0 : sizes & 15
    guard [offsetSize, lengthSize, baseSize, indexSize].allSatisfy({ [0, 4, 8].contains($0) }) else { return nil }
    var items: [(item: Int, ranges: [Range<Int>])] = []
    // Each item takes at least six bytes, so a forged count ends with the box.
    for _ in 0..<count {
      guard let item = take(version < 2 ? 2 : 4), let method = version == 0 ? 0 : take(2), method & 15 < 2,
        take(2) == 0, let base = take(baseSize), let extents = take(2),
        // Those that take no room in the box must not be counted by thousands.
        extents < 2 || offsetSize > 0
      else { return nil }
      let home = method & 15 == 0 ? 0..<bytes.count : data
      var ranges: [Range<Int>] = []
      for _ in 0..<extents {
        guard take(indexSize) != nil, let offset = take(offsetSize), var length = take(lengthSize), let home,
          base <= home.count, offset <= home.count - base
        else { return nil }
        let start = base + offset
        if length == 0 { length = home.count - start }
        guard length <= home.count - start else { return nil }
        ranges.append(home.lowerBound + start..<home.lowerBound + start + length)
      }
      items.append((item, ranges))
    }
    ranges = items
  }
}
