package import Cases
package import EventLog
package import Logging
package import Metrics
import Streams
import Synchronization
package import Time

/// Reads `cases` into a ``ReadModel``, for as long as it is let.
package final class Follower: Sendable {
  package struct Status: Hashable, Sendable {
    /// Has once been as far as the log was when it began: what the model says is no longer old.
    package var isReady = false
    /// Records of `cases` still to be read to that point, at most; `nil` before that is known.
    package var remaining: Int64?
    /// What it waits for, in one sentence; `nil` while it reads.
    package var trouble: String?
  }

  private enum Trouble: Error {
    case log(LogError)
    case model(ReadModel.Failure)
    case noTopic

    var reason: String {
      switch self {
      case .log(let error): error.reason
      case .model(let failure): failure.description
      case .noTopic: "the topic \(Topics.cases) does not exist yet"
      }
    }
  }

  private let log: any EventLog
  private let model: ReadModel
  private let calendar: WorkingCalendar
  private let clock: @Sendable () -> Instant
  private let backOff: BackOff
  private let gauges: CaseGauges
  private let news: News?
  private let logger: Logger
  private let state = Mutex(Status())

  private static let limit = BatchLimit(records: 1000, bytes: 8_000_000)
  private static let gaugeInterval = Duration.seconds(10)

  /// - Parameters:
  ///   - news: told of whatever changed.
  ///   - pause: blocks its thread for that long; called in steps of at most 100 milliseconds.
  package init(
    log: any EventLog, model: ReadModel, news: News? = nil, calendar: WorkingCalendar,
    clock: @escaping @Sendable () -> Instant, pause: @escaping @Sendable (Duration) -> Void, logger: Logger,
    metrics: any MetricsFactory = MetricsSystem.factory
  ) {
    self.log = log
    self.model = model
    self.calendar = calendar
    self.news = news
    self.clock = clock
    backOff = BackOff(pause: pause)
    self.logger = logger
    gauges = CaseGauges(metrics)
  }

  package var status: Status { state.withLock { $0 } }

  /// Blocks its thread, which must be one of its own, until `stop` gives true (asked at least each half second while
  /// the log answers). Whatever goes wrong with the log or the disk is waited out, with growing pauses.
  package func run(until stop: () -> Bool) {
    backOff.repeating(until: stop) { getsOn throws(Trouble) in
      try follow(until: stop, onProgress: getsOn)
    } onFailure: { error in
      report(error)
    }
  }

  private func follow(until stop: () -> Bool, onProgress: () -> Void) throws(Trouble) {
    let partitions = try partitions()
    let reader = try onLog { () throws(LogError) in try log.openReader() }
    defer { reader.close() }
    var (positions, goal) = try start(reader, partitions)
    var lastGauges: Instant?
    while !stop() {
      let chunk = try onLog { () throws(LogError) in
        try reader.read(from: positions, for: .milliseconds(500), limit: Self.limit)
      }
      if chunk.positions != positions || !chunk.records.isEmpty {
        let applied = try onModel { () throws(ReadModel.Failure) in try model.apply(chunk) }
        gauges.count(applied)
        warn(of: applied)
        positions.merge(chunk.positions) { $1 }
        if !chunk.records.isEmpty { news?.advance() }
      }
      onProgress()
      let remaining = goal.reduce(0) { $0 + max(0, $1.value - (positions[$1.key] ?? 0)) }
      let now = clock()
      if remaining == 0, lastGauges.map({ now - $0 >= Self.gaugeInterval }) ?? true {
        lastGauges = now
        let counts = try onModel { () throws(ReadModel.Failure) in try model.counts(at: now, calendar: calendar) }
        gauges.record(counts)
      }
      state.withLock { state in
        state = Status(isReady: state.isReady || remaining == 0, remaining: remaining)
      }
    }
  }

  private func partitions() throws(Trouble) -> [TopicPartition] {
    let topics = try onLog { () throws(LogError) in try log.topics() }
    guard topics.contains(where: { $0.name == Topics.cases }) else { throw .noTopic }
    return topics.filter { [Topics.cases, Topics.citizens].contains($0.name) }.flatMap { topic in
      (0..<topic.partitions).map { TopicPartition(topic.name, $0) }
    }
  }

  /// Where to read on, and how far the log reaches now. A position outside the log means that the log isn't what it
  /// was, so the model begins anew.
  private func start(
    _ reader: any LogReader, _ partitions: [TopicPartition]
  ) throws(Trouble) -> (positions: [TopicPartition: Offset], goal: [TopicPartition: Offset]) {
    let identity = try onLog { () throws(LogError) in try log.identity() }
    let known = try onModel { () throws(ReadModel.Failure) in try model.prepare(for: identity) }
    var bounds: [TopicPartition: Range<Offset>] = [:]
    for partition in partitions {
      bounds[partition] = try onLog { () throws(LogError) in try reader.bounds(of: partition) }
    }
    let goal = bounds.mapValues(\.upperBound)
    let fits = known.allSatisfy { partition, position in
      bounds[partition].map { ($0.lowerBound...$0.upperBound).contains(position) } ?? false
    }
    if fits { return (bounds.mapValues(\.lowerBound).merging(known) { $1 }, goal) }
    logger.warning("the log is not the one that was read: reading it anew", metadata: ["log": "\(log.address)"])
    try onModel { () throws(ReadModel.Failure) in try model.forget(for: identity) }
    return (bounds.mapValues(\.lowerBound), goal)
  }

  private func report(_ trouble: Trouble) {
    let isNews = state.withLock { state in
      defer { state.trouble = trouble.reason }
      return state.trouble != trouble.reason
    }
    guard isNews else { return }
    let metadata: Logger.Metadata = ["log": "\(log.address)", "reason": "\(trouble.reason)"]
    if case .noTopic = trouble {
      logger.notice("waiting for a topic", metadata: metadata)
    } else {
      logger.error("cannot follow the cases: trying again", metadata: metadata)
    }
  }

  private func warn(of applied: ReadModel.Applied) {
    guard applied.gaps + applied.undecodable > 0 else { return }
    logger.error(
      "records of cases are missing or cannot be read",
      metadata: ["gaps": "\(applied.gaps)", "undecodable": "\(applied.undecodable)"])
  }

  private func onLog<Value>(_ body: () throws(LogError) -> Value) throws(Trouble) -> Value {
    do throws(LogError) { return try body() } catch { throw .log(error) }
  }

  private func onModel<Value>(_ body: () throws(ReadModel.Failure) -> Value) throws(Trouble) -> Value {
    do throws(ReadModel.Failure) { return try body() } catch { throw .model(error) }
  }
}
