import EventLog
import SQLiteLog
import Streams
import Testing
import Time
import TwoStages

/// The two chained stages at work on a few keys, turn by turn on one thread, over a log that fails as it is told.
///
/// Each turn is a whole life of a worker: it joins, restores, works until nothing is left to do, and leaves.
struct TwoStageRun {
  /// What there is in the end.
  struct Result: Equatable {
    var tallies: [String: [String?]]
    var pages: [String: [String?]]
    var states: [String: [[UInt8]: [UInt8]]]
    var deadLetters: Int
    var committed: [TopicPartition: Offset]
  }

  static let keys = 3
  static let deedsPerKey = 4
  static let echoesPerKey = 2
  private static let partitions = 2

  private let clock = DrivenClock(DrivenStart.instant)
  private let snapshots: TemporaryFolder?
  let log: FaultyLog

  /// - Parameter open: makes an empty log by the clock that it is given.
  init(
    snapshots: Bool = false, on open: (DrivenClock) throws -> any EventLog = Self.inMemory,
    plan: @escaping FaultyLog.Plan
  ) throws {
    self.snapshots = snapshots ? try TemporaryFolder() : nil
    let inner = try open(clock)
    _ = try inner.create(TwoStages.topics(partitions: Self.partitions))
    log = FaultyLog(inner)
    log.plan(plan)
  }

  static func inMemory(_ clock: DrivenClock) throws -> any EventLog {
    try SQLiteLog(SQLiteLog.Settings(path: ":memory:", logger: Scene.quiet, now: { clock.now }))
  }

  func result() throws -> Result {
    try publish(deeds: 1...2)
    try turns()
    clock.advance(by: .milliseconds(1500))
    try publish(deeds: 3...3)
    try turns()
    clock.advance(by: .seconds(10))
    try publish(deeds: 4...4)
    try turns()
    return try look()
  }

  private func publish(deeds numbers: ClosedRange<Int>) throws {
    let publisher = try log.openPublisher(as: "run")
    defer { publisher.close() }
    var outputs: [Output] = []
    for number in numbers {
      for key in 0..<Self.keys {
        // The echoes of 1 are due when 3 comes, one after the other; those of 3 when 4 comes, all at the same moment.
        let due = DrivenStart.instant + .milliseconds(number == 1 ? 1000 - key * 10 : 3000)
        let echo = number % 2 == 1 ? due : nil
        let total = number == Self.deedsPerKey ? Self.deedsPerKey + Self.echoesPerKey : nil
        outputs.append(Deed(number: number, echoAt: echo, total: total).output(key: "key-\(key)"))
      }
    }
    _ = try publisher.publish(outputs)
  }

  private func turns() throws {
    try turn(TallyProcessor())
    try turn(LedgerProcessor())
  }

  private func turn<P: Processor>(_ processor: P) throws {
    var settings = WorkerSettings(member: "\(processor.name)-one")
    settings.idleWait = .zero
    settings.batch.records = 3
    settings.timersPerBatch = 1
    settings.restoreChunk.records = 2
    settings.backOff = .zero ... .zero
    settings.snapshots = snapshots?.path
    settings.snapshotEvery = 1
    let clock = clock
    let worker = Worker(processor, log: log, settings: settings, now: { clock.now }, logger: Scene.quiet)
    let stop = StopSignal()
    log.stopWhenIdle(stop)
    try worker.run(until: stop)
  }

  private func look() throws -> Result {
    log.plan { _, _ in nil }
    let contents = LogContents(of: log)
    var states: [String: [[UInt8]: [UInt8]]] = [:]
    for changelog in TwoStages.changelogs { states[changelog] = try contents.folded(changelog) }
    let reader = try log.openReader()
    defer { reader.close() }
    let committed = try ["tally", "ledger"].map { try reader.committedOffsets(of: $0) }
    return Result(
      tallies: try contents.valuesByKey(of: TwoStages.tallies), pages: try contents.valuesByKey(of: TwoStages.pages),
      states: states, deadLetters: try contents.count(of: "dead-letters"),
      committed: committed[0].merging(committed[1]) { first, _ in first })
  }
}
