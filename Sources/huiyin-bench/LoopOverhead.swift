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
  let home: any BenchHome

  func run() throws -> [Figure] {
    let log = try home.open(partitions: 1, topics: ["in", "out", "copy"], changelogs: ["counting-changelog"])
    try BareCopy.publish(records, keys: keys, to: "in", in: log)
    let bare = try Cost.of { try BareCopy(log: log, from: "in", to: "copy").run(records: records) }
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

  private func runLoop(_ log: any EventLog) throws {
    var settings = WorkerSettings(member: "loop")
    settings.batch = BareCopy.batch
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
