import EventLog
import GRDB
import Time

/// Reads partitions of a ``SQLiteLog`` outside of any group.
final class SQLiteReader: LogReader {
  private let connection: Connection
  private let file: LogFile
  /// The partition that gave the last record.
  private var lastServed: Int64 = .min
  /// How long the last read's pauses had become when it ended with nothing.
  private var pause: Duration?

  init(connection: Connection) {
    self.connection = connection
    file = connection.file
  }

  func bounds(of partition: TopicPartition) throws(LogError) -> Range<Offset> {
    try connection.read { db in try self.bounds(of: partition, in: db).offsets }
  }

  func committedOffsets(of group: String) throws(LogError) -> [TopicPartition: Offset] {
    try connection.read { db in
      var offsets: [TopicPartition: Offset] = [:]
      for topic in try self.file.allTopics(in: db) {
        let rows = try db.rows(
          """
          SELECT p.number, o.offset FROM consumer_groups g JOIN offsets o ON o.consumer_group = g.id
          JOIN partitions p ON p.id = o.partition WHERE g.name = ? AND p.topic = ?
          """, [self.file.settings.prefix + group, topic.id])
        while let row = try rows.next() { offsets[TopicPartition(topic.name, row[0])] = row[1] }
      }
      return offsets
    }
  }

  func read(
    from positions: [TopicPartition: Offset], for wait: Duration, limit: BatchLimit
  ) throws(LogError) -> Chunk {
    var positions = positions
    var patience = Patience(wait, pauses: file.settings.pauses, after: pause)
    pause = nil
    while true {
      if try connection.hasNews() || patience.isFresh {
        let (records, reached) = try connection.read { db in try self.scan(positions, limit: limit, in: db) }
        positions = reached
        if !records.isEmpty { return Chunk(records: records, positions: positions) }
      }
      guard let pause = patience.next() else {
        self.pause = patience.pause
        return Chunk(records: [], positions: positions)
      }
      connection.wait(upTo: pause)
    }
  }

  /// Nothing is held beyond this object's own life.
  func close() {}

  private func scan(
    _ positions: [TopicPartition: Offset], limit: BatchLimit, in db: Database
  ) throws -> ([StoredRecord], [TopicPartition: Offset]) {
    var spans: [RecordScan.Span] = []
    for (partition, position) in positions.sorted(by: { $0.key < $1.key }) {
      let (id, offsets) = try bounds(of: partition, in: db)
      guard position >= offsets.lowerBound, position <= offsets.upperBound else {
        throw LogError(
          .offsetOutOfRange,
          "offset \(position) of \(partition) in \(file.address) lies outside of \(offsets.lowerBound) to \(offsets.upperBound)",
          recovery: .stop)
      }
      spans.append(RecordScan.Span(id: id, partition: partition, position: position, end: offsets.upperBound))
    }
    let first = spans.firstIndex { $0.id > lastServed } ?? 0
    let scan = try RecordScan(&spans, from: first, limit: limit, in: db, address: file.address)
    if let last = scan.lastServed { lastServed = spans[last].id }
    return (scan.records, Dictionary(uniqueKeysWithValues: spans.map { ($0.partition, $0.position) }))
  }

  private func bounds(of partition: TopicPartition, in db: Database) throws -> (id: Int64, offsets: Range<Offset>) {
    guard let topic = try file.topic(named: partition.topic, in: db) else {
      throw LogError.unknownTopic(partition.topic, in: file.address, recovery: .retry)
    }
    guard topic.partitions.indices.contains(partition.partition) else {
      throw LogError(
        .unknownTopic, "topic \(topic.name) has \(topic.partitions.count) partitions and so no \(partition)",
        recovery: .stop)
    }
    let id = topic.partitions[partition.partition]
    let statement = try db.cachedStatement(sql: "SELECT first, next FROM partitions WHERE id = ?")
    guard let row = try Row.fetchOne(statement, arguments: [id]) else {
      throw LogError(.corrupt, "\(file.address) is damaged: partition \(partition) is missing", recovery: .stop)
    }
    let (lower, upper): (Offset, Offset) = (row[0], row[1])
    guard lower <= upper else {
      throw LogError(.corrupt, "\(file.address) is damaged: \(partition) ends before it begins", recovery: .stop)
    }
    return (id, lower..<upper)
  }
}
