/// The disk or the file is at fault. It never holds contents.
package struct SpoolFailure: Error, Hashable, Sendable, CustomStringConvertible {
  package let reason: String
  package var description: String { reason }
}
