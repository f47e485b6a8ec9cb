package import EventLog
package import Logging
package import SQLiteLog
package import Streams
import Synchronization
package import Time

/// The pipeline on a log in memory, under a clock that goes only as it is told: real processors in the real loop, one step
/// after the other, all on the thread of whoever drives it. So years run in seconds, and the same input gives the same
/// bytes.
package final class SteppedPipeline {
  /// A worker whose kind no longer matters.
  private struct Stage {
    let step: () throws(LogError) -> Bool
    let nextTimer: () throws(LogError) -> Instant?
    let finish: () -> Void

    init<P: Processor>(_ worker: Worker<P>) {
      step = { () throws(LogError) in try worker.step(wait: .zero) }
      nextTimer = { () throws(LogError) in try worker.nextTimer() }
      finish = worker.finish
    }
  }

  private final class Clock: Sendable {
    private let instant: Mutex<Instant>

    init(_ instant: Instant) {
      self.instant = Mutex(instant)
    }

    var now: Instant {
      get { instant.withLock { $0 } }
      set { instant.withLock { $0 = newValue } }
    }
  }

  package let log: SQLiteLog
  private let clock: Clock
  private let stages: [Stage]
  private let publisher: any LogPublisher

  /// - Parameter processors: in the order in which a record passes them.
  package init(
    _ processors: [any Processor], settings: Settings, at start: Instant, logger: Logger
  ) throws {
    let clock = Clock(start)
    self.clock = clock
    var logSettings = SQLiteLog.Settings(
      path: ":memory:", prefix: settings.topicPrefix, logger: logger, now: { clock.now })
    logSettings.identity = { "replay" }
    let log = try SQLiteLog(logSettings)
    self.log = log
    _ = try log.create(PipelineTopics.specifications(partitions: settings.partitions))
    func stage(_ processor: some Processor) -> Stage {
      var workerSettings = WorkerSettings(member: "replay-\(processor.name)")
      workerSettings.timerWait = settings.timerWait
      // The clock jumps by weeks; nobody here is ever silent for that long.
      workerSettings.sessionTimeout = .seconds(86_400 * 36_500)
      return Stage(Worker(processor, log: log, settings: workerSettings, now: { clock.now }, logger: logger))
    }
    stages = processors.map { stage($0) }
    publisher = try log.openPublisher(as: "replay")
  }

  package var now: Instant { clock.now }

  /// Lets all stages work until none of them has anything to do.
  package func settle() throws {
    while true {
      var isBusy = false
      for stage in stages where try stage.step() { isBusy = true }
      if !isBusy { return }
    }
  }

  /// The clock never goes back.
  package func advance(to time: Instant) {
    clock.now = max(clock.now, time)
  }

  /// When the first of all timers is due.
  package func nextTimer() throws -> Instant? {
    try stages.compactMap { try $0.nextTimer() }.min()
  }

  /// Lets time pass to that moment; each timer that is due until then runs through all stages before the next.
  package func play(until end: Instant) throws {
    while let due = try nextTimer(), due <= end {
      advance(to: due)
      try settle()
    }
    advance(to: end)
  }

  package func publish(_ outputs: [Output]) throws {
    _ = try publisher.publish(outputs)
  }

  /// Nothing can be done with it afterwards but read its log.
  package func finish() {
    for stage in stages { stage.finish() }
    publisher.close()
  }
}
