import EventLog
import GRDB
import Time

/// Appends records within one write transaction.
struct Appender {
  /// A partition, as far as this transaction has come.
  private struct Tail {
    let partition: TopicPartition
    var next: Offset
    var time: Int64
  }

  private let db: Database
  private let file: LogFile
  private let now: Int64
  private var tails: [Int64: Tail] = [:]

  init(to file: LogFile, in db: Database) {
    self.db = db
    self.file = file
    now = file.settings.now().milliseconds
  }

  mutating func append(_ output: Output) throws -> (partition: TopicPartition, offset: Offset) {
    let record = output.record
    guard let topic = try file.topic(named: output.topic, in: db) else {
      throw LogError.unknownTopic(output.topic, in: file.address, recovery: .stop)
    }
    let limit = topic.specification.maximumRecordSize
    if record.size > limit {
      throw LogError(
        .recordTooLarge, "a record of \(record.size) bytes is too large for topic \(topic.name), which takes \(limit)",
        recovery: .stop)
    }
    if topic.isCompacted, record.key == nil {
      throw LogError(
        .other, "topic \(topic.name) is compacted and takes no record without a key", recovery: .stop)
    }
    let number = try number(for: output, in: topic)
    let id = topic.partitions[number]
    var tail = try tail(of: id, TopicPartition(topic.name, number))
    let offset = tail.next
    // Time never runs backwards within a partition, whatever the clock does: retention counts on it.
    tail.time = max(now, tail.time)
    tail.next += 1
    tails[id] = tail
    try db.perform(
      "INSERT INTO records (id, time, key, value, headers) VALUES (?, ?, ?, ?, ?)",
      [
        RecordID.of(offset, in: id), tail.time, DatabaseValue.bytes(record.key), DatabaseValue.bytes(record.value),
        DatabaseValue.bytes(HeaderCoding.encode(record.headers)),
      ])
    return (tail.partition, offset)
  }

  /// Writes down how far the partitions have come. Nothing may be appended after it.
  /// - Returns: for each partition that got a record the offset after the last one.
  func finish() throws -> [TopicPartition: Offset] {
    var ends: [TopicPartition: Offset] = [:]
    for (id, tail) in tails {
      try db.perform("UPDATE partitions SET next = ?, time = ? WHERE id = ?", [tail.next, tail.time, id])
      ends[tail.partition] = tail.next
    }
    return ends
  }

  private mutating func number(for output: Output, in topic: TopicRow) throws -> Int {
    if let number = output.partition {
      if topic.partitions.indices.contains(number) { return number }
      throw LogError(
        .unknownTopic, "topic \(topic.name) has \(topic.partitions.count) partitions and so none of number \(number)",
        recovery: .stop)
    }
    if let key = output.record.key { return Partitioner.partition(of: key, among: topic.partitions.count) }
    // The shortest partition, so that the same appends to the same log always land in the same places.
    var shortest = (number: 0, next: Offset.max)
    for (number, id) in topic.partitions.enumerated() {
      let next = try tail(of: id, TopicPartition(topic.name, number)).next
      if next < shortest.next { shortest = (number, next) }
    }
    return shortest.number
  }

  private mutating func tail(of id: Int64, _ partition: TopicPartition) throws -> Tail {
    if let tail = tails[id] { return tail }
    let statement = try db.cachedStatement(sql: "SELECT next, time FROM partitions WHERE id = ?")
    guard let row = try Row.fetchOne(statement, arguments: [id]) else {
      throw LogError(.corrupt, "\(file.address) is damaged: partition \(partition) is missing", recovery: .stop)
    }
    let tail = Tail(partition: partition, next: row[0], time: row[1])
    tails[id] = tail
    return tail
  }
}
