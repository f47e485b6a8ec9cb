import Cases
import Classification
import EventLog
import Feedback
package import Logging
import Routing
import SQLiteLog
package import Streams
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

  /// - Parameters:
  ///   - until: goes on to that moment after the last record, so that what is due by then comes to pass.
  ///   - keepingLog: a path where no file is yet, to keep the log there.
  ///   - progress: told how many lines have been played.
  package func run(
    _ lines: [EventFile.Line], until: Instant? = nil, keepingLog: String? = nil, progress: (Int) -> Void = { _ in }
  ) throws -> CaseLedger {
    let ordered = lines.enumerated().map { (line: $0.element, time: $0.element.event.time?.instant, index: $0.offset) }
      .sorted { ($0.time ?? .distantPast, $0.index) < ($1.time ?? .distantPast, $1.index) }
    let pipeline = try SteppedPipeline(
      try Self.processors(rules, settings), settings: settings,
      at: ordered.first?.time ?? Instant(milliseconds: 0), logger: logger)

    try pipeline.settle()
    for (count, next) in ordered.enumerated() {
      try pipeline.play(until: next.time ?? pipeline.now)
      try pipeline.publish([Output(to: next.line.topic, next.line.event.record(key: next.line.caseID.key))])
      try pipeline.settle()
      progress(count + 1)
    }
    if let until { try pipeline.play(until: until) }
    pipeline.finish()
    if let keepingLog { try pipeline.log.copy(to: keepingLog) }
    return try CaseLedger(reading: pipeline.log)
  }

  /// Those of the whole pipeline, in the order in which a record passes them.
  package static func processors(_ rules: Rulebook, _ settings: Settings) throws -> [any Processor] {
    [
      ClassifyProcessor(classifier: try rules.classifier(), reader: rules.reader),
      RouteProcessor(directory: rules.directory),
      TrackProcessor(calendar: rules.calendar, policy: rules.policy, orphanWait: settings.orphanWait),
      RelayProcessor(),
      QuotaProcessor(),
      FeedbackProcessor(rules: rules.feedback),
    ]
  }
}
