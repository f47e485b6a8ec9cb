/// The runs of one, two, three characters of a text, each known by the bucket that it is hashed into. Other texts may share
/// a bucket: there is no list of what was hashed, so no text can be read out of one.
struct Ngrams {
  /// Which part of an opinion: the same run in the title and in the text are two features.
  enum Part: UInt64 { case title, text }

  /// The longest run that counts.
  static func longest(in part: Part) -> Int { part == .title ? 3 : 2 }

  private let part: UInt64
  private let longest: Int
  private let shift: UInt64

  /// - Parameter bits: of a bucket's number, 1 … 32.
  init(_ part: Part, bits: Int) {
    self.part = part.rawValue << 62
    longest = Self.longest(in: part)
    shift = UInt64(64 - bits)
  }

  /// How many there are in a text of so many characters.
  func count(characters: Int) -> Int {
    (1...longest).reduce(0) { $0 + max(0, characters - $1 + 1) }
  }

  /// Calls `found` for each: shorter ones first at each place.
  @inline(__always)
  func forEach(
    in characters: UnsafeBufferPointer<UInt32>, _ found: (_ bucket: UInt32, _ start: Int, _ length: Int) -> Void
  ) {
    var start = 0
    while start < characters.count {
      // Each character takes 20 bits and a bit, so three of them and the part fill a word; runs of other lengths differ by
      // the leading characters, which are never 0.
      var key = UInt64(0)
      let end = min(start + longest, characters.count)
      var place = start
      while place < end {
        key = (key &<< 21) ^ UInt64(characters[place])
        place += 1
        found(bucket(key ^ part), start, place - start)
      }
      start += 1
    }
  }

  @inline(__always)
  private func bucket(_ key: UInt64) -> UInt32 {
    var hash = (key ^ 0x5851_F42D_4C95_7F2D) &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ (hash &>> 29)) &* 0xBF58_476D_1CE4_E5B9
    return UInt32(truncatingIfNeeded: hash &>> shift)
  }
}
