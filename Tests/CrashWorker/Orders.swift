/// What a worker of the crash tests is told on its command line, as pairs of a name and a value.
struct Orders: Sendable {
  /// At which of its commits the process strikes itself, and where in it: `4` is before the fourth, `4:written` at that
  /// stage of the log's transaction, and `4:written:500` 500 microseconds after it, if it still is in that commit then.
  struct Moment: Sendable {
    let commit: Int
    var stage: String?
    var microseconds = 0

    init?(_ text: String) {
      let parts = text.split(separator: ":").map(String.init)
      guard let commit = parts.first.flatMap(Int.init), parts.count <= 3 else { return nil }
      self.commit = commit
      if parts.count > 1 { stage = parts[1] }
      guard parts.count == 3 else { return }
      guard let microseconds = Int(parts[2]) else { return nil }
      self.microseconds = microseconds
    }
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
  /// When the process kills itself.
  let death: Moment?
  /// When it stops itself (SIGSTOP).
  let pause: Moment?

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
    func moment(_ name: String) throws(Problem) -> Moment? {
      guard let text = values[name] else { return nil }
      guard let moment = Moment(text) else { throw .unreadable(name) }
      return moment
    }
    death = try moment("dies-at")
    pause = try moment("stops-at")
  }
}
