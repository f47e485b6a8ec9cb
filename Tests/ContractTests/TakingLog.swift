import EventLog

import Streams
import Time

/// A log that takes records in, or is away; of what it holds only dead letters can be read.
final class TakingLog: EventLog {
  private let isAway: Bool
  fileprivate let letters: [DeadLetter]

  init(isAway: Bool, letters: [DeadLetter] = []) {
    self.isAway = isAway
    self.letters = letters
  }

  fileprivate func take() throws(LogError) {
    if isAway { throw LogError(.unreachable, "away", recovery: .retry) }
  }

  var address: String { "test:" }

  func openPublisher(as name: String) throws(LogError) -> any LogPublisher { Publisher(log: self) }
  func identity() throws(LogError) -> String { "test" }
  func create(_ topics: [TopicSpecification]) throws(LogError) -> [TopicReport] { [] }

  func topics() throws(LogError) -> [TopicSpecification] {
    [TopicSpecification(name: DeadLetter.topic, partitions: 1, cleanup: .delete(after: nil))]
  }

  func join(_ membership: Membership) throws(LogError) -> any LogMember {
    throw LogError(.other, "takes records in only", recovery: .stop)
  }

  func openReader() throws(LogError) -> any LogReader { Reader(log: self) }

  private final class Reader: LogReader {
    private let log: TakingLog

    init(log: TakingLog) { self.log = log }

    func bounds(of partition: TopicPartition) throws(LogError) -> Range<Offset> {
      try log.take()
      return 0..<Offset(log.letters.count)
    }

    func committedOffsets(of group: String) throws(LogError) -> [TopicPartition: Offset] { [:] }

    func read(
      from positions: [TopicPartition: Offset], for wait: Duration, limit: BatchLimit
    ) throws(LogError) -> Chunk {
      var chunk = Chunk(records: [], positions: [:])
      for (partition, position) in positions {
        chunk.records += log.letters.enumerated().dropFirst(Int(position)).map { offset, letter in
          StoredRecord(
            partition: partition, offset: Offset(offset), timestamp: letter.failedAt, record: letter.record)
        }
        chunk.positions[partition] = Offset(log.letters.count)
      }
      return chunk
    }

    func close() {}
  }

  private final class Publisher: LogPublisher {
    private let log: TakingLog

    init(log: TakingLog) { self.log = log }

    func publish(_ outputs: [Output]) throws(LogError) -> [(partition: TopicPartition, offset: Offset)] {
      try log.take()
      return outputs.map { (TopicPartition($0.topic, 0), 0) }
    }

    func close() {}
  }
}
