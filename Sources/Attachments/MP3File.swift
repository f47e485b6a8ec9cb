/// MPEG audio, layer III: frames, with tags before and behind them.
enum MP3File {
  private static let rates = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
  private static let lowRates = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
  private static let samplings = [44100, 48000, 32000]

  /// The frames alone: no ID3, APE or other tags, which may hold pictures and places.
  static func stripped(_ file: [UInt8]) -> [UInt8]? {
    var start = 0
    while file.has("ID3", at: start), let size = sizeOfTag(file, at: start) { start += size }
    while start < file.count, file[start] == 0 { start += 1 }
    var at = start
    while let size = frameSize(file, at: at), at + size <= file.count { at += size }
    return at > start ? Array(file[start..<at]) : nil
  }

  /// Of an ID3v2 tag with its header and footer.
  private static func sizeOfTag(_ file: [UInt8], at start: Int) -> Int? {
    guard start + 10 <= file.count else { return nil }
    let size = file[start + 6..<start + 10].reduce(0) { $0 << 7 | Int($1 & 0x7f) }
    return size + (file[start + 5] & 0x10 == 0 ? 10 : 20)
  }

  /// Of the frame that begins there, or nil if none does.
  static func frameSize(_ file: [UInt8], at start: Int) -> Int? {
    guard start >= 0, start + 4 <= file.count, file[start] == 0xff, file[start + 1] & 0xe6 == 0xe2 else { return nil }
    let version = file[start + 1] >> 3 & 3
    let (rate, sampling) = (Int(file[start + 2] >> 4), Int(file[start + 2] >> 2 & 3))
    guard version != 1, (1...14).contains(rate), sampling < 3 else { return nil }
    let isFirst = version == 3
    let hertz = samplings[sampling] / (isFirst ? 1 : version == 2 ? 2 : 4)
    let bits = (isFirst ? rates : lowRates)[rate - 1] * 1000
    return (isFirst ? 144 : 72) * bits / hertz + Int(file[start + 2] >> 1 & 1)
  }
}
