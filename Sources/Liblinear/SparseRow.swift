/// One example: the features that it has, each by its number and its value.
package struct SparseRow: Sendable {
  /// Rising, from 0 on, each once.
  package var features: [Int32]
  /// As many as `features`.
  package var values: [Float]

  package init(features: [Int32], values: [Float]) {
    self.features = features
    self.values = values
  }
}
