package import Assembly
package import Cases
package import Logging
package import Streams
package import Time

/// A county that lives on the real processors: random citizens and clerks under a virtual clock, and a watch over every
/// event. The same seed gives the same lives.
package struct Simulation: Sendable {
  package var seed: UInt64
  /// How many opinions begin one.
  package var cases: Int
  /// Days over which they come.
  package var days: Int
  package var start: Instant
  package var rules: Rulebook
  package var settings: Settings
  package var logger: Logger
  private let processors: [any Processor]

  /// What came of one run.
  package struct Report: Sendable {
    package var cases = 0
    package var events = 0
    /// All that was done, in order.
    package var actions: [Action] = []
    package var failures: [Failure] = []
    package var end: Instant
  }

  /// - Parameter altering: lets a test plant a fault in one of the processors.
  package init(
    seed: UInt64, cases: Int, days: Int = 365, start: Instant, rules: Rulebook, settings: Settings, logger: Logger,
    altering: (any Processor) -> any Processor = { $0 }
  ) throws {
    self.seed = seed
    self.cases = cases
    self.days = days
    self.start = start
    self.rules = rules
    self.settings = settings
    self.logger = logger
    processors = try Replay.processors(rules, settings).map(altering)
  }

  /// The policy as built in, but with every rule in force: cases may pause, and a third of those that are closed are
  /// looked at again.
  package static let policy: ReplyPolicy = {
    var policy = ReplyPolicy.standard
    (policy.version, policy.pause, policy.reviewShare) = ("simulated-1", 10, 333)
    return policy
  }()

  /// Stops at the first event that breaks a rule; else lets everything run out, and has the log verified.
  package func run() throws -> Report {
    let run = try begin()
    run.populate(cases, days: days)
    try run.live(until: .distantFuture, calmAfter: start + .seconds(days * 86_400))
    try run.runOut()
    try run.verify()
    return run.report
  }

  /// Plays actions as they are given, without citizens or clerks, and goes on to that moment.
  func replay(_ actions: [Action], until: Instant, runningOut: Bool) throws -> Report {
    let run = try begin()
    run.play(actions)
    try run.live(until: until, calmAfter: nil)
    if runningOut {
      try run.runOut()
      try run.verify()
    }
    return run.report
  }

  private func begin() throws -> Run {
    let pipeline = try SteppedPipeline(processors, settings: settings, at: start, logger: logger)
    return try Run(pipeline, seed: seed, rules: rules)
  }
}
