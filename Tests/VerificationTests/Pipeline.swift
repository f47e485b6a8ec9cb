import Assembly
import Cases
import Classification
import EventLog
import Feedback
import Routing
import SQLiteLog
import Streams
import Time
import Tracking
import Verification

/// The stages on a log in memory, each of which goes on only when it is told to: so that a log can be looked at
/// between any two commits.
final class Pipeline {
  let clock: TestClock
  let log: SQLiteLog
  private let publisher: any LogPublisher
  private let steps: [() throws(LogError) -> Bool]

  enum Stage: Int, CaseIterable { case classify, route, track, relay, quota, feedback }

  /// - Parameter batch: how many records a stage takes in at once.
  init(at start: Instant, batch: Int = 1000) throws {
    let clock = TestClock(start)
    self.clock = clock
    log = try SQLiteLog(
      SQLiteLog.Settings(path: ":memory:", prefix: "live-", logger: Story.logger, now: { clock.now }))
    _ = try log.create(PipelineTopics.specifications(partitions: 4))
    publisher = try log.openPublisher(as: "test")
    let rules = try Rulebook(try Story.settings())
    func stage(_ processor: some Processor, _ log: SQLiteLog) -> () throws(LogError) -> Bool {
      var settings = WorkerSettings(member: processor.name)
      settings.timerWait = .zero
      settings.sessionTimeout = .seconds(86_400 * 10_000)
      settings.batch.records = batch
      let worker = Worker(processor, log: log, settings: settings, now: { clock.now }, logger: Story.logger)
      return { () throws(LogError) in try worker.step(wait: .zero) }
    }
    steps = [
      stage(ClassifyProcessor(classifier: try rules.classifier(), reader: rules.reader), log),
      stage(RouteProcessor(directory: rules.directory), log),
      stage(TrackProcessor(calendar: rules.calendar, policy: Story.policy), log), stage(RelayProcessor(), log),
      stage(QuotaProcessor(), log), stage(FeedbackProcessor(rules: rules.feedback), log),
    ]
  }

  @discardableResult
  func step(_ stage: Stage) throws -> Bool { try steps[stage.rawValue]() }

  /// Lets stages work until none of them has anything to do.
  func settle(_ stages: [Stage] = Stage.allCases) throws {
    while true {
      var isBusy = false
      for stage in stages where try step(stage) { isBusy = true }
      if !isBusy { return }
    }
  }

  func publish(_ event: CloudEvent, partition: Int? = nil) throws {
    let topic = event.type == EventTypes.opinionSubmitted ? Topics.opinions : Topics.commands
    try publish([Output(to: topic, partition: partition, event.record(key: event.subject.map { Array($0.utf8) }))])
  }

  func publish(_ outputs: [Output]) throws {
    _ = try publisher.publish(outputs)
  }

  func verify() throws -> VerificationReport {
    try Verifier(log, calendar: .builtIn, policy: Story.policy).run()
  }
}
