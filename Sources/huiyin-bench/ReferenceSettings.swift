import EventLog
import Streams

/// What the reference worker takes from its environment.
struct ReferenceSettings {
  struct Invalid: Error {
    let description: String
  }

  let brokers: String
  let input: String
  let output: String
  let changelog: String
  let group: String
  /// In bytes.
  let prefetch: Int
  let worker: WorkerSettings

  init(_ environment: [String: String]) throws(Invalid) {
    func text(_ name: String) throws(Invalid) -> String {
      guard let value = environment[name], !value.isEmpty else { throw Invalid(description: "\(name) is not set") }
      return value
    }
    func number(_ name: String, or usual: Int) throws(Invalid) -> Int {
      guard let value = environment[name], !value.isEmpty else { return usual }
      guard let number = Int(value), (1...1_000_000_000).contains(number) else {
        throw Invalid(description: "\(name) is no number above 0")
      }
      return number
    }
    brokers = try text("BROKERS")
    input = try text("IN_TOPIC")
    output = try text("OUT_TOPIC")
    changelog = try text("CHANGELOG_TOPIC")
    group = try text("GROUP")
    prefetch = try number("PREFETCH_MB", or: 16) << 20
    let member = environment["MEMBER"].flatMap { $0.isEmpty ? nil : $0 } ?? "1"
    var worker = WorkerSettings(member: member)
    worker.batch = BatchLimit(records: try number("BATCH", or: 1000), bytes: 16 << 20)
    worker.batchTime = .milliseconds(try number("COMMIT_MS", or: 100))
    worker.snapshots = try text("STATE_DIR")
    // Seldom under load: a graceful stop writes one in any case.
    worker.snapshotEvery = 500_000
    self.worker = worker
  }
}
