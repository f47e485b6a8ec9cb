package import EventLog
import Foundation
package import Logging
package import Metrics
package import Time

/// An outbox that keeps everything in a file of its own first, many puts in one transaction, and publishes it from there
/// in order: so it doesn't matter to those who put whether the log is there.
///
/// The file is this outbox's alone. What was put and not yet published when the process ends is published by the next
/// process on the same file. Each record is published once, also where the process was killed in between: see ``Line``.
package final class SpoolingOutbox: Outbox {
  /// Where a transaction on the spool stands.
  package enum CommitStage: String, Sendable, CaseIterable {
    case began
    /// All is written, nothing committed.
    case written
    case committed
  }

  package struct Settings: Sendable {
    /// Of the file, made if it is missing; `:memory:` for one that ends with the outbox.
    package var path: String
    /// Of the publisher: stable over restarts, unlike that of any other outbox on the log.
    package var name: String
    /// The largest record, in bytes of key, value and headers, that a topic takes.
    package var limits: [String: Int]
    /// The largest record for topics that ``limits`` doesn't name.
    package var limit = 1_048_576
    /// How many bytes may wait for the log; beyond that nothing is taken.
    package var capacity = 1 << 30
    /// The file is a copy, and the log may have got further since it was made: what it holds is looked for in whole topics
    /// where it doesn't say from where on.
    package var isCopy = false
    /// How long those who put wait at most.
    package var patience = Duration.seconds(2)
    /// Called within every transaction, on the thread that commits. For tests that kill the process, or stop the disk.
    package var atCommitStage: (@Sendable (CommitStage) -> Void)?
    /// The file's largest size in pages, to let tests fill a disk.
    package var maximumPages: Int?

    package init(path: String, name: String, limits: [String: Int] = [:]) {
      self.path = path
      self.name = name
      self.limits = limits
    }
  }

  /// For so long it is known what came under a key.
  package static let keyRetention = Spool.keyRetention

  private let settings: Settings
  private let clock: @Sendable () -> Instant
  private let wait: @Sendable (Duration) async -> Void
  private let committer: Committer
  private let forwarder: Forwarder

  /// Opens the file, and begins to publish what is in it.
  ///
  /// - Parameters:
  ///   - wait: sleeps without blocking a thread, or until the task is cancelled.
  ///   - pause: blocks the thread that publishes, between attempts while the log has trouble: for 50 ms, then twice as
  ///     long each time, up to 2 s.
  package init(
    _ settings: Settings, log: any EventLog, clock: @escaping @Sendable () -> Instant,
    wait: @escaping @Sendable (Duration) async -> Void, pause: @escaping @Sendable (Duration) -> Void, logger: Logger,
    metrics factory: any MetricsFactory = MetricsSystem.factory
  ) throws(SpoolFailure) {
    self.settings = settings
    self.clock = clock
    self.wait = wait
    let spool = try Spool(settings)
    let metrics = OutboxMetrics(factory, capacity: settings.capacity)
    let bell = Bell()
    let committer = try Committer(
      spool, capacity: settings.capacity, clock: clock, metrics: metrics, onStored: { bell.ring() })
    let forwarder = Forwarder(committer, bell: bell, clock: clock, pause: pause)
    self.committer = committer
    self.forwarder = forwarder
    Self.start("outbox-commit") { committer.run() }
    Self.start("outbox-forward") {
      forwarder.run {
        Line(
          settings.name, to: log, from: spool, committer, isCopy: settings.isCopy, clock: clock, metrics: metrics,
          logger: logger)
      }
    }
    bell.ring()
  }

  deinit {
    forwarder.finish(by: .distantPast)
  }

  private static func start(_ name: String, _ run: @escaping @Sendable () -> Void) {
    let thread = Thread { run() }
    thread.name = name
    thread.start()
  }

  // MARK: Putting

  package func put(_ outputs: [Output]) async -> OutboxResult {
    switch await put(outputs, under: nil) {
    case .durable, .repeated: .durable
    case .tooLarge: .tooLarge
    case .conflicting, .unavailable: .unavailable
    }
  }

  /// Puts the outputs unless something has been put under the key within ``keyRetention``. The key is remembered in the
  /// transaction in which they become durable.
  package func put(_ outputs: [Output], under key: OutboxKey?) async -> KeyedResult {
    for output in outputs where output.record.size > settings.limits[output.topic] ?? settings.limit {
      return .tooLarge
    }
    if outputs.isEmpty { return .durable }
    let arrived = clock()
    let addition = Spool.Addition(
      outputs: outputs, form: OutputCoding.encode(outputs), received: arrived, key: key)
    return await withCheckedContinuation { continuation in
      let ticket = Ticket(addition, deadline: arrived + settings.patience, continuation)
      switch committer.take(ticket) {
      case nil: ticket.answer(.unavailable)
      case true?: watch()
      case false?: break
      }
    }
  }

  /// Sees to it that nobody waits longer than they may, for as long as anyone waits.
  private func watch() {
    Task { [committer, clock, wait] in
      repeat { await wait(.milliseconds(250)) } while committer.expire(at: clock())
    }
  }

  // MARK: Its state

  /// Entries that are not yet in the log.
  package var waiting: Int { committer.contents.entries }

  /// Why nothing can be put just now; `nil` while it can, be the log there or not.
  package func notReady(at now: Instant) -> String? {
    committer.trouble(at: now).map { "outbox: " + $0 }
  }

  /// Takes nothing more, publishes what it can within the bound, and returns when its threads have ended; a call to the
  /// log that takes longer is not waited for.
  package func close(within bound: Duration) async {
    committer.close()
    forwarder.finish(by: clock() + bound)
    let end = Task { [committer, wait] in
      await wait(bound + .seconds(1))
      committer.giveUpWaiting()
    }
    await committer.ended()
    end.cancel()
  }
}
