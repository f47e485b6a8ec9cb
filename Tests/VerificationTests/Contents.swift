import Assembly
import Cases
import EventLog
import SQLiteLog
import Streams
import Time

/// All records of a log, and how far each stage has come: to be tampered with, and made a log again.
struct Contents {
  struct Entry {
    var partition: TopicPartition
    var timestamp: Instant
    var record: Record
    /// Its reader has committed an offset behind it.
    var isConsumed: Bool

    var envelope: CloudEvent? { try? CloudEvent(record) }
    var topic: String { partition.topic }
    var key: String { record.key.map { String(decoding: $0, as: UTF8.self) } ?? "" }
  }

  static let groups = [
    "classify": "opinions", "route": "classifications", "track": "commands", "relay": "cases", "quota": "quotas",
    "feedback": "cases",
  ]

  var entries: [Entry] = []
  private let topics: [TopicSpecification]

  init(of log: SQLiteLog) throws {
    topics = try log.topics()
    let reader = try log.openReader()
    defer { reader.close() }
    var committed: [TopicPartition: Offset] = [:]
    for group in Self.groups.keys { committed.merge(try reader.committedOffsets(of: group)) { $1 } }
    for topic in topics {
      for number in 0..<topic.partitions {
        let partition = TopicPartition(topic.name, number)
        let bounds = try reader.bounds(of: partition)
        var position = bounds.lowerBound
        while position < bounds.upperBound {
          let chunk = try reader.read(
            from: [partition: position], for: .zero, limit: BatchLimit(records: 1000, bytes: 8 << 20))
          entries += chunk.records.map { record in
            Entry(
              partition: partition, timestamp: record.timestamp, record: record.record,
              isConsumed: record.offset < committed[partition] ?? 0)
          }
          position = chunk.positions[partition] ?? position
        }
      }
    }
  }

  /// Where the only record is that this is true of.
  func index(_ isWanted: (Entry) -> Bool) throws -> Int {
    let found = entries.indices.filter { isWanted(entries[$0]) }
    guard found.count == 1, let index = found.first else { throw NotOne(count: found.count) }
    return index
  }

  struct NotOne: Error { let count: Int }

  /// The only record of that topic, key and `ce_type` ending.
  func index(_ topic: String, _ key: String, _ type: String) throws -> Int {
    try index { $0.topic == topic && $0.key == key && $0.envelope?.type.hasSuffix(".\(type).v1") == true }
  }

  /// Puts another event in the place of one.
  mutating func replace(_ index: Int, by event: CaseEvent) throws {
    var envelope = try CloudEvent(entries[index].record)
    envelope.type = event.type
    envelope.data = event.data
    entries[index].record = envelope.record(key: entries[index].record.key)
  }

  /// Takes out an event, and all that feedback tells of it.
  mutating func remove(_ index: Int) {
    let (key, id) = (entries[index].key, entries[index].envelope?.id ?? "")
    entries.remove(at: index)
    entries.removeAll { $0.topic == "feedback" && $0.key == key && $0.envelope?.id.hasPrefix(id + ".") == true }
  }

  /// A new log in memory that holds just this.
  func log() throws -> SQLiteLog {
    let clock = TestClock(entries.map(\.timestamp).min() ?? Instant(milliseconds: 0))
    let log = try SQLiteLog(
      SQLiteLog.Settings(path: ":memory:", prefix: "copy-", logger: Story.logger, now: { clock.now }))
    _ = try log.create(topics)
    let publisher = try log.openPublisher(as: "test")
    defer { publisher.close() }
    var positions: [TopicPartition: Offset] = [:]
    for entry in entries {
      clock.now = entry.timestamp
      let output = Output(to: entry.topic, partition: entry.partition.partition, entry.record)
      let place = try publisher.publish([output])[0]
      if entry.isConsumed { positions[entry.partition] = place.offset + 1 }
    }
    clock.now = entries.map(\.timestamp).max() ?? clock.now
    for (group, topic) in Self.groups { try commit(positions.filter { $0.key.topic == topic }, group, topic, log) }
    return log
  }

  private func commit(
    _ positions: [TopicPartition: Offset], _ group: String, _ topic: String, _ log: SQLiteLog
  ) throws {
    let member = try log.join(
      Membership(group: group, topics: [topic], member: "test", sessionTimeout: .seconds(86_400)))
    defer { member.leave() }
    let polled = try member.poll(for: .zero, limit: BatchLimit(records: 1, bytes: 1), paused: [])
    let outcome = Outcome(outputs: [], positions: positions, metadata: polled.metadata)
    guard case .committed = try member.commit(outcome) else { throw NotOne(count: 0) }
  }
}
