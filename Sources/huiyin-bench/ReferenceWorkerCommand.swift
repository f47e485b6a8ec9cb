import ArgumentParser
import Dispatch
import EventLog
import Foundation
import KafkaLog
import Logging
import ReferenceJob
import Streams
import Synchronization

/// The plain job as a process of its own, to be run beside the same job written for other engines.
struct ReferenceWorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference-worker",
    abstract: "Runs a plain job on the real worker, exactly once, until SIGTERM.",
    discussion: """
      Reads IN_TOPIC (key: a case's id; value: JSON {id, seq, channel, title, text, time}) from its first record on,
      keeps {count, lastSeq, lastTime} of each key, writes {case, count, lastSeq, title, time} to OUT_TOPIC and the state
      to the compacted CHANGELOG_TOPIC, which has as many partitions as IN_TOPIC. All three topics must exist.

      From the environment: BROKERS, IN_TOPIC, OUT_TOPIC, CHANGELOG_TOPIC and GROUP; STATE_DIR, a folder for snapshots;
      BATCH, the most records of a transaction (1000); COMMIT_MS, how long a transaction may take before the next ones
      are made smaller (100), while one with little to do ends at once; MEMBER, unique among the processes of one GROUP
      (1); PREFETCH_MB, the most that is fetched ahead (16).

      A record that can't be read is counted, told of on the standard error, and left behind. One whose key Kafka's Java
      clients would have put into another partition is sent there first.
      """)

  func run() throws {
    LoggingSystem.bootstrap { label in
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = .warning
      return handler
    }
    let settings: ReferenceSettings
    do {
      settings = try ReferenceSettings(ProcessInfo.processInfo.environment)
    } catch {
      throw ValidationError(error.description)
    }
    let stop = StopSignal()
    let signals = [SIGTERM, SIGINT].map { Self.watch($0, stop) }
    defer { for signal in signals { signal.cancel() } }
    let logger = Logger(label: "reference-worker")
    var kafka = KafkaSettings(brokers: settings.brokers, logger: logger)
    kafka.prefetch = settings.prefetch
    let unreadable = Mutex(0)
    let processor = ReferenceProcessor(
      name: settings.group, input: settings.input, output: settings.output, changelog: settings.changelog
    ) { record, reason in
      // The first few in words, the others only in the sum.
      let count = unreadable.withLock { count in
        count += 1
        return count
      }
      if count <= 100 {
        logger.error("unreadable", metadata: ["record": "\(record.partition)/\(record.offset)", "reason": "\(reason)"])
      }
    }
    let worker = Worker(
      processor, log: try KafkaLog(kafka), settings: settings.worker, now: Clock.now, logger: logger)
    try worker.run(until: stop)
    let count = unreadable.withLock { $0 }
    if count > 0 { logger.error("records left behind", metadata: ["count": "\(count)"]) }
  }

  private static func watch(_ number: Int32, _ stop: StopSignal) -> any DispatchSourceSignal {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler { stop.set() }
    source.resume()
    return source
  }
}
