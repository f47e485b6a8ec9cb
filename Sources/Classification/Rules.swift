package import Cases

/// Classifies by words: those of a category found in an opinion speak for it, in the title more than in the text.
///
/// The same text always gets the same answer. Cost: one pass over the bytes.
package struct Rules: Sendable {
  /// One more with each change to words or weights.
  package static let version = "rules-1"

  /// What an opinion is about in which no word was found.
  package static let unknown = "其他"

  private let words: WordTrie

  package init() {
    words = WordTrie(Self.vocabulary.flatMap(\.words))
  }

  /// The first-level categories, in the order in which ties are broken.
  package static var categories: [String] { vocabulary.map(\.category) }

  package func classify(title: String?, text: String) -> Classification {
    var found = [Int](repeating: 0, count: words.count)
    // A word said ten times is not ten times as true; one in the title is.
    if let title { words.search(title) { found[$0] = Self.titleWeight } }
    var repeats = [Int](repeating: 0, count: words.count)
    words.search(text) { repeats[$0] = min(repeats[$0] + 1, Self.countedRepeats) }

    var scores: [(score: Int, reasons: [(word: String, score: Int)])] = []
    var first = 0
    for entry in Self.vocabulary {
      let reasons = entry.words.enumerated().compactMap { offset, word -> (word: String, score: Int)? in
        let times = found[first + offset] + repeats[first + offset]
        return times > 0 ? (word, times * entry.weight(at: offset)) : nil
      }
      first += entry.words.count
      scores.append((reasons.reduce(0) { $0 + $1.score }, reasons))
    }
    guard let best = scores.indices.max(by: { (scores[$0].score, $1) < (scores[$1].score, $0) }), scores[best].score > 0
    else { return Classification(category: Self.unknown, confidence: 0, why: [], version: Self.version) }
    let total = scores.reduce(0) { $0 + $1.score }
    let why = scores[best].reasons.enumerated()
      .sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
      .prefix(5).map(\.element.word)
    return Classification(
      category: Self.vocabulary[best].category,
      // One faint word alone convinces less than many: hence the doubt that is added to the sum.
      confidence: (Double(scores[best].score) / Double(total + Self.doubt) * 100).rounded() / 100,
      why: why, version: Self.version)
  }

  private static let titleWeight = 3
  private static let countedRepeats = 3
  private static let doubt = 4
}
