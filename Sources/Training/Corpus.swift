package import Classification

/// Labelled opinions as the trainer sees them: what occurs in each, and which class it is of.
package struct Corpus: Sendable {
  /// In order of name.
  package let categories: [String]
  /// For each opinion its category's place.
  package let labels: [Int]
  package let features: [Features]
  /// Opinions with the same text have the same number, so that no text is learned from and tested on at once.
  let groups: [Int]
  /// Of a bucket's number.
  package let bits: Int

  /// A model can't learn from fewer: each of the folds needs one of each category.
  package static let leastOfCategory = 10

  /// - Throws: ``TrainingError`` where there are fewer than two categories or more than 15, or too few opinions of one.
  package init(_ opinions: [LabelledOpinion], bits: Int = Trainer.bits) throws(TrainingError) {
    let categories = Set(opinions.map(\.category)).sorted()
    guard (2...15).contains(categories.count) else {
      throw TrainingError("the opinions have \(categories.count) categories, must have 2 to 15")
    }
    let numbers = Dictionary(uniqueKeysWithValues: categories.enumerated().map { ($1, $0) })
    labels = opinions.compactMap { numbers[$0.category] }
    for (index, name) in categories.enumerated() {
      let count = labels.count { $0 == index }
      guard count >= Self.leastOfCategory else {
        throw TrainingError("category \(name) has \(count) opinions, must have \(Self.leastOfCategory)")
      }
    }
    self.categories = categories
    self.bits = bits
    features = opinions.map { Features(title: $0.title, text: $0.text, bits: bits) }
    var known: [String: Int] = [:]
    groups = opinions.map { opinion in
      let letters = String(opinion.text.filter { $0.isLetter || $0.isNumber })
      let number = known[letters] ?? known.count
      known[letters] = number
      return number
    }
  }

  /// Deals the opinions into as many folds, of each category alike, by a fixed seed.
  package func folds(_ count: Int = 5, seed: UInt64 = 7) -> [Int] {
    var generator = Dice(seed: seed)
    var foldOfGroup: [Int: Int] = [:]
    for category in categories.indices {
      var next = 0
      for index in labels.indices.filter({ labels[$0] == category }).shuffled(using: &generator)
      where foldOfGroup[groups[index]] == nil {
        foldOfGroup[groups[index]] = next % count
        next += 1
      }
    }
    return groups.map { foldOfGroup[$0] ?? 0 }
  }

  /// SplitMix64: the same numbers from the same seed, everywhere.
  private struct Dice: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return word ^ (word >> 31)
    }
  }
}
