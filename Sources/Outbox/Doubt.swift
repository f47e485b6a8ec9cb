import EventLog

/// Which records of a batch the log has, where that isn't known: after a start, or an answer that was lost.
///
/// A batch is published whole or not at all and in order, but what was a batch then may be only the beginning of it now.
struct Doubt {
  private let batch: [Spool.Entry]
  private let places: [TopicPartition: Offset]

  /// - Parameter places: for each partition of the batch's topics, one at or before which none of its records can be.
  init(_ batch: [Spool.Entry], places: [TopicPartition: Offset]) {
    self.batch = batch
    self.places = places
  }

  /// How many entries, from the first one on, the log has. Reads what has been written to the partitions since.
  func countKnown(to log: any EventLog) throws(LogError) -> Int {
    let wanted = Set(batch.flatMap(\.outputs).map(\.record))
    let reader = try log.openReader()
    defer { reader.close() }
    let topics = Set(batch.flatMap(\.outputs).map(\.topic))
    var positions: [TopicPartition: Offset] = [:]
    var ends: [TopicPartition: Offset] = [:]
    for (partition, place) in places where topics.contains(partition.topic) {
      let bounds = try reader.bounds(of: partition)
      ends[partition] = bounds.upperBound
      if place < bounds.upperBound { positions[partition] = max(place, bounds.lowerBound) }
    }
    var found: [Record: Int] = [:]
    while !positions.isEmpty {
      let chunk = try reader.read(from: positions, for: .seconds(1), limit: Line.batch)
      for record in chunk.records where wanted.contains(record.record) { found[record.record, default: 0] += 1 }
      positions = chunk.positions.filter { $0.value < ends[$0.key] ?? 0 }
    }
    var count = 0
    for entry in batch {
      for output in entry.outputs {
        guard let number = found[output.record], number > 0 else { return count }
        found[output.record] = number - 1
      }
      count += 1
    }
    return count
  }
}
