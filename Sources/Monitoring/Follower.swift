package import Cases
package import EventLog
package import Logging
package import Metrics
import Streams
import Synchronization
package import Time

/// Reads `cases`, and what else the log says of them, into a ``ReadModel``, for as long as it is let.
package final class Follower: Sendable {
  package struct Status: Hashable, Sendable {
    /// Has once been as far as the log was when it began: what the model says is no longer old.
    package var isReady = false
    /// Records still to be read to that point, at most; `nil` before that is known.
    package var remaining: Int64?
    /// While the model is built from the log's beginning; `nil` once it has been.
    package var rebuilding: Rebuilding?
    /// What it waits for, in one sentence; `nil` while it reads.
    package var trouble: String?

    package init(
      isReady: Bool = false, remaining: Int64? = nil, rebuilding: Rebuilding? = nil, trouble: String? = nil
    ) {
      self.isReady = isReady
      self.remaining = remaining
      self.rebuilding = rebuilding
      self.trouble = trouble
    }
  }

  /// How far a model is that is built from the log's beginning.
  package struct Rebuilding: Hashable, Sendable {
    /// Records, of ``total``.
    package var done: Int64
    package var total: Int64
    /// At the pace so far; `nil` before that can be told.
    package var timeLeft: Duration?

    package init(done: Int64, total: Int64, timeLeft: Duration? = nil) {
      self.done = done
      self.total = total
      self.timeLeft = timeLeft
    }

    package var share: Double { total > 0 ? min(1, Double(done) / Double(total)) : 1 }
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
  /// While the model is built: a case that several records of a chunk are about is written once.
  private static let buildLimit = BatchLimit(records: 20_000, bytes: 64 << 20)
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
    var course = try start(reader, partitions)
    var lastGauges: Instant?
    while !stop() {
      let limit = course.isBuilding ? Self.buildLimit : Self.limit
      let chunk = try onLog { () throws(LogError) in
        try reader.read(from: course.positions, for: .milliseconds(500), limit: limit)
      }
      if chunk.positions != course.positions || !chunk.records.isEmpty {
        let applied = try onModel { () throws(ReadModel.Failure) in try model.apply(chunk) }
        gauges.count(applied)
        warn(of: applied)
        course.positions.merge(chunk.positions) { $1 }
      }
      onProgress()
      let remaining = course.remaining
      let now = clock()
      if remaining == 0 {
        if course.isBuilding {
          try onModel { () throws(ReadModel.Failure) in try model.finishBuilding() }
          course.isBuilding = false
        }
        if lastGauges.map({ now - $0 >= Self.gaugeInterval }) ?? true {
          lastGauges = now
          let counts = try onModel { () throws(ReadModel.Failure) in try model.counts(at: now, calendar: calendar) }
          gauges.record(counts)
          // A topic that came since is read from its beginning.
          if try self.partitions() != partitions { return }
        }
      }
      let rebuilding = course.rebuilding(at: now)
      state.withLock { state in
        state = Status(
          isReady: state.isReady || remaining == 0, remaining: remaining, rebuilding: rebuilding, trouble: nil)
      }
      if !chunk.records.isEmpty { news?.advance() }
    }
  }

  /// Where it reads on, and how far the log reached when it began.
  private struct Course {
    var positions: [TopicPartition: Offset]
    let goal: [TopicPartition: Offset]
    /// Records of the log that were there, or had been read, when it began.
    let total: Int64
    let began: Instant
    /// Of ``total``, read when it began.
    let doneBefore: Int64
    /// The model has not yet been as far as the log was.
    var isBuilding: Bool

    var remaining: Int64 { goal.reduce(0) { $0 + max(0, $1.value - (positions[$1.key] ?? 0)) } }

    func rebuilding(at now: Instant) -> Rebuilding? {
      guard isBuilding else { return nil }
      let (done, left) = (total - remaining, remaining)
      let passed = (now - began).inSeconds
      let timeLeft =
        done > doneBefore && passed > 0
        ? Duration.seconds((passed * Double(left) / Double(done - doneBefore)).rounded()) : nil
      return Rebuilding(done: done, total: total, timeLeft: timeLeft)
    }
  }

  private func partitions() throws(Trouble) -> [TopicPartition] {
    let topics = try onLog { () throws(LogError) in try log.topics() }
    guard topics.contains(where: { $0.name == Topics.cases }) else { throw .noTopic }
    return topics.filter { ChunkFold.topics.contains($0.name) }.flatMap { topic in
      (0..<topic.partitions).map { TopicPartition(topic.name, $0) }
    }
  }

  /// Where to read on, and how far the log reaches now. A position outside the log means that the log isn't what it
  /// was, so the model begins anew; but of a topic whose old records go, it reads what is there.
  private func start(_ reader: any LogReader, _ partitions: [TopicPartition]) throws(Trouble) -> Course {
    let identity = try onLog { () throws(LogError) in try log.identity() }
    var known = try onModel { () throws(ReadModel.Failure) in try model.prepare(for: identity) }
    var bounds: [TopicPartition: Range<Offset>] = [:]
    for partition in partitions {
      bounds[partition] = try onLog { () throws(LogError) in try reader.bounds(of: partition) }
    }
    let fits = known.allSatisfy { partition, position in
      guard let bounds = bounds[partition] else { return false }
      return position <= bounds.upperBound && (position >= bounds.lowerBound || partition.topic != Topics.cases)
    }
    if !fits {
      logger.warning("the log is not the one that was read: reading it anew", metadata: ["log": "\(log.address)"])
      try onModel { () throws(ReadModel.Failure) in try model.forget(for: identity) }
      known = [:]
    }
    let positions = bounds.merging(known.mapValues { $0..<$0 }) { bounds, known in
      max(bounds.lowerBound, known.lowerBound)..<bounds.upperBound
    }.mapValues(\.lowerBound)
    let total = bounds.reduce(0) { $0 + Int64($1.value.count) }
    let left = bounds.reduce(0) { $0 + max(0, $1.value.upperBound - (positions[$1.key] ?? 0)) }
    let isBuilding = try onModel { () throws(ReadModel.Failure) in try model.beginBuilding(records: left) }
    return Course(
      positions: positions, goal: bounds.mapValues(\.upperBound), total: total, began: clock(),
      doneBefore: total - left, isBuilding: isBuilding)
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
