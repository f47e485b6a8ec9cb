package import Cases
package import EventLog
package import Logging
import Streams
import Synchronization
package import Time

/// Keeps all codes in memory as the topic `codes` tells them, and says what a scanned one is.
package final class CodeFollower: CodeScanner {
  package struct Status: Hashable, Sendable {
    /// Has once read all that there was when it began: a code that is unknown now is nobody's.
    package var isReady: Bool
    package var codes: Int
    /// What it waits for, in one sentence; `nil` while it reads.
    package var trouble: String?

    package init(isReady: Bool = false, codes: Int = 0, trouble: String? = nil) {
      self.isReady = isReady
      self.codes = codes
      self.trouble = trouble
    }
  }

  private struct State {
    var book = CodeBook()
    var status = Status()
  }

  private let log: any EventLog
  private let keys: CodeKeys
  private let backOff: BackOff
  private let logger: Logger
  private let state = Mutex(State())

  /// - Parameter pause: blocks its thread for that long; called in steps of at most 100 milliseconds.
  package init(log: any EventLog, keys: CodeKeys, pause: @escaping @Sendable (Duration) -> Void, logger: Logger) {
    self.log = log
    self.keys = keys
    backOff = BackOff(pause: pause)
    self.logger = logger
  }

  /// May be called on any thread; waits for nothing but another scan, or for as long as a batch of codes takes to come in.
  package func scan(_ token: String, at time: Instant) -> Scan {
    let opened = keys.open(token)
    return state.withLock { $0.book.scan(opened, at: time) }
  }

  package var status: Status {
    state.withLock { state in
      var status = state.status
      status.codes = state.book.count
      return status
    }
  }

  /// Blocks its thread, which must be one of its own, until `stop` gives true (asked at least each half second while the
  /// log answers). Whatever goes wrong with the log is waited out, with growing pauses; then all is read anew, and
  /// meanwhile what was known before holds.
  package func run(until stop: () -> Bool) {
    backOff.repeating(until: stop) { getsOn throws(LogError) in
      try follow(until: stop, onProgress: getsOn)
    } onFailure: { error in
      report(error)
    }
  }

  private func follow(until stop: () -> Bool, onProgress: () -> Void) throws(LogError) {
    let reader = try log.openReader()
    defer { reader.close() }
    var positions: [TopicPartition: Offset] = [:]
    var goal: [TopicPartition: Offset] = [:]
    for partition in try CodeBook.partitions(of: log) {
      let bounds = try reader.bounds(of: partition)
      positions[partition] = bounds.lowerBound
      goal[partition] = bounds.upperBound
    }
    var fresh: CodeBook? = CodeBook()
    while !stop() {
      if let book = fresh, goal.allSatisfy({ positions[$0.key] ?? 0 >= $0.value }) {
        state.withLock { $0 = State(book: book, status: Status(isReady: true)) }
        fresh = nil
      }
      let chunk = try reader.read(from: positions, for: .milliseconds(500), limit: CodeBook.batchLimit)
      if fresh != nil {
        take(chunk.records) { record throws(Rejection) in try fresh?.apply(record) }
      } else if !chunk.records.isEmpty {
        state.withLock { state in
          take(chunk.records) { record throws(Rejection) in try state.book.apply(record) }
        }
      }
      positions.merge(chunk.positions) { $1 }
      onProgress()
    }
  }

  private func take(_ records: [StoredRecord], _ apply: (Record) throws(Rejection) -> Void) {
    for record in records {
      do throws(Rejection) {
        try apply(record.record)
      } catch {
        logger.error(
          "a code cannot be read",
          metadata: ["record": "\(record.partition)/\(record.offset)", "reason": "\(error.reason)"])
      }
    }
  }

  private func report(_ trouble: LogError) {
    let isNews = state.withLock { state in
      defer { state.status.trouble = trouble.reason }
      return state.status.trouble != trouble.reason
    }
    guard isNews else { return }
    let metadata: Logger.Metadata = ["log": "\(log.address)", "reason": "\(trouble.reason)"]
    if trouble.code == .unknownTopic {
      logger.notice("waiting for a topic", metadata: metadata)
    } else {
      logger.error("cannot follow the codes: trying again", metadata: metadata)
    }
  }
}
