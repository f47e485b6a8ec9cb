import EventLog
import Synchronization
import Time

/// A log in memory that is only read, and fails as it is told. It never waits.
final class ReadableLog: EventLog {
  private struct State {
    var identity = "one"
    var partitions: [TopicPartition: [Record]] = [:]
    /// The first offset that is still there, where that isn't 0.
    var firsts: [TopicPartition: Offset] = [:]
    /// Calls of any kind that are answered before each trouble, in order.
    var troubles: [LogError] = []
    var readers = 0
  }

  private let state = Mutex(State())
  private let partitionCount: Int

  init(partitions: Int = 2) {
    partitionCount = partitions
  }

  func createCases() {
    state.withLock { state in
      for number in 0..<partitionCount where state.partitions[TopicPartition("cases", number)] == nil {
        state.partitions[TopicPartition("cases", number)] = []
      }
    }
  }

  func append(_ records: Record...) {
    createCases()
    state.withLock { state in
      for record in records {
        let number = Partitioner.partition(of: record.key ?? [], among: partitionCount)
        state.partitions[TopicPartition("cases", number), default: []].append(record)
      }
    }
  }

  /// Into its partition 0; the topic is made if it is missing.
  func append(_ records: Record..., to topic: String) {
    state.withLock { $0.partitions[TopicPartition(topic, 0), default: []] += records }
  }

  /// What lies before that offset of its partition 0 goes.
  func expire(_ topic: String, before offset: Offset) {
    state.withLock { $0.firsts[TopicPartition(topic, 0)] = offset }
  }

  func becomeAnother(_ identity: String) {
    state.withLock { state in
      state.identity = identity
      state.partitions = [:]
    }
  }

  func truncate() { state.withLock { $0.partitions = $0.partitions.mapValues { _ in [] } } }

  /// The next reads meet these, one each.
  func meet(_ troubles: LogError...) { state.withLock { $0.troubles = troubles } }

  var openReaders: Int { state.withLock { $0.readers } }
  var address: String { "test:" }
  func identity() throws(LogError) -> String { state.withLock { $0.identity } }
  func create(_ topics: [TopicSpecification]) throws(LogError) -> [TopicReport] { [] }

  func topics() throws(LogError) -> [TopicSpecification] {
    let partitions = state.withLock { $0.partitions.keys }
    return Dictionary(grouping: partitions, by: \.topic).sorted { $0.key < $1.key }.map { name, partitions in
      TopicSpecification(name: name, partitions: partitions.count, cleanup: .delete(after: nil))
    }
  }

  func join(_ membership: Membership) throws(LogError) -> any LogMember {
    throw LogError(.other, "is only read", recovery: .stop)
  }

  func openPublisher(as name: String) throws(LogError) -> any LogPublisher {
    throw LogError(.other, "is only read", recovery: .stop)
  }

  func openReader() throws(LogError) -> any LogReader {
    state.withLock { $0.readers += 1 }
    return Reader(self)
  }

  private final class Reader: LogReader {
    private let log: ReadableLog

    init(_ log: ReadableLog) { self.log = log }

    func bounds(of partition: TopicPartition) throws(LogError) -> Range<Offset> {
      log.state.withLock { state in
        (state.firsts[partition] ?? 0)..<Offset(state.partitions[partition]?.count ?? 0)
      }
    }

    func committedOffsets(of group: String) throws(LogError) -> [TopicPartition: Offset] { [:] }

    /// Two records at a time, so that a test has many chunks.
    func read(
      from positions: [TopicPartition: Offset], for wait: Duration, limit: BatchLimit
    ) throws(LogError) -> Chunk {
      try log.state.withLock { state throws(LogError) in
        if !state.troubles.isEmpty { throw state.troubles.removeFirst() }
        var chunk = Chunk(records: [], positions: positions)
        for (partition, position) in positions.sorted(by: { $0.key < $1.key }) {
          for (offset, record) in (state.partitions[partition] ?? []).enumerated().dropFirst(Int(position)) {
            guard chunk.records.count < 2 else { return chunk }
            chunk.records.append(
              StoredRecord(
                partition: partition, offset: Offset(offset), timestamp: Instant(milliseconds: 0), record: record))
            chunk.positions[partition] = Offset(offset) + 1
          }
        }
        return chunk
      }
    }

    func close() { log.state.withLock { $0.readers -= 1 } }
  }
}
