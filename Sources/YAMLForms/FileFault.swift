/// What is wrong with an operator's file, and where.
package struct FileFault: Hashable, Sendable, CustomStringConvertible {
  package let file: String
  /// The first is 1; `nil` where no single line is to blame.
  package let line: Int?
  package let message: String

  package init(file: String, line: Int?, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  package var description: String { line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)" }
}

/// Why an operator's file can't be used: every fault, in order; at least one.
package struct InvalidFile: Error, Hashable, Sendable, CustomStringConvertible {
  package let faults: [FileFault]

  package init(_ faults: [FileFault]) {
    self.faults = faults
  }

  package var description: String { faults.map(\.description).joined(separator: "\n") }
}
