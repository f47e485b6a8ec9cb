package import EventLog

/// Follows a topic that is read whole by everyone who needs it, outside of any group.
///
/// Belongs to one thread. After an error of the log it is of no more use: begin another.
package struct BroadcastReading {
  package let topic: String
  /// What the topic says so far, whole or not.
  package private(set) var table = BroadcastTable()
  private let reader: any LogReader
  private var positions: [TopicPartition: Offset] = [:]
  private var goal: [TopicPartition: Offset] = [:]
  private var latest: String?

  private static let limit = BatchLimit(records: 1000, bytes: 8_000_000)

  /// - Parameter reader: stays the caller's.
  /// - Throws: ``LogError``, with the code `.unknownTopic` where there is no such topic yet.
  package init(_ topic: String, of log: any EventLog, _ reader: any LogReader) throws(LogError) {
    self.topic = topic
    self.reader = reader
    guard let specification = try log.topics().first(where: { $0.name == topic }) else {
      throw LogError(.unknownTopic, "topic \(topic) doesn't exist yet on \(log.address)", recovery: .retry)
    }
    for number in 0..<specification.partitions {
      let partition = TopicPartition(topic, number)
      let bounds = try reader.bounds(of: partition)
      positions[partition] = bounds.lowerBound
      goal[partition] = bounds.upperBound
    }
  }

  /// Has read all that was there when it began.
  package var hasCaughtUp: Bool { goal.allSatisfy { positions[$0.key] ?? 0 >= $0.value } }

  /// Reads all that was there when it began. Blocks its thread.
  /// - Returns: what the topic says, if that is whole.
  package mutating func catchUp() throws(LogError) -> Broadcast? {
    while !hasCaughtUp { try read(for: .milliseconds(500)) }
    return news()
  }

  /// Reads on, and waits so long at most for something new.
  /// - Returns: what the topic says, if that is whole and another than was returned before.
  package mutating func next(for wait: Duration) throws(LogError) -> Broadcast? {
    try read(for: wait)
    return news()
  }

  private mutating func read(for wait: Duration) throws(LogError) {
    let chunk = try reader.read(from: positions, for: wait, limit: Self.limit)
    for record in chunk.records { table.take(record.record) }
    positions.merge(chunk.positions) { $1 }
  }

  private mutating func news() -> Broadcast? {
    guard hasCaughtUp, table.isWhole else { return nil }
    let digest = table.digest
    guard digest != latest else { return nil }
    latest = digest
    return Broadcast(topic, table.entries, digest: digest)
  }
}
