/// PNG (ISO/IEC 15948): chunks of length, name, data and checksum.
enum PNGFile {
  static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  /// What shows the picture, still or moving, in its colours. Texts, Exif and times are not among it.
  private static let kept: Set<String> = [
    "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "bKGD", "pHYs", "acTL",
    "fcTL", "fdAT",
  ]

  static func stripped(_ file: [UInt8]) -> [UInt8]? {
    guard file.starts(with: signature), file.has("IHDR", at: 12) else { return nil }
    var result = signature
    result.reserveCapacity(file.count)
    var at = signature.count
    var hasData = false
    while let length = file.bigEndian(4, at: at), at + 12 + length <= file.count {
      let chunk = at..<at + 12 + length
      let name = String(decoding: file[at + 4..<at + 8], as: UTF8.self)
      if kept.contains(name) { result += file[chunk] }
      if name == "IDAT" { hasData = true }
      if name == "IEND" { return hasData ? result : nil }
      at = chunk.upperBound
    }
    return nil
  }
}
