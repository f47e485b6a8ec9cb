/// What every home of the log must do: checks that any test framework can run.
package enum Conformance {
  package struct Check: Sendable, CustomStringConvertible {
    /// The promise, as a sentence.
    package let name: String
    /// A home that can't drive its clock, or can't be told to clean up, is let off what depends on it.
    package let needsClock: Bool
    package let needsMaintenance: Bool
    /// - Throws: ``Broken`` if the promise isn't kept, or the log's own error.
    package let run: @Sendable (any LogHome) throws -> Void

    init(
      _ name: String, needsClock: Bool = false, needsMaintenance: Bool = false,
      run: @escaping @Sendable (any LogHome) throws -> Void
    ) {
      self.name = name
      self.needsClock = needsClock
      self.needsMaintenance = needsMaintenance
      self.run = run
    }

    package var description: String { name }
  }

  package static let checks = records + transactions + groups + offsets + cleanup
}

/// A promise of the log that was not kept.
package struct Broken: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}

func expect(_ condition: Bool, _ promise: @autoclosure () -> String) throws {
  if !condition { throw Broken(promise()) }
}

func expect<Value: Equatable>(_ value: Value, is wanted: Value, _ what: @autoclosure () -> String) throws {
  if value != wanted { throw Broken("\(what()): \(String(describing: value)), not \(String(describing: wanted))") }
}
