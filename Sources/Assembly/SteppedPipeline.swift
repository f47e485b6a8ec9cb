import Cases
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
    let inputs: [String]
    /// Topics that it writes to; `nil` where that isn't known.
    let outputs: [String]?
    let step: () throws(LogError) -> Bool
    let nextTimer: () throws(LogError) -> Instant?
    let finish: () -> Void

    init<P: Processor>(_ processor: P, _ worker: Worker<P>) {
      inputs = processor.inputs + processor.broadcasts
      outputs = SteppedPipeline.outputs[processor.name]
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
  /// Which of them may have something to do.
  private var isAwake: [Bool]
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
      return Stage(
        processor, Worker(processor, log: log, settings: workerSettings, now: { clock.now }, logger: logger))
    }
    stages = processors.map { stage($0) }
    isAwake = processors.map { _ in true }
    publisher = try log.openPublisher(as: "replay")
  }

  package var now: Instant { clock.now }

  /// Whoever doesn't write to what a stage reads needn't wake it; who isn't listed wakes all.
  private static let outputs: [String: [String]] = [
    "classify": [Topics.classifications, Topics.citizens], "route": [Topics.commands],
    "track": [Topics.cases, Topics.citizens], "relay": [Topics.commands, Topics.quotas],
    "quota": [Topics.commands], "feedback": [Topics.feedback, Topics.commands],
  ]

  /// Lets all stages work until none of them has anything to do.
  package func settle() throws {
    while isAwake.contains(true) {
      for index in stages.indices where isAwake[index] {
        isAwake[index] = try stages[index].step()
        guard isAwake[index] else { continue }
        wake { stage in stages[index].outputs.map { stage.inputs.contains(where: $0.contains) } ?? true }
      }
    }
  }

  private func wake(_ isConcerned: (Stage) -> Bool) {
    for index in stages.indices where isConcerned(stages[index]) { isAwake[index] = true }
  }

  /// The clock never goes back.
  package func advance(to time: Instant) throws {
    clock.now = max(clock.now, time)
    for index in stages.indices {
      if let due = try stages[index].nextTimer(), due <= time { isAwake[index] = true }
    }
  }

  /// When the first of all timers is due.
  package func nextTimer() throws -> Instant? {
    try stages.compactMap { try $0.nextTimer() }.min()
  }

  /// Lets time pass to that moment; each timer that is due until then runs through all stages before the next.
  package func play(until end: Instant) throws {
    while let due = try nextTimer(), due <= end {
      try advance(to: due)
      try settle()
    }
    try advance(to: end)
  }

  package func publish(_ outputs: [Output]) throws {
    _ = try publisher.publish(outputs)
    wake { stage in outputs.contains { stage.inputs.contains($0.topic) } }
  }

  /// Nothing can be done with it afterwards but read its log.
  package func finish() {
    for stage in stages { stage.finish() }
    publisher.close()
  }
}
