import EventLog
import Logging
import SQLiteLog
import Streams
import Testing
import Time
import TwoStages

/// A log in memory, a driven clock, and workers of ``ScriptProcessor`` that are stepped by hand.
final class Scene {
  static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  let clock: DrivenClock
  let inner: any EventLog
  private let home: SQLiteLog
  let log: FaultyLog
  let script = ScriptProcessor()
  private let publisher: any LogPublisher

  init(
    partitions: Int = 1, retention: Duration? = nil, outputSize: Int = 1 << 20, identity: String = "scene",
    tombstones: Duration = .seconds(7 * 86400)
  ) throws {
    let clock = DrivenClock(DrivenStart.instant)
    self.clock = clock
    var settings = SQLiteLog.Settings(path: ":memory:", logger: Self.quiet, now: { clock.now })
    settings.identity = { identity }
    home = try SQLiteLog(settings)
    inner = home
    log = FaultyLog(inner)
    _ = try inner.create([
      TopicSpecification(name: "in", partitions: partitions, cleanup: .delete(after: retention)),
      TopicSpecification(
        name: "out", partitions: partitions, cleanup: .delete(after: nil), maximumRecordSize: outputSize),
      TopicSpecification(
        name: "script-changelog", partitions: partitions, cleanup: .compact(tombstones: tombstones)),
      TopicSpecification(
        name: "dead-letters", partitions: partitions, cleanup: .delete(after: nil), maximumRecordSize: 2 << 20),
    ])
    publisher = try inner.openPublisher(as: "scene")
  }

  var start: Instant { DrivenStart.instant }

  @discardableResult
  func publish(
    _ key: String?, _ value: String?, headers: [Header] = [], partition: Int? = nil
  ) throws -> (partition: TopicPartition, offset: Offset) {
    let record = Record(key: key.map { Array($0.utf8) }, value: value.map { Array($0.utf8) }, headers: headers)
    return try publisher.publish([Output(to: "in", partition: partition, record)])[0]
  }

  func publish(_ outputs: [Output]) throws {
    _ = try publisher.publish(outputs)
  }

  /// Puts these rules into every partition, or only one.
  func publish(rules: String, partition: Int? = nil) throws {
    guard let topic = try inner.topics().first(where: { $0.name == "in" }) else { return }
    let envelope = CloudEvent(id: "rules", source: "scene", type: "", dataContentType: "text/plain")
    try publish(
      RulesRecord.outputs(Array(rules.utf8), as: envelope, to: topic).filter {
        partition == nil || $0.partition == partition
      })
  }

  func worker(
    _ member: String = "one", on log: (any EventLog)? = nil, _ change: (inout WorkerSettings) -> Void = { _ in }
  ) -> Worker<ScriptProcessor> {
    worker(script, member, on: log, change)
  }

  func worker<P: Processor>(
    _ processor: P, _ member: String = "one", on log: (any EventLog)? = nil,
    _ change: (inout WorkerSettings) -> Void = { _ in }
  ) -> Worker<P> {
    var settings = WorkerSettings(member: member)
    settings.backOff = .milliseconds(1) ... .milliseconds(8)
    change(&settings)
    let clock = clock
    return Worker(processor, log: log ?? self.log, settings: settings, now: { clock.now }, logger: Self.quiet)
  }

  /// Steps until there is nothing to do.
  func settle<P: Processor>(_ worker: Worker<P>) throws {
    for _ in 0..<10_000 where try !worker.step(wait: .zero) { return }
    Issue.record("the worker comes to no end")
  }

  /// A new worker does all that there is to do, and leaves.
  func settle() throws {
    let worker = worker()
    try settle(worker)
    worker.finish()
  }

  /// Deletes what retention no longer keeps.
  func maintain() throws {
    try home.maintain()
  }

  // MARK: What there is

  var contents: LogContents { LogContents(of: inner) }

  /// The values on `out`, those of one key or all, in order.
  func out(_ key: String? = nil) throws -> [String] {
    try contents.records(of: "out").filter { key == nil || $0.record.key == key.map { Array($0.utf8) } }
      .map { $0.record.value.map { String(decoding: $0, as: UTF8.self) } ?? "tombstone" }
  }

  func deadLetters() throws -> [DeadLetter] {
    try DeadLetter.all(in: inner)
  }

  /// Publishes what brings the only open dead letter back.
  func retry(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let open = try #require(try deadLetters().first { !$0.status.isSettled }, sourceLocation: sourceLocation)
    try publish(try #require(open.retrying(), sourceLocation: sourceLocation))
  }

  func state() throws -> [[UInt8]: [UInt8]] {
    try contents.folded("script-changelog")
  }
}
