/// Why nothing could be trained or evaluated.
package struct TrainingError: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}
