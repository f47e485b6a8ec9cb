/// AMR and AMR-WB speech (RFC 4867, 5): a line that says which, and frames.
enum AMRFile {
  /// Bytes behind a frame's first one, by the type in it.
  private static let narrow: [Int?] = [12, 13, 15, 17, 19, 20, 26, 31, 5, nil, nil, nil, nil, nil, nil, 0]
  private static let wide: [Int?] = [17, 23, 32, 36, 40, 46, 50, 58, 60, 5, nil, nil, nil, nil, 0, 0]

  /// The whole frames, up to the first that is none. The format has no place for anything else.
  static func stripped(_ file: [UInt8]) -> [UInt8]? {
    let (line, sizes) = file.has("#!AMR-WB\n", at: 0) ? ("#!AMR-WB\n", wide) : ("#!AMR\n", narrow)
    guard file.has(line, at: 0) else { return nil }
    let start = line.utf8.count
    var at = start
    while at < file.count, file[at] & 0x83 == 0, let size = sizes[Int(file[at] >> 3 & 15)], at + 1 + size <= file.count
    {
      at += 1 + size
    }
    return at > start ? Array(file[..<at]) : nil
  }
}
