import Cases
import Classification
import EventLog
import Feedback
package import Logging
import Routing
import SQLiteLog
import Streams
import Synchronization
package import Time
import Tracking

/// Drives the whole pipeline by the records' own times: the real processors in the real loop, on a log in memory.
///
/// Each record, and each timer, runs through all stages before the next; timers due at or before a record's time come
/// before it. So years run in seconds, and the same input gives the same bytes.
package struct Replay {
  package var rules: Rulebook
  package var settings: Settings
  package var logger: Logger

  package init(rules: Rulebook, settings: Settings, logger: Logger) {
    self.rules = rules
    self.settings = settings
    self.logger = logger
  }

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

  /// - Parameters:
  ///   - until: goes on to that moment after the last record, so that what is due by then comes to pass.
  ///   - keepingLog: a path where no file is yet, to keep the log there.
  ///   - progress: told how many lines have been played.
  package func run(
    _ lines: [EventFile.Line], until: Instant? = nil, keepingLog: String? = nil, progress: (Int) -> Void = { _ in }
  ) throws -> CaseLedger {
    let ordered = lines.enumerated().map { (line: $0.element, time: $0.element.event.time?.instant, index: $0.offset) }
      .sorted { ($0.time ?? .distantPast, $0.index) < ($1.time ?? .distantPast, $1.index) }
    let clock = Mutex(ordered.first?.time ?? Instant(milliseconds: 0))
    let now: @Sendable () -> Instant = { clock.withLock { $0 } }
    var logSettings = SQLiteLog.Settings(path: ":memory:", prefix: settings.topicPrefix, logger: logger, now: now)
    logSettings.identity = { "replay" }
    let log = try SQLiteLog(logSettings)
    _ = try log.create(PipelineTopics.specifications(partitions: settings.partitions))
    let stages = stages(on: log, classifier: try rules.classifier(), now: now)
    let publisher = try log.openPublisher(as: "replay")

    func settle() throws {
      while true {
        var busy = false
        for stage in stages where try stage.step() { busy = true }
        if !busy { return }
      }
    }
    func play(until end: Instant) throws {
      while let due = try stages.compactMap({ try $0.nextTimer() }).min(), due <= end {
        clock.withLock { $0 = max($0, due) }
        try settle()
      }
      clock.withLock { $0 = max($0, end) }
    }

    try settle()
    for (count, next) in ordered.enumerated() {
      try play(until: next.time ?? now())
      let record = next.line.event.record(key: next.line.caseID.key)
      _ = try publisher.publish([Output(to: next.line.topic, record)])
      try settle()
      progress(count + 1)
    }
    if let until { try play(until: until) }
    for stage in stages { stage.finish() }
    publisher.close()
    if let keepingLog { try log.copy(to: keepingLog) }
    return try CaseLedger(reading: log)
  }

  private func stages(
    on log: SQLiteLog, classifier: Classifier, now: @escaping @Sendable () -> Instant
  ) -> [Stage] {
    func stage(_ processor: some Processor) -> Stage {
      var workerSettings = WorkerSettings(member: "replay-\(processor.name)")
      workerSettings.timerWait = settings.timerWait
      // The clock jumps by weeks; nobody here is ever silent for that long.
      workerSettings.sessionTimeout = .seconds(86_400 * 36_500)
      return Stage(Worker(processor, log: log, settings: workerSettings, now: now, logger: logger))
    }
    return [
      stage(ClassifyProcessor(classifier: classifier, reader: rules.reader)),
      stage(RouteProcessor(directory: rules.directory)),
      stage(TrackProcessor(calendar: rules.calendar, policy: rules.policy, orphanWait: settings.orphanWait)),
      stage(RelayProcessor()),
      stage(QuotaProcessor()),
      stage(FeedbackProcessor(rules: rules.feedback)),
    ]
  }
}
