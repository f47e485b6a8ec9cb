/// Why a file of categories can't be used: every fault, in order.
package struct InvalidCategories: Error, Hashable, Sendable, CustomStringConvertible {
  package struct Fault: Hashable, Sendable, CustomStringConvertible {
    package let file: String
    package let line: Int?
    package let message: String

    package var description: String { line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)" }
  }

  /// At least one.
  package let faults: [Fault]

  package init(_ faults: [Fault]) {
    self.faults = faults
  }

  package var description: String { faults.map(\.description).joined(separator: "\n") }
}
