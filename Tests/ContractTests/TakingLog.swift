import EventLog

/// A log that takes records in, or is away.
final class TakingLog: EventLog {
  private let isAway: Bool

  init(isAway: Bool) { self.isAway = isAway }

  fileprivate func take() throws(LogError) {
    if isAway { throw LogError(.unreachable, "away", recovery: .retry) }
  }

  var address: String { "test:" }

  func openPublisher(as name: String) throws(LogError) -> any LogPublisher { Publisher(log: self) }
  func identity() throws(LogError) -> String { "test" }
  func create(_ topics: [TopicSpecification]) throws(LogError) -> [TopicReport] { [] }
  func topics() throws(LogError) -> [TopicSpecification] { [] }

  func join(_ membership: Membership) throws(LogError) -> any LogMember {
    throw LogError(.other, "takes records in only", recovery: .stop)
  }

  func openReader() throws(LogError) -> any LogReader {
    throw LogError(.other, "takes records in only", recovery: .stop)
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
