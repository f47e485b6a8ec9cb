import EventLog
import Streams
import Synchronization
import Time

/// A log that holds dead letters, and takes what is decided on them.
final class LetterLog: EventLog {
  private let letters: [DeadLetter]
  private let outputs = Mutex<[Output]>([])

  init(_ letters: [DeadLetter]) { self.letters = letters }

  var published: [Output] { outputs.withLock { $0 } }

  var address: String { "test:" }
  func identity() throws(LogError) -> String { "test" }
  func create(_ topics: [TopicSpecification]) throws(LogError) -> [TopicReport] { [] }
  func openReader() throws(LogError) -> any LogReader { Reader(letters: letters) }
  func openPublisher(as name: String) throws(LogError) -> any LogPublisher { Publisher(log: self) }

  func topics() throws(LogError) -> [TopicSpecification] {
    [TopicSpecification(name: DeadLetter.topic, partitions: 1, cleanup: .delete(after: nil))]
  }

  func join(_ membership: Membership) throws(LogError) -> any LogMember {
    throw LogError(.other, "is not for workers", recovery: .stop)
  }

  private final class Reader: LogReader {
    private let letters: [DeadLetter]

    init(letters: [DeadLetter]) { self.letters = letters }

    func bounds(of partition: TopicPartition) throws(LogError) -> Range<Offset> { 0..<Offset(letters.count) }
    func committedOffsets(of group: String) throws(LogError) -> [TopicPartition: Offset] { [:] }

    func read(
      from positions: [TopicPartition: Offset], for wait: Duration, limit: BatchLimit
    ) throws(LogError) -> Chunk {
      var chunk = Chunk(records: [], positions: [:])
      for (partition, position) in positions {
        chunk.records += letters.enumerated().dropFirst(Int(position)).map { offset, letter in
          StoredRecord(
            partition: partition, offset: Offset(offset), timestamp: letter.failedAt, record: letter.record)
        }
        chunk.positions[partition] = Offset(letters.count)
      }
      return chunk
    }

    func close() {}
  }

  private final class Publisher: LogPublisher {
    private let log: LetterLog

    init(log: LetterLog) { self.log = log }

    func publish(_ outputs: [Output]) throws(LogError) -> [(partition: TopicPartition, offset: Offset)] {
      log.outputs.withLock { $0 += outputs }
      return outputs.map { (TopicPartition($0.topic, 0), 0) }
    }

    func close() {}
  }
}
