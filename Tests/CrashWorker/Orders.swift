import SQLiteLog

/// What a worker of the crash tests is told on its command line, as pairs of a name and a value.
struct Orders: Sendable {
  /// In the transaction of which of its commits, and where in it, the process kills itself.
  struct Death: Sendable {
    let commit: Int
    let stage: SQLiteLog.CommitStage
  }

  enum Problem: Error {
    case missing(String)
    case unreadable(String)
  }

  let stage: String
  let member: String
  let log: String
  /// Where it leaves a byte for each of the things that befall it: see ``Interruption``.
  let marks: String
  let snapshots: String?
  let sessionTimeout: Duration
  let death: Death?
  /// Before which of its commits the process stops itself (SIGSTOP).
  let stopsBefore: Int?

  init(_ arguments: [String]) throws(Problem) {
    var values: [String: String] = [:]
    for index in stride(from: 0, to: arguments.count - 1, by: 2) { values[arguments[index]] = arguments[index + 1] }
    func required(_ name: String) throws(Problem) -> String {
      guard let value = values[name] else { throw .missing(name) }
      return value
    }
    stage = try required("stage")
    member = try required("member")
    log = try required("log")
    marks = try required("marks")
    snapshots = values["snapshots"]
    guard let milliseconds = Int(try required("session")) else { throw .unreadable("session") }
    sessionTimeout = .milliseconds(milliseconds)
    if let text = values["dies-at"] {
      let parts = text.split(separator: ":").map(String.init)
      guard parts.count == 2, let commit = Int(parts[0]), let stage = SQLiteLog.CommitStage(rawValue: parts[1]) else {
        throw .unreadable("dies-at")
      }
      death = Death(commit: commit, stage: stage)
    } else {
      death = nil
    }
    stopsBefore = values["stops-before"].flatMap(Int.init)
  }
}
