/// All that is wrong with a directory.
package struct InvalidDirectory: Error, Hashable, Sendable, CustomStringConvertible {
  package let faults: [Fault]

  package init(_ faults: [Fault]) {
    self.faults = faults
  }

  package struct Fault: Hashable, Sendable, CustomStringConvertible {
    package var file: String?
    /// The first is 1.
    package var line: Int?
    package var message: String

    package init(file: String? = nil, line: Int? = nil, message: String) {
      self.file = file
      self.line = line
      self.message = message
    }

    package var description: String {
      switch (file, line) {
      case (let file?, let line?): "\(file):\(line): \(message)"
      case (let file?, nil): "\(file): \(message)"
      case (nil, let line?): "line \(line): \(message)"
      case (nil, nil): message
      }
    }
  }

  /// A line for each fault.
  package var description: String { faults.map(\.description).joined(separator: "\n") }
}

extension Directory {
  /// What a fault is in: the nth of its list, counted from 0.
  package enum Entry: Hashable, Sendable {
    case whole
    case station(Int)
    case region(Int)
    case department(Int)
    case deputy(Int)
  }

  /// Where in the operator's files.
  package struct Source: Hashable, Sendable {
    package var file: String
    package var line: Int

    package init(file: String, line: Int) {
      self.file = file
      self.line = line
    }
  }
}
