/// What an operator decided: an opinion with all these words is of this category.
struct CategoryRule: Hashable, Sendable {
  /// Not empty.
  let words: [String]
  let category: String
  let topic: String?
}
