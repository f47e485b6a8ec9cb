/// GIF 87a and 89a.
enum GIFFile {
  /// Without comments, texts, and applications' own blocks but the one that says how often a moving picture repeats.
  static func stripped(_ file: [UInt8]) -> [UInt8]? {
    guard file.has("GIF8", at: 0), file.count >= 13 else { return nil }
    var at = 13 + colours(file[10])
    guard at <= file.count else { return nil }
    var result = Array(file[..<at])
    var hasPicture = false
    while at < file.count {
      let start = at
      switch file[at] {
      case 0x3b: return hasPicture ? result + [0x3b] : nil
      case 0x2c:
        guard at + 10 < file.count, let end = endOfBlocks(in: file, from: at + 11 + colours(file[at + 9])) else {
          return nil
        }
        hasPicture = true
        result += file[start..<end]
        at = end
      case 0x21:
        guard let end = endOfBlocks(in: file, from: at + 2) else { return nil }
        let repeats =
          file[at + 1] == 0xff && (file.has("NETSCAPE2.0", at: at + 3) || file.has("ANIMEXTS1.0", at: at + 3))
        if file[at + 1] == 0xf9 || repeats { result += file[start..<end] }
        at = end
      default: return nil
      }
    }
    return nil
  }

  /// Bytes of the colour table that these flags announce.
  private static func colours(_ flags: UInt8) -> Int { flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1) }

  /// Behind a row of blocks, each with its length before it, and the empty one that ends it.
  private static func endOfBlocks(in file: [UInt8], from start: Int) -> Int? {
    var at = start
    while at < file.count {
      if file[at] == 0 { return at + 1 }
      at += 1 + Int(file[at])
    }
    return nil
  }
}
