/// Chance that can be had again: SplitMix64. The same seed and words give the same numbers on every machine, whatever
/// else was drawn before, so that leaving one action out leaves all others as they are.
struct Chance: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64, _ words: String...) {
    state = seed &* 0x9e37_79b9_7f4a_7c15 ^ 0xcbf2_9ce4_8422_2325
    for word in words {
      for byte in word.utf8 { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
      state = state &* 0x0000_0100_0000_01b3 ^ 0xff
    }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  /// Whether something happens that does so in that many of a thousand cases.
  mutating func happens(_ perMille: Int) -> Bool { Int.random(in: 0..<1000, using: &self) < perMille }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  mutating func one<Element>(of elements: [Element]) -> Element {
    precondition(!elements.isEmpty, "nothing to choose from")
    return elements[Int.random(in: elements.indices, using: &self)]
  }
}
