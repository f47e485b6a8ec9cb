package import Time

/// One entry of the log as a writer gives it.
///
/// A missing key or value is ordinary: a record without a key may land in any partition, and one without a value is a
/// tombstone, which tells a compacted topic to forget the key.
package struct Record: Hashable, Sendable {
  package var key: [UInt8]?
  package var value: [UInt8]?
  package var headers: [Header]

  package init(key: [UInt8]?, value: [UInt8]?, headers: [Header] = []) {
    self.key = key
    self.value = value
    self.headers = headers
  }

  /// What it counts towards every limit in bytes: key, value and headers.
  package var size: Int {
    var size = (key?.count ?? 0) + (value?.count ?? 0)
    for header in headers { size += header.name.utf8.count + (header.value?.count ?? 0) }
    return size
  }

  /// The value of the last header of that name, since a later one stands for a correction of an earlier one.
  package func header(_ name: String) -> [UInt8]? {
    headers.last { $0.name == name }?.value
  }
}

/// A name and a value beside a record's own. Names may repeat; their order is kept.
package struct Header: Hashable, Sendable {
  package var name: String
  package var value: [UInt8]?

  package init(_ name: String, _ value: [UInt8]?) {
    self.name = name
    self.value = value
  }

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = Array(value.utf8)
  }
}

/// The place of a record within its partition; the first ever is 0. Offsets grow, but may leave gaps (an aborted
/// transaction, compaction, a broker's control records).
package typealias Offset = Int64

package struct TopicPartition: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let topic: String
  package let partition: Int

  package init(_ topic: String, _ partition: Int) {
    self.topic = topic
    self.partition = partition
  }

  package static func < (left: TopicPartition, right: TopicPartition) -> Bool {
    (left.topic, left.partition) < (right.topic, right.partition)
  }

  package var description: String { "\(topic)/\(partition)" }
}

/// One entry of the log as a reader finds it.
package struct StoredRecord: Hashable, Sendable {
  package let partition: TopicPartition
  package let offset: Offset
  /// When the log took the record in (Kafka: `message.timestamp.type=LogAppendTime`).
  package let timestamp: Instant
  package let record: Record

  package init(partition: TopicPartition, offset: Offset, timestamp: Instant, record: Record) {
    self.partition = partition
    self.offset = offset
    self.timestamp = timestamp
    self.record = record
  }
}
