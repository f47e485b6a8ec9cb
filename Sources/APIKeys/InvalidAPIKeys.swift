/// All that is wrong with a file of keys.
package struct InvalidAPIKeys: Error, Hashable, Sendable, CustomStringConvertible {
  package struct Fault: Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// The first is 1.
    package var line: Int?
    package var message: String

    package var description: String { line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)" }
  }

  package let faults: [Fault]

  init(_ faults: [Fault]) {
    self.faults = faults
  }

  /// A line for each fault.
  package var description: String { faults.map(\.description).joined(separator: "\n") }
}
