import CLibrdkafka
import EventLog

/// Partitions that are read, and how far: hands out what was fetched of them, taking turns.
struct Rotation {
  struct Entry {
    let queue: FetchQueue
    /// Where it is read on; `nil` until that is known, and till then nothing is handed out.
    var position: Offset?
    /// Whether the last thing that was seen of it is its end.
    var isAtEnd = false
  }

  private(set) var entries: [TopicPartition: Entry] = [:]
  private var order: [TopicPartition] = []
  private var turn = 0
  /// What the last call left in the queues, unless it handed out all that there was.
  private var left: Int?

  var partitions: [TopicPartition] { order }
  var positions: [TopicPartition: Offset] { entries.compactMapValues(\.position) }

  /// Whether a backlog is being worked off, and nothing of it has come since records were taken last.
  var seemsUnfetched: Bool { left.map { $0 == queued } ?? false }

  private var queued: Int { entries.values.reduce(0) { $0 + $1.queue.count } }

  mutating func insert(_ queue: FetchQueue, at position: Offset?) {
    entries[queue.partition] = Entry(queue: queue, position: position)
    order = entries.keys.sorted()
  }

  mutating func remove(_ partition: TopicPartition) {
    entries[partition] = nil
    order.removeAll { $0 == partition }
  }

  /// Reading goes on elsewhere: what was peeked at is void.
  mutating func move(_ partition: TopicPartition, to position: Offset?) {
    entries[partition]?.queue.dropFirst()
    entries[partition]?.position = position
    entries[partition]?.isAtEnd = false
  }

  /// The next records, each partition's in order, beginning with the partition after the one that came last. Positions
  /// move along.
  /// - Throws: what went wrong with one partition. Records that had been taken before it are to be read again.
  mutating func take(
    _ limit: BatchLimit, besides paused: Set<TopicPartition> = []
  ) throws(PartitionTrouble) -> [StoredRecord] {
    let records = try next(limit, besides: paused)
    let queued = queued
    left = queued > 0 || records.count == limit.records ? queued : nil
    return records
  }

  private mutating func next(
    _ limit: BatchLimit, besides paused: Set<TopicPartition>
  ) throws(PartitionTrouble) -> [StoredRecord] {
    var records: [StoredRecord] = []
    var bytes = 0
    let start = turn
    for step in order.indices {
      let index = (start + step) % order.count
      let partition = order[index]
      guard var entry = entries[partition], var position = entry.position, !paused.contains(partition) else { continue }
      defer {
        entry.position = position
        entries[partition] = entry
      }
      while let item = entry.queue.peek() {
        switch item {
        case .record(let offset, let size):
          if records.count >= limit.records || (!records.isEmpty && bytes + size > limit.bytes) { return records }
          entry.isAtEnd = false
          // A fetch may begin with records of the same batch that were handed out before.
          guard let record = entry.queue.takeFirst(), offset >= position else { continue }
          bytes += size
          records.append(record)
          position = offset + 1
          turn = index + 1
        case .end(let offset):
          entry.queue.dropFirst()
          entry.isAtEnd = true
          position = max(position, offset)
        case .failed(let error):
          entry.queue.dropFirst()
          throw PartitionTrouble(partition: partition, position: position, error: error)
        }
      }
    }
    return records
  }
}

/// What librdkafka said of one partition instead of handing out its records.
struct PartitionTrouble: Error {
  let partition: TopicPartition
  let position: Offset
  let error: KafkaError

  /// The position lies outside of the partition.
  var isOutOfRange: Bool {
    error.code == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET || error.code == RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE
  }
}
