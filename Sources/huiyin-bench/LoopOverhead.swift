import EventLog
import Foundation
import Logging
import Streams
import Time

/// A stateful processor over 1 kB records, exactly once, against the bare log copying the same records with the same
/// transactions: what the loop, the state and its changelog cost.
struct LoopOverhead {
  let records: Int
  let keys = 10_000
  let batch = BatchLimit(records: 1000, bytes: 4 << 20)
  let home: any BenchHome

  func run() throws -> [Figure] {
    let log = try home.open(partitions: 1, topics: ["in", "out", "copy"], changelogs: ["counting-changelog"])
    let value = [UInt8](repeating: UInt8(ascii: "x"), count: 1000)
    let publisher = try log.openPublisher(as: "bench")
    for start in stride(from: 0, to: records, by: 5000) {
      _ = try publisher.publish(
        (start..<min(records, start + 5000)).map { number in
          Output(to: "in", Record(key: Array("case-\(number % keys)".utf8), value: value))
        })
    }
    publisher.close()
    let bare = try Cost.of { try copyBare(log) }
    let loop = try Cost.of { try runLoop(log) }
    let bareRate = Double(records) / bare.cpu
    let loopRate = Double(records) / loop.cpu
    return [
      Figure(
        benchmark: "loop/\(home.name)", figure: "bare log copies", value: Double(records) / bare.wall, unit: "records/s"
      ),
      Figure(benchmark: "loop/\(home.name)", figure: "bare log per CPU second", value: bareRate, unit: "records"),
      Figure(
        benchmark: "loop/\(home.name)", figure: "stateful loop", value: Double(records) / loop.wall, unit: "records/s"),
      Figure(benchmark: "loop/\(home.name)", figure: "stateful loop per CPU second", value: loopRate, unit: "records"),
      Figure(
        benchmark: "loop/\(home.name)", figure: "loop : bare log, per CPU second", value: loopRate / bareRate, unit: "",
        aim: ">= 0.5"),
    ]
  }

  private func copyBare(_ log: any EventLog) throws {
    let member = try log.join(Membership(group: "bare", topics: ["in"], member: "bare"))
    defer { member.leave() }
    var copied = 0
    while copied < records {
      let polled = try member.poll(for: .seconds(1), limit: batch, paused: [])
      guard !polled.records.isEmpty else { continue }
      let outputs = polled.records.map { Output(to: "copy", $0.record) }
      let outcome = Outcome(outputs: outputs, positions: polled.positions, metadata: polled.metadata)
      if case .committed = try member.commit(outcome) { copied += outputs.count }
    }
  }

  private func runLoop(_ log: any EventLog) throws {
    var settings = WorkerSettings(member: "loop")
    settings.batch = batch
    let worker = Worker(
      CountingProcessor(), log: log, settings: settings, now: Clock.now, logger: Logger(label: "bench"))
    while worker.status.current.lag > 0 || worker.status.current.partitions == 0 { try worker.step(wait: .seconds(1)) }
    try worker.step(wait: .zero)
    worker.finish()
  }
}

/// Counts the records of each key and passes each on.
struct CountingProcessor: Processor {
  struct State: StoredState {
    var count: UInt64

    init(count: UInt64) { self.count = count }

    init(stored bytes: [UInt8]) throws {
      count = bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    func stored() -> [UInt8] {
      withUnsafeBytes(of: count.littleEndian) { Array($0) }
    }
  }

  let name = "counting"
  let inputs = ["in"]

  func decode(_ record: StoredRecord) throws(Rejection) -> Record { record.record }

  func process(_ input: Record, state: inout State?, at time: Instant) throws(Rejection) -> [Effect] {
    state = State(count: (state?.count ?? 0) + 1)
    return [.emit(to: "out", input)]
  }

  func punctuate(_ timer: Streams.Timer, state: inout State?, at time: Instant) -> [Effect] { [] }
}

enum Clock {
  static let now: @Sendable () -> Instant = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
