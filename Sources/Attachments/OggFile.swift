/// Ogg (RFC 3533) with Opus or Vorbis sound: pages of up to 255 pieces, of which packets are made.
enum OggFile {
  /// A sound within the file, by its serial number.
  private struct Stream {
    var packet = 0
    /// The first bytes of the first packet.
    var head: [UInt8] = []
    /// Where each byte of the second packet, the one with the comments, stands in the file.
    var comments: [Int] = []
  }

  /// Bytes; a cover picture may be among them.
  private static let maximumComments = 1_000_000

  /// With blanks in place of every comment (title, artist, place, cover). Nil for a file of other than these sounds.
  static func stripped(_ file: [UInt8]) -> [UInt8]? {
    var streams: [Int: Stream] = [:]
    var pages: [Range<Int>] = []
    var at = 0
    while file.has("OggS\0", at: at), at + 27 <= file.count, let serial = file.littleEndian(4, at: at + 14) {
      let pieces = at + 27..<at + 27 + Int(file[at + 26])
      guard pieces.upperBound <= file.count else { break }
      var next = pieces.upperBound
      var stream = streams.removeValue(forKey: serial) ?? Stream()
      for piece in file[pieces] {
        let end = next + Int(piece)
        guard end <= file.count else { return nil }
        if stream.packet == 0, stream.head.count < 8 { stream.head += file[next..<end].prefix(8 - stream.head.count) }
        if stream.packet == 1 { stream.comments += next..<end }
        guard stream.comments.count <= maximumComments else { return nil }
        if piece < 255 { stream.packet += 1 }
        next = end
      }
      streams[serial] = stream
      pages.append(at..<next)
      at = next
    }
    guard !streams.isEmpty else { return nil }
    var result = Array(file[..<at])
    for stream in streams.values {
      guard stream.packet >= 2, blank(stream, in: &result) else { return nil }
    }
    for page in pages where !result[page].elementsEqual(file[page]) { seal(page, in: &result) }
    return result
  }

  private static func blank(_ stream: Stream, in file: inout [UInt8]) -> Bool {
    let places = stream.comments
    var packet = places.map { file[$0] }
    let start: Int
    if stream.head.elementsEqual("OpusHead".utf8), packet.has("OpusTags", at: 0) {
      start = 8
    } else if stream.head.starts(with: "\u{1}vorbis".utf8), packet.has("\u{3}vorbis", at: 0) {
      start = 7
    } else {
      return false
    }
    guard let vendor = packet.littleEndian(4, at: start), let count = packet.littleEndian(4, at: start + 4 + vendor)
    else { return false }
    var at = start + 8 + vendor
    for _ in 0..<count {
      guard let length = packet.littleEndian(4, at: at), at + 4 + length <= packet.count else { return false }
      // A comment is a name, an equals sign and a text.
      for (index, place) in (at + 4..<at + 4 + length).enumerated() {
        packet[place] = index == 1 ? UInt8(ascii: "=") : index == 0 ? UInt8(ascii: "X") : UInt8(ascii: " ")
      }
      at += 4 + length
    }
    // Opus allows anything behind; Vorbis has one bit there.
    if start == 8 { packet.erase(at..<packet.count) }
    for (place, byte) in zip(places, packet) { file[place] = byte }
    return true
  }

  /// Writes the page's checksum anew: CRC-32 with polynomial 0x04c11db7, the highest bit first, over the page with zeros
  /// in its place.
  private static func seal(_ page: Range<Int>, in file: inout [UInt8]) {
    let place = page.lowerBound + 22..<page.lowerBound + 26
    file.erase(place)
    let sum = file[page].reduce(UInt32(0)) { $0 << 8 ^ table[Int($0 >> 24 ^ UInt32($1))] }
    for (index, byte) in place.enumerated() { file[byte] = UInt8(truncatingIfNeeded: sum >> (index * 8)) }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index) << 24) { sum, _ in sum & 0x8000_0000 == 0 ? sum << 1 : sum << 1 ^ 0x04c1_1db7 }
  }
}
