import EventLog
import Synchronization
import Time

/// A log that costs next to nothing: it hands out one record after another that were made beforehand and forgets what is
/// appended, so that what is measured over it is the loop alone.
final class WeightlessLog: EventLog {
  let address = "weightless:"
  private let specifications: [TopicSpecification]
  private let input: String
  private let records: [StoredRecord]

  /// - Parameter records: of partition 0 of the topic `input`, with offsets from 0 on.
  init(_ specifications: [TopicSpecification], input: String, records: [StoredRecord]) {
    self.specifications = specifications
    self.input = input
    self.records = records
  }

  func identity() throws(LogError) -> String { "weightless" }
  func create(_ topics: [TopicSpecification]) throws(LogError) -> [TopicReport] { [] }
  func topics() throws(LogError) -> [TopicSpecification] { specifications }
  func join(_ membership: Membership) throws(LogError) -> any LogMember { Member(input: input, records: records) }
  func openReader() throws(LogError) -> any LogReader { Reader() }

  func openPublisher(as name: String) throws(LogError) -> any LogPublisher {
    throw LogError(.other, "the weightless log takes nothing from outside", recovery: .stop)
  }

  private final class Member: LogMember {
    private let partition: TopicPartition
    private let records: [StoredRecord]
    private var position = 0
    private var isNew = true

    init(input: String, records: [StoredRecord]) {
      partition = TopicPartition(input, 0)
      self.records = records
    }

    func poll(for wait: Duration, limit: BatchLimit, paused: Set<TopicPartition>) throws(LogError) -> Polled {
      let end = Offset(records.count)
      if isNew {
        isNew = false
        return Polled(
          gained: [partition: 0], ends: [partition: end], positions: [partition: 0],
          metadata: GroupMetadata(generation: 1))
      }
      let next = paused.isEmpty ? min(records.count, position + limit.records) : position
      defer { position = next }
      return Polled(
        records: Array(records[position..<next]), ends: [partition: end], positions: [partition: Offset(next)],
        metadata: GroupMetadata(generation: 1))
    }

    func commit(_ outcome: Outcome) throws(LogError) -> Commit { .committed(ends: [:]) }
    func leave() {}
  }

  private final class Reader: LogReader {
    func bounds(of partition: TopicPartition) throws(LogError) -> Range<Offset> { 0..<0 }
    func committedOffsets(of group: String) throws(LogError) -> [TopicPartition: Offset] { [:] }

    func read(
      from positions: [TopicPartition: Offset], for wait: Duration, limit: BatchLimit
    ) throws(LogError) -> Chunk {
      Chunk(records: [], positions: positions)
    }

    func close() {}
  }
}
