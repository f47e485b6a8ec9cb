import EventLog

/// Where a record lies.
struct Place: Hashable, CustomStringConvertible {
  let partition: TopicPartition
  let offset: Offset

  init(_ partition: TopicPartition, _ offset: Offset) {
    self.partition = partition
    self.offset = offset
  }

  init(_ record: StoredRecord) {
    self.init(record.partition, record.offset)
  }

  /// As dead letters are named: `topic/partition/offset`.
  var description: String { "\(partition)/\(offset)" }
}
