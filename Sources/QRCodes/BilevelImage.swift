import CZlib

/// A black and white picture, row by row from the top, and its PNG form (ISO/IEC 15948).
struct BilevelImage {
  let width: Int
  let height: Int
  /// The rows as PNG compresses them: before each its filter.
  private var filtered: [UInt8] = []

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    filtered.reserveCapacity(height * (1 + bytesPerRow))
  }

  var bytesPerRow: Int { (width + 7) / 8 }

  /// - Parameter row: ``bytesPerRow`` bytes; the leftmost pixel is the highest bit of the first, and 1 is white.
  mutating func append(_ row: [UInt8], times: Int) {
    precondition(row.count == bytesPerRow, "a row is as wide as the picture")
    for time in 0..<times {
      // Filter 2 is the difference from the row above.
      filtered.append(time == 0 ? 0 : 2)
      filtered += time == 0 ? row : [UInt8](repeating: 0, count: bytesPerRow)
    }
  }

  var png: [UInt8] {
    precondition(filtered.count == height * (1 + bytesPerRow), "a picture has all its rows")
    let bitDepth: UInt8 = 1
    let greyscale: UInt8 = 0
    return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
      + Self.chunk("IHDR", Self.bytes(width) + Self.bytes(height) + [bitDepth, greyscale, 0, 0, 0])
      + Self.chunk("IDAT", Self.deflated(filtered)) + Self.chunk("IEND", [])
  }

  private static func bytes(_ number: Int) -> [UInt8] {
    let number = UInt32(truncatingIfNeeded: number)
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let content = Array(type.utf8) + data
    let sum = crc32(0, content, UInt32(content.count))
    return bytes(data.count) + content + bytes(Int(sum))
  }

  private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var size = compressBound(UInt(bytes.count))
    var result = [UInt8](repeating: 0, count: Int(size))
    let outcome = compress2(&result, &size, bytes, UInt(bytes.count), Z_DEFAULT_COMPRESSION)
    precondition(outcome == Z_OK, "zlib has no memory: compressBound is always room enough")
    return Array(result.prefix(Int(size)))
  }
}
