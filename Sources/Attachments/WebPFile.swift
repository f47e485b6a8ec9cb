/// WebP (RFC 9649): a RIFF file of chunks with a name, a length and data, padded to even lengths.
enum WebPFile {
  private static let kept: Set<String> = ["VP8 ", "VP8L", "VP8X", "ANIM", "ANMF", "ALPH", "ICCP"]

  /// Without the chunks EXIF and XMP and all others that don't show the picture.
  static func stripped(_ file: [UInt8]) -> [UInt8]? {
    guard file.has("RIFF", at: 0), file.has("WEBP", at: 8), let size = file.littleEndian(4, at: 4),
      let chunks = chunks(of: file, 12..<min(file.count, max(12, 8 + size)), isFrame: false), !chunks.isEmpty
    else { return nil }
    return Array("RIFF".utf8) + bytes(of: 4 + chunks.count) + Array("WEBP".utf8) + chunks
  }

  /// - Parameter isFrame: Of a moving picture; frames do not hold frames.
  private static func chunks(of file: [UInt8], _ range: Range<Int>, isFrame: Bool) -> [UInt8]? {
    var result: [UInt8] = []
    var at = range.lowerBound
    while at < range.upperBound {
      guard let length = file.littleEndian(4, at: at + 4), at + 8 + length <= range.upperBound else { return nil }
      let name = String(decoding: file[at..<at + 4], as: UTF8.self)
      let data = at + 8..<at + 8 + length
      at = data.upperBound + length % 2
      guard kept.contains(name) else { continue }
      var contents = Array(file[data])
      switch name {
      case "VP8X":
        guard length >= 10 else { return nil }
        // The flags that say Exif and XMP are there.
        contents[0] &= ~0x0c
      case "ANMF":
        guard !isFrame, length >= 16,
          let frame = chunks(of: file, (data.lowerBound + 16)..<data.upperBound, isFrame: true)
        else { return nil }
        contents = contents.prefix(16) + frame
      default: break
      }
      result += Array(name.utf8) + bytes(of: contents.count) + contents
      if contents.count % 2 == 1 { result.append(0) }
    }
    return result
  }

  private static func bytes(of number: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }
}
