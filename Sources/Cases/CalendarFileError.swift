/// What is wrong with an operator's calendar, and where.
package struct CalendarFileError: Error, Hashable, Sendable, CustomStringConvertible {
  package let file: String
  /// From 1; `nil` where no single line is to blame.
  package let line: Int?
  package let reason: String

  package var description: String {
    if let line { "\(file):\(line): \(reason)" } else { "\(file): \(reason)" }
  }
}
