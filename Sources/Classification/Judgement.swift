package import Cases

/// What the model makes of an opinion.
package struct Judgement: Hashable, Sendable {
  /// All categories of the model, the likeliest first.
  package let ranking: [Classification.Guess]
  /// There was nothing to read.
  package let isEmpty: Bool
  /// Most of it was of the kind that the model learned from.
  package let isFamiliar: Bool
  /// Familiar, and confident enough.
  package let isSure: Bool
  /// What weighed most for the first category against the second, five at most, the weightiest first.
  package let spans: [Classification.Span]
  /// The share of its features that the model knows, in thousandths.
  package let known: Int
  /// Before calibration, in the order of the model's categories.
  package let scores: [Double]
}
