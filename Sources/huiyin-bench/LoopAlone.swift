import EventLog
import Foundation
import Logging
import Streams
import Synchronization
import Time

/// The loop over a log that costs nothing: what is left is what Streams itself costs for a record and for a timer.
struct LoopAlone {
  let records: Int
  let timers: Int
  let keys = 10_000

  func run() throws -> [Figure] {
    let batch = BatchLimit(records: 1000, bytes: 4 << 20)
    let value = [UInt8](repeating: UInt8(ascii: "x"), count: 1000)
    let copying = try worker(
      CountingProcessor(), count: records, keys: keys, value: value, batch: batch, now: Clock.now)
    let loop = try Cost.of {
      repeat { try copying.step(wait: .zero) } while copying.status.current.lag > 0
    }
    let clock = Mutex(Clock.now())
    let due = clock.withLock { $0 } + .seconds(86_400)
    let waiting = try worker(
      WaitingProcessor(due: due), count: timers, keys: timers, value: [],
      batch: BatchLimit(records: 10_000, bytes: 16 << 20), now: { clock.withLock { $0 } })
    let set = try Cost.of {
      repeat { try waiting.step(wait: .zero) } while waiting.status.current.timersPending < timers
    }
    clock.withLock { $0 = due + .seconds(1) }
    let fire = try Cost.of {
      repeat { try waiting.step(wait: .zero) } while waiting.status.current.timersPending > 0
    }
    func figure(_ what: String, _ value: Double, _ unit: String, _ aim: String? = nil) -> Figure {
      Figure(benchmark: "loop/alone", figure: what, value: value, unit: unit, aim: aim)
    }
    return [
      figure("processor time for a record of 1 kB", loop.cpu / Double(records) * 1e6, "µs"),
      figure("processor time to set a timer", set.cpu / Double(timers) * 1e6, "µs"),
      figure("timers fired per CPU second", Double(timers) / fire.cpu, "", ">= 400000"),
    ]
  }

  private func worker<P: Processor>(
    _ processor: P, count: Int, keys: Int, value: [UInt8], batch: BatchLimit, now: @escaping @Sendable () -> Instant
  ) throws -> Worker<P> {
    let input = processor.inputs[0]
    let records = (0..<count).map { number in
      StoredRecord(
        partition: TopicPartition(input, 0), offset: Offset(number), timestamp: now(),
        record: Record(key: Array("case-\(number % keys)".utf8), value: value))
    }
    let specifications = [input, "out", processor.changelog].map {
      TopicSpecification(name: $0, partitions: 1, cleanup: .delete(after: nil), maximumRecordSize: 2 << 20)
    }
    var settings = WorkerSettings(member: "loop")
    settings.batch = batch
    settings.timersPerBatch = 10_000
    settings.sessionTimeout = .seconds(864_000)
    return Worker(
      processor, log: WeightlessLog(specifications, input: input, records: records), settings: settings, now: now,
      logger: Logger(label: "bench"))
  }
}
