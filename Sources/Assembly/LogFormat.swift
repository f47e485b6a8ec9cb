/// How the lines of a program's own log are written.
package enum LogFormat: String, CaseIterable, Sendable {
  /// For people.
  case text
  /// One JSON object a line, for what collects logs.
  case json
}
