/// JPEG (ITU-T T.81): markers with segments, and scans of coded data.
enum JPEGFile {
  /// Keeps what the decoder needs, the colour profile, and which way up the picture is; drops Exif with its place and
  /// thumbnail, XMP, IPTC, comments, makers' own segments, and what hangs on behind the picture (a second picture, a
  /// film).
  static func stripped(_ file: [UInt8]) -> [UInt8]? {
    guard file.starts(with: [0xff, 0xd8]) else { return nil }
    var header: [UInt8] = []
    var rest: [UInt8] = []
    rest.reserveCapacity(file.count)
    var orientation: UInt8 = 1
    var hasScan = false
    var at = 2
    while at < file.count {
      guard file[at] == 0xff else { return nil }
      while at < file.count, file[at] == 0xff { at += 1 }
      guard at < file.count else { break }
      let marker = file[at]
      if marker == 0xd9 { break }
      guard let length = file.bigEndian(2, at: at + 1), length >= 2, at + 1 + length <= file.count else { return nil }
      let segment = at + 3..<at + 1 + length
      at = segment.upperBound
      switch marker {
      case 0xe0 where file.has("JFIF\0", at: segment.lowerBound) && segment.count >= 14:
        // Without its thumbnail.
        header = [0xff, 0xe0, 0, 16] + file[segment].prefix(12) + [0, 0]
      case 0xe1 where file.has("Exif\0\0", at: segment.lowerBound):
        orientation = Self.orientation(Array(file[segment].dropFirst(6))) ?? orientation
      case 0xe2 where file.has("ICC_PROFILE\0", at: segment.lowerBound),
        0xee where file.has("Adobe", at: segment.lowerBound),
        0xc0...0xcf, 0xdb, 0xdc, 0xdd:
        rest += file[(segment.lowerBound - 4)..<segment.upperBound]
      case 0xda:
        hasScan = true
        let end = endOfScan(in: file, from: at)
        rest += [0xff, 0xda]
        rest += file[(segment.lowerBound - 2)..<end]
        at = end
      case 0xe0...0xef, 0xfe: break
      default: return nil
      }
    }
    guard hasScan else { return nil }
    if orientation != 1 { header += upright(orientation) }
    // A file cut short shows what it has.
    return [0xff, 0xd8] + header + rest + [0xff, 0xd9]
  }

  /// Where the next marker stands: 0xff with other than 0 (a byte of the picture) or a restart behind it.
  private static func endOfScan(in file: [UInt8], from start: Int) -> Int {
    var at = start
    while let found = file[at...].firstIndex(of: 0xff), found + 1 < file.count {
      let next = file[found + 1]
      if next != 0, next != 0xff, !(0xd0...0xd7).contains(next) { return found }
      at = next == 0xff ? found + 1 : found + 2
    }
    return file.count
  }

  /// Tag 0x0112 of the first directory of a TIFF file.
  private static func orientation(_ tiff: [UInt8]) -> UInt8? {
    let isBig = tiff.has("MM\0*", at: 0)
    guard isBig || tiff.has("II*\0", at: 0) else { return nil }
    func number(_ size: Int, at offset: Int) -> Int? {
      isBig ? tiff.bigEndian(size, at: offset) : tiff.littleEndian(size, at: offset)
    }
    guard let directory = number(4, at: 4), let entries = number(2, at: directory) else { return nil }
    for entry in 0..<entries {
      let offset = directory + 2 + entry * 12
      guard let tag = number(2, at: offset) else { return nil }
      guard tag == 0x0112 else { continue }
      return number(2, at: offset + 8).flatMap { (1...8).contains($0) ? UInt8($0) : nil }
    }
    return nil
  }

  /// An Exif segment that says only that.
  private static func upright(_ orientation: UInt8) -> [UInt8] {
    [0xff, 0xe1, 0, 34] + Array("Exif\0\0MM\0*".utf8)
      + [0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
  }
}
