/// A category of the first level, with the words that speak for it.
struct Category: Hashable, Sendable {
  /// A category of the second level.
  struct Topic: Hashable, Sendable {
    let name: String
    /// What belongs to it, as the tree calls it.
    let terms: [String]
  }

  let name: String
  /// Words that hardly stand for anything else.
  let clear: [String]
  /// Words that often speak for it.
  let good: [String]
  /// Words that sometimes do.
  let faint: [String]
  let topics: [Topic]
}
