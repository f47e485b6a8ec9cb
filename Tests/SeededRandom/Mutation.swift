extension [UInt8] {
  /// The same with a few bytes changed, taken out, repeated, or put in, as a broken or hostile sender would.
  ///
  /// - Parameter words: which are put in too, since chance alone seldom writes one.
  package func mutated(by random: inout SeededGenerator, words: [[UInt8]] = []) -> [UInt8] {
    var bytes = self
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let end = Swift.min(bytes.count, place + Int.random(in: 0...8, using: &random))
      switch Int.random(in: 0..<7, using: &random) {
      case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1 where place < bytes.count: bytes[place] = [0, 0xff, 0x7f, 0x80].randomElement(using: &random) ?? 0
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 4: bytes = Array(bytes[..<place])
      case 5: bytes.insert(contentsOf: words.randomElement(using: &random) ?? [0x0d, 0x0a], at: place)
      default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
      }
    }
    return bytes
  }
}
