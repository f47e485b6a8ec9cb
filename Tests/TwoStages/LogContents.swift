package import EventLog

/// What a log holds, read from the outside as a committed-only reader sees it.
package struct LogContents {
  private let log: any EventLog

  package init(of log: any EventLog) {
    self.log = log
  }

  /// All records of a topic, partition by partition, in order.
  package func records(of topic: String) throws(LogError) -> [StoredRecord] {
    guard let specification = try log.topics().first(where: { $0.name == topic }) else { return [] }
    let reader = try log.openReader()
    defer { reader.close() }
    var records: [StoredRecord] = []
    for number in 0..<specification.partitions {
      let partition = TopicPartition(topic, number)
      let bounds = try reader.bounds(of: partition)
      var position = bounds.lowerBound
      while position < bounds.upperBound {
        let chunk = try reader.read(
          from: [partition: position], for: .seconds(1), limit: BatchLimit(records: 10_000, bytes: 8 << 20))
        records += chunk.records.filter { $0.offset < bounds.upperBound }
        position = chunk.positions[partition] ?? position
      }
    }
    return records
  }

  /// The values of a topic by key, each key's in order; `nil` stands for a tombstone.
  package func valuesByKey(of topic: String) throws(LogError) -> [String: [String?]] {
    var values: [String: [String?]] = [:]
    for record in try records(of: topic).map(\.record) {
      let key = record.key.map { String(decoding: $0, as: UTF8.self) } ?? ""
      values[key, default: []].append(record.value.map { String(decoding: $0, as: UTF8.self) })
    }
    return values
  }

  /// A changelog folded to what it leaves: the last value of each of its keys, tombstones gone.
  package func folded(_ changelog: String) throws(LogError) -> [[UInt8]: [UInt8]] {
    var state: [[UInt8]: [UInt8]] = [:]
    for record in try records(of: changelog).map(\.record) {
      guard let key = record.key else { continue }
      state[key] = record.value
    }
    return state
  }

  /// How many records there are in a topic.
  package func count(of topic: String) throws(LogError) -> Int {
    try records(of: topic).count
  }
}
