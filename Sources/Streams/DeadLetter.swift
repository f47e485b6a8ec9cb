package import EventLog
package import Time

/// A record that could not be read or handled, as the topic `dead-letters` keeps it: the original with its key, value and
/// headers, and beside them in headers `huiyin_dlq_…` where it came from and why it is here.
///
/// Several records of that topic can tell of one dead letter, as it is retried and settled; the last one counts.
package struct DeadLetter: Hashable, Sendable {
  package enum Status: String, Hashable, Sendable {
    /// Waits for somebody to retry or drop it.
    case open
    /// Retried as often as is allowed: only dropping is left.
    case quarantined
    case retried
    case dropped

    package var isSettled: Bool { self == .retried || self == .dropped }
  }

  /// Where the original was read: also its id, as `topic/partition/offset`.
  package var partition: TopicPartition
  package var offset: Offset
  package var timestamp: Instant
  /// The processor that could not do with it.
  package var stage: String
  package var reason: String
  package var failedAt: Instant
  package var retries: Int
  /// Its key stands still until this is retried or dropped.
  package var parked: Bool
  package var status: Status
  package var original: Record

  package static let maximumRetries = 3

  package var id: String { "\(partition)/\(offset)" }

  package init(
    _ record: StoredRecord, stage: String, reason: String, failedAt: Instant, retries: Int, parked: Bool, status: Status
  ) {
    partition = record.partition
    offset = record.offset
    timestamp = record.timestamp
    self.stage = stage
    self.reason = reason
    self.failedAt = failedAt
    self.retries = retries
    self.parked = parked
    self.status = status
    original = record.record
  }

  private static let prefix = "huiyin_dlq_"

  package var record: Record {
    var record = original
    func add(_ name: String, _ value: String) { record.headers.append(Header(Self.prefix + name, value)) }
    record.headers.removeAll { $0.name.hasPrefix(Self.prefix) }
    add("topic", partition.topic)
    add("partition", String(partition.partition))
    add("offset", String(offset))
    add("timestamp", timestamp.rfc3339())
    add("stage", stage)
    add("reason", reason)
    add("failed_at", failedAt.rfc3339())
    add("retries", String(retries))
    add("parked", parked ? "true" : "false")
    add("status", status.rawValue)
    return record
  }

  /// `nil` if the record isn't one of ours.
  package init?(_ record: Record) {
    func text(_ name: String) -> String? {
      record.header(Self.prefix + name).flatMap { String(validating: $0, as: UTF8.self) }
    }
    guard let topic = text("topic"), let partition = text("partition").flatMap(Int.init),
      let offset = text("offset").flatMap(Offset.init), let stage = text("stage"), let reason = text("reason"),
      let timestamp = text("timestamp").flatMap(Instant.init(rfc3339:)),
      let failedAt = text("failed_at").flatMap(Instant.init(rfc3339:)),
      let retries = text("retries").flatMap(Int.init), let parked = text("parked"),
      let status = text("status").flatMap(Status.init(rawValue:))
    else { return nil }
    self.partition = TopicPartition(topic, partition)
    self.offset = offset
    self.timestamp = timestamp
    self.stage = stage
    self.reason = reason
    self.failedAt = failedAt
    self.retries = retries
    self.parked = parked == "true"
    self.status = status
    original = record
    original.headers.removeAll { $0.name.hasPrefix(Self.prefix) }
  }

  /// How often a record that is no longer parked was sent again (`huiyin_replay_count`).
  package static func replays(of record: Record) -> Int {
    record.header(replayCount).flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
  }

  static let replayCount = "huiyin_replay_count"

  /// What to append so as to bring this dead letter back, all in one transaction.
  ///
  /// A parked one is retried by its key's worker, told by a control record; another is sent again itself.
  /// - Returns: `nil` if it was retried too often.
  package func retrying() -> [Output]? {
    guard retries < Self.maximumRetries else { return nil }
    if parked { return [Control(.retry, deadLetter: id).output(for: self)] }
    var again = original
    again.headers.removeAll { $0.name == Self.replayCount }
    again.headers.append(Header(Self.replayCount, String(retries + 1)))
    return [
      Output(to: partition.topic, partition: original.key == nil ? partition.partition : nil, again), settled(.retried),
    ]
  }

  /// What to append so as to let it go for good.
  package func dropping() -> [Output] {
    parked ? [Control(.drop, deadLetter: id).output(for: self)] : [settled(.dropped)]
  }

  private func settled(_ status: Status) -> Output {
    var settled = self
    settled.status = status
    settled.original = Record(key: original.key, value: nil)
    return settled.output
  }

  /// Dead letters lie in the partition of their originals.
  package var output: Output { Output(to: Self.topic, partition: partition.partition, record) }

  package static let topic = "dead-letters"
}

extension DeadLetter {
  /// All dead letters of a log, each as its last record tells it, in the order in which they were first written.
  /// - Parameter partition: only those of that partition.
  package static func all(in log: any EventLog, partition wanted: Int? = nil) throws(LogError) -> [DeadLetter] {
    guard let specification = try log.topics().first(where: { $0.name == topic }) else { return [] }
    let reader = try log.openReader()
    defer { reader.close() }
    var order: [String] = []
    var last: [String: DeadLetter] = [:]
    for partition in 0..<specification.partitions where wanted.map({ $0 == partition }) ?? true {
      let place = TopicPartition(topic, partition)
      let bounds = try reader.bounds(of: place)
      var position = bounds.lowerBound
      while position < bounds.upperBound {
        let chunk = try reader.read(
          from: [place: position], for: .seconds(1), limit: BatchLimit(records: 1000, bytes: 8 << 20))
        for letter in chunk.records.compactMap({ DeadLetter($0.record) }) {
          if last[letter.id] == nil { order.append(letter.id) }
          last[letter.id] = letter
        }
        position = chunk.positions[place] ?? position
      }
    }
    return order.compactMap { last[$0] }
  }
}
