import EventLog
import Foundation
import KafkaLog
import Logging
import SQLiteLog
import Streams
import Time
import TwoStages

/// One stage of the two, as a process of its own that can be killed at the worst moment.

let now: @Sendable () -> Instant = { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }

/// The only place that knows which home the log has: `sqlite:PATH` or `kafka:HOST:PORT/PREFIX`.
func openLog(_ orders: Orders, _ interruption: Interruption, _ logger: Logger) throws -> any EventLog {
  let parts = orders.log.split(separator: ":", maxSplits: 1).map(String.init)
  switch (parts.first, parts.last) {
  case ("sqlite", let path?):
    var settings = SQLiteLog.Settings(path: path, logger: logger, now: now)
    settings.atCommitStage = { interruption.reached($0.rawValue) }
    return InterruptedLog(try SQLiteLog(settings), interruption)
  case ("kafka", let place?):
    let halves = place.split(separator: "/").map(String.init)
    guard halves.count == 2 else { throw Orders.Problem.unreadable("log") }
    var settings = KafkaSettings(brokers: halves[0], prefix: halves[1], logger: logger)
    // So long may a worker that never comes back hold up those who read behind it.
    settings.transactionTimeout = .seconds(5)
    settings.atCommitStage = { interruption.reached($0.rawValue) }
    return InterruptedLog(try KafkaLog(settings), interruption)
  default: throw Orders.Problem.unreadable("log")
  }
}

func run<P: Processor>(_ processor: P, _ orders: Orders, until stop: StopSignal) throws {
  var logger = Logger(label: "crash-worker") { StreamLogHandler.standardError(label: $0) }
  logger.logLevel = .info
  var settings = WorkerSettings(member: orders.member)
  settings.sessionTimeout = orders.sessionTimeout
  // Small, so that there is many a commit to be killed in.
  settings.batch.records = 25
  settings.timersPerBatch = 10
  settings.snapshots = orders.snapshots
  settings.snapshotEvery = 100
  let log = try openLog(orders, Interruption(orders), logger)
  try Worker(processor, log: log, settings: settings, now: now, logger: logger).run(until: stop)
}

let stop = StopSignal()
signal(SIGTERM, SIG_IGN)
let terminated = DispatchSource.makeSignalSource(signal: SIGTERM, queue: .global())
terminated.setEventHandler { stop.set() }
terminated.activate()

do {
  let orders = try Orders(Array(CommandLine.arguments.dropFirst()))
  switch orders.stage {
  case "tally": try run(TallyProcessor(), orders, until: stop)
  case "ledger": try run(LedgerProcessor(), orders, until: stop)
  default: throw Orders.Problem.unreadable("stage")
  }
} catch {
  FileHandle.standardError.write(Data("crash-worker: \(error)\n".utf8))
  exit(1)
}
