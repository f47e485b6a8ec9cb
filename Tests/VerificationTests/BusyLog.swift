import EventLog

/// A log on which something happens before every look that a reader takes at it: so that what is read is never of one
/// moment.
final class BusyLog: EventLog {
  private let log: any EventLog
  private let happens: @Sendable () -> Void

  /// - Parameter happens: on the thread of the reader.
  init(_ log: any EventLog, happens: @escaping @Sendable () -> Void) {
    self.log = log
    self.happens = happens
  }

  var address: String { log.address }

  func identity() throws(LogError) -> String { try log.identity() }
  func create(_ topics: [TopicSpecification]) throws(LogError) -> [TopicReport] { try log.create(topics) }
  func topics() throws(LogError) -> [TopicSpecification] { try log.topics() }
  func join(_ membership: Membership) throws(LogError) -> any LogMember { try log.join(membership) }
  func openReader() throws(LogError) -> any LogReader { Reader(try log.openReader(), happens) }
  func openPublisher(as name: String) throws(LogError) -> any LogPublisher { try log.openPublisher(as: name) }

  private final class Reader: LogReader {
    private let reader: any LogReader
    private let happens: () -> Void

    init(_ reader: any LogReader, _ happens: @escaping () -> Void) {
      self.reader = reader
      self.happens = happens
    }

    func bounds(of partition: TopicPartition) throws(LogError) -> Range<Offset> {
      happens()
      return try reader.bounds(of: partition)
    }

    func committedOffsets(of group: String) throws(LogError) -> [TopicPartition: Offset] {
      happens()
      return try reader.committedOffsets(of: group)
    }

    func read(
      from positions: [TopicPartition: Offset], for wait: Duration, limit: BatchLimit
    ) throws(LogError) -> Chunk {
      happens()
      // Few at a time, so that more can happen in between.
      return try reader.read(from: positions, for: wait, limit: BatchLimit(records: 3, bytes: limit.bytes))
    }

    func close() { reader.close() }
  }
}
