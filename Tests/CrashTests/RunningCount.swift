import EventLog

/// Counts what is committed in the topics of a log, as it comes.
final class RunningCount {
  private let log: any EventLog
  private var reader: (any LogReader)?
  private var positions: [TopicPartition: Offset] = [:]
  private var counts: [String: Int] = [:]

  init(of topics: [TopicSpecification], in log: any EventLog) {
    self.log = log
    for topic in topics {
      for number in 0..<topic.partitions { positions[TopicPartition(topic.name, number)] = 0 }
    }
  }

  /// While the log is away, what was counted before.
  func now(_ topic: String) throws(LogError) -> Int {
    do throws(LogError) {
      try catchUp()
    } catch {
      if error.recovery == .stop { throw error }
      reader = nil
    }
    return counts[topic, default: 0]
  }

  private func catchUp() throws(LogError) {
    if reader == nil { reader = try log.openReader() }
    while let reader {
      let chunk = try reader.read(from: positions, for: .zero, limit: BatchLimit(records: 10_000, bytes: 8 << 20))
      for record in chunk.records { counts[record.partition.topic, default: 0] += 1 }
      positions.merge(chunk.positions) { $1 }
      if chunk.records.isEmpty { return }
    }
  }
}
