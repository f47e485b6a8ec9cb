import EventLog
import Logging
import SQLiteLog
import Synchronization
import Time

/// A log in memory whose publishers meet what they are told to. Tests can wait for what it holds.
final class TroubledLog: EventLog {
  enum Trouble {
    /// Nothing took place.
    case refuses(LogError)
    /// It took place, but the answer was lost.
    case losesAnswer(LogError)
  }

  private struct State {
    var troubles: [Trouble] = []
    var away: @Sendable () -> Bool = { false }
    var count = 0
    var publications = 0
    var publishers: [String] = []
    var waiting: [(count: Int, CheckedContinuation<Void, Never>)] = []
  }

  static let topics = ["opinions", "chats"]
  static let away = LogError(.unreachable, "no broker", recovery: .retry)

  private let log: SQLiteLog
  private let state = Mutex(State())

  init(clock: @escaping @Sendable () -> Instant, largest: Int = 1_048_576) throws {
    log = try SQLiteLog(
      SQLiteLog.Settings(path: ":memory:", logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: clock))
    _ = try log.create(
      Self.topics.map {
        TopicSpecification(name: $0, partitions: 3, cleanup: .delete(after: nil), maximumRecordSize: largest)
      })
  }

  /// The next publications meet these, one each.
  func meet(_ troubles: Trouble...) { state.withLock { $0.troubles = troubles } }
  /// No publication succeeds while this holds.
  func beAway(while away: @escaping @Sendable () -> Bool) { state.withLock { $0.away = away } }
  func setAway(_ isAway: Bool) { beAway { isAway } }

  /// The names of the publishers opened, in order.
  var publishers: [String] { state.withLock { $0.publishers } }
  /// That took place.
  var publications: Int { state.withLock { $0.publications } }

  /// Returns as soon as there are so many records.
  func holds(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.count >= count { return true }
        state.waiting.append((count, continuation))
        return false
      }
      if isThere { continuation.resume() }
    }
  }

  /// The records of each partition, in order.
  func records(of topic: String = "opinions") throws -> [[Record]] {
    let reader = try log.openReader()
    defer { reader.close() }
    return try (0..<3).map { number in
      let partition = TopicPartition(topic, number)
      let end = try reader.bounds(of: partition).upperBound
      var records: [Record] = []
      var position: Offset = 0
      while position < end {
        let chunk = try reader.read(
          from: [partition: position], for: .zero, limit: BatchLimit(records: 10_000, bytes: 64 << 20))
        records += chunk.records.map(\.record)
        position = chunk.positions[partition] ?? end
      }
      return records
    }
  }

  /// The values of all records of a topic as text, sorted.
  func texts(of topic: String = "opinions") throws -> [String] {
    try records(of: topic).flatMap { $0 }.map { String(decoding: $0.value ?? [], as: UTF8.self) }.sorted()
  }

  private func publish(_ outputs: [Output], with publish: () throws(LogError) -> Void) throws(LogError) {
    let trouble = state.withLock { state -> Trouble? in
      if state.away() { return .refuses(Self.away) }
      return state.troubles.isEmpty ? nil : state.troubles.removeFirst()
    }
    if case .refuses(let error) = trouble { throw error }
    try publish()
    let reached = state.withLock { state in
      state.count += outputs.count
      state.publications += 1
      let count = state.count
      defer { state.waiting.removeAll { $0.count <= count } }
      return state.waiting.filter { $0.count <= count }
    }
    for (_, continuation) in reached { continuation.resume() }
    if case .losesAnswer(let error) = trouble { throw error }
  }

  var address: String { "test:" }
  func identity() throws(LogError) -> String { try log.identity() }
  func create(_ topics: [TopicSpecification]) throws(LogError) -> [TopicReport] { try log.create(topics) }
  func topics() throws(LogError) -> [TopicSpecification] { try log.topics() }
  func join(_ membership: Membership) throws(LogError) -> any LogMember { try log.join(membership) }
  func openReader() throws(LogError) -> any LogReader { try log.openReader() }

  func openPublisher(as name: String) throws(LogError) -> any LogPublisher {
    state.withLock { $0.publishers.append(name) }
    return Publisher(try log.openPublisher(as: name), self)
  }

  private final class Publisher: LogPublisher {
    private let publisher: any LogPublisher
    private let log: TroubledLog

    init(_ publisher: any LogPublisher, _ log: TroubledLog) {
      self.publisher = publisher
      self.log = log
    }

    func publish(_ outputs: [Output]) throws(LogError) -> [(partition: TopicPartition, offset: Offset)] {
      var places: [(partition: TopicPartition, offset: Offset)] = []
      try log.publish(outputs) { () throws(LogError) in places = try publisher.publish(outputs) }
      return places
    }

    func close() { publisher.close() }
  }
}
