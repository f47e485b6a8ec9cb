import EventLog
import Foundation
import Logging
import Streams
import Synchronization
import Time

/// A million pending timers with state: memory per case, time to restore from the changelog and from the snapshot, timers
/// fired per second.
struct TimersBench {
  let cases: Int
  let home: any BenchHome

  func run() throws -> [Figure] {
    let log = try home.open(partitions: 1, topics: ["in", "out"], changelogs: ["waiting-changelog"])
    let clock = Mutex(Clock.now())
    let now: @Sendable () -> Instant = { clock.withLock { $0 } }
    let due = now() + .seconds(86_400)
    try publish(log)

    let before = ProcessFacts.residentMemory()
    var worker: Worker<WaitingProcessor>? = makeWorker(log, due, now)
    let load = try Cost.of { try drive(worker!) { $0.lag == 0 && $0.timersPending == cases } }
    let bytes = Double(ProcessFacts.residentMemory() - before) / Double(cases)
    worker?.finish()
    worker = nil

    var restored: Worker<WaitingProcessor>? = makeWorker(log, due, now)
    let snapshot = try Cost.of { try drive(restored!) { $0.timersPending == cases && $0.phase == .running } }
    restored = nil
    try FileManager.default.removeItem(atPath: home.snapshots)
    let last = makeWorker(log, due, now)
    let changelog = try Cost.of { try drive(last) { $0.timersPending == cases && $0.phase == .running } }

    clock.withLock { $0 = due + .seconds(1) }
    let fire = try Cost.of { try drive(last) { $0.timersPending == 0 } }
    last.finish()
    func figure(_ what: String, _ value: Double, _ unit: String, _ aim: String? = nil) -> Figure {
      Figure(benchmark: "timers/\(home.name)", figure: what, value: value, unit: unit, aim: aim)
    }
    return [
      figure("cases with a timer set", Double(cases) / load.wall, "cases/s"),
      figure("memory", bytes, "bytes/case", "<= 200 for 200 MB"),
      figure("restore from snapshot", snapshot.wall, "s", "<= 0.5"),
      figure("restore from changelog", changelog.wall, "s"),
      figure("snapshot : changelog", snapshot.wall / changelog.wall, ""),
      figure("timers fired", Double(cases) / fire.wall, "/s", ">= 400000 on Kafka"),
    ]
  }

  private func publish(_ log: any EventLog) throws {
    let publisher = try log.openPublisher(as: "bench")
    defer { publisher.close() }
    for start in stride(from: 0, to: cases, by: 20_000) {
      _ = try publisher.publish(
        (start..<min(cases, start + 20_000)).map { Output(to: "in", Record(key: Array("case-\($0)".utf8), value: [])) })
    }
  }

  private func makeWorker(
    _ log: any EventLog, _ due: Instant, _ now: @escaping @Sendable () -> Instant
  ) -> Worker<WaitingProcessor> {
    var settings = WorkerSettings(member: "waiting")
    settings.batch = BatchLimit(records: 10_000, bytes: 16 << 20)
    settings.timersPerBatch = 10_000
    settings.snapshots = home.snapshots
    settings.sessionTimeout = home.sessionTimeout
    return Worker(
      WaitingProcessor(due: due), log: log, settings: settings, now: now, logger: Logger(label: "bench"))
  }

  private func drive(_ worker: Worker<WaitingProcessor>, until done: (WorkerStatus.Report) -> Bool) throws {
    repeat { try worker.step(wait: .zero) } while !done(worker.status.current)
  }
}

/// Every key waits for one timer.
struct WaitingProcessor: Processor {
  typealias State = CountingProcessor.State

  let due: Instant
  let name = "waiting"
  let inputs = ["in"]

  func decode(_ record: StoredRecord) throws(Rejection) -> Record { record.record }

  func process(_ input: Record, state: inout State?, at time: Instant) throws(Rejection) -> [Effect] {
    state = State(count: 1)
    return [.schedule("due", generation: 1, at: due)]
  }

  func punctuate(_ timer: Streams.Timer, state: inout State?, at time: Instant) -> [Effect] {
    state = nil
    return [.emit(to: "out", Record(key: timer.key, value: []))]
  }
}
