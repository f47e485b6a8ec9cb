import EventLog
import Synchronization

/// Another log, of which the next reads fail as it is told.
final class TroubledLog: EventLog {
  private let log: any EventLog
  private let troubles = Mutex<[LogError]>([])
  private let readers = Mutex(0)

  init(_ log: any EventLog) { self.log = log }

  func meet(_ errors: LogError...) { troubles.withLock { $0 = errors } }
  var openReaders: Int { readers.withLock { $0 } }

  var address: String { log.address }
  func identity() throws(LogError) -> String { try log.identity() }
  func create(_ topics: [TopicSpecification]) throws(LogError) -> [TopicReport] { try log.create(topics) }
  func topics() throws(LogError) -> [TopicSpecification] { try log.topics() }
  func join(_ membership: Membership) throws(LogError) -> any LogMember { try log.join(membership) }
  func openPublisher(as name: String) throws(LogError) -> any LogPublisher { try log.openPublisher(as: name) }

  func openReader() throws(LogError) -> any LogReader {
    readers.withLock { $0 += 1 }
    return Reader(try log.openReader(), self)
  }

  private final class Reader: LogReader {
    private let reader: any LogReader
    private let log: TroubledLog

    init(_ reader: any LogReader, _ log: TroubledLog) {
      self.reader = reader
      self.log = log
    }

    func bounds(of partition: TopicPartition) throws(LogError) -> Range<Offset> { try reader.bounds(of: partition) }

    func committedOffsets(of group: String) throws(LogError) -> [TopicPartition: Offset] {
      try reader.committedOffsets(of: group)
    }

    func read(
      from positions: [TopicPartition: Offset], for wait: Duration, limit: BatchLimit
    ) throws(LogError) -> Chunk {
      if let trouble = log.troubles.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { throw trouble }
      return try reader.read(from: positions, for: wait, limit: limit)
    }

    func close() {
      log.readers.withLock { $0 -= 1 }
      reader.close()
    }
  }
}
