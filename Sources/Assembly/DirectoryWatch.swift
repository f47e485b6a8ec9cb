import Cases
import EventLog
import Logging
import Metrics
import Streams
import Synchronization

/// Knows the directory in force, for those of a process who are no workers: what the topic `directory` says, and before it
/// says something whole, what the process was given.
final class DirectoryWatch: Sendable {
  private struct State {
    var directory: Directory
    var trouble: String?
  }

  private let log: any EventLog
  private let backOff: BackOff
  private let logger: Logger
  private let state: Mutex<State>
  private let rejected = Counter(
    label: "huiyin_broadcast_rejected", dimensions: [("worker", "gateway"), ("topic", Topics.directory)])

  /// - Parameter pause: blocks its thread for that long; called in steps of at most 100 milliseconds.
  init(
    given: Directory, log: any EventLog, pause: @escaping @Sendable (Duration) -> Void, logger: Logger
  ) {
    self.log = log
    self.logger = logger
    backOff = BackOff(pause: pause)
    state = Mutex(State(directory: given))
  }

  /// May be asked for on any thread.
  var current: Directory { state.withLock { $0.directory } }

  /// Blocks its thread, which must be one of its own, until `stop` gives true (asked at least each half second while the
  /// log answers). Whatever goes wrong with the log is waited out; what was in force stays so meanwhile.
  func run(until stop: () -> Bool) {
    backOff.repeating(until: stop) { getsOn throws(LogError) in
      try follow(until: stop, onProgress: getsOn)
    } onFailure: { error in
      report(error)
    }
  }

  private func follow(until stop: () -> Bool, onProgress: () -> Void) throws(LogError) {
    let reader = try log.openReader()
    defer { reader.close() }
    var reading = try BroadcastReading(Topics.directory, of: log, reader)
    while !stop() {
      if let broadcast = try reading.next(for: .milliseconds(500)) { take(broadcast) }
      state.withLock { $0.trouble = nil }
      onProgress()
    }
  }

  private func take(_ broadcast: Broadcast) {
    do throws(InvalidDirectory) {
      let directory = try Directory(records: broadcast.entries.values)
      state.withLock { $0.directory = directory }
      logger.info("goes by a directory", metadata: ["version": "\(directory.version)"])
    } catch {
      rejected.increment()
      logger.error(
        "can't go by a directory, the one before stays in force", metadata: ["reason": "\(error.description)"])
    }
  }

  private func report(_ trouble: LogError) {
    let isNews = state.withLock { state in
      defer { state.trouble = trouble.reason }
      return state.trouble != trouble.reason
    }
    guard isNews else { return }
    let metadata: Logger.Metadata = ["log": "\(log.address)", "reason": "\(trouble.reason)"]
    if trouble.code == .unknownTopic {
      logger.notice("waiting for a topic", metadata: metadata)
    } else {
      logger.error("cannot follow the directory: trying again", metadata: metadata)
    }
  }
}
