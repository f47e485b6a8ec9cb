import Dispatch
import EventLog
import Synchronization
import Time

/// A log that only takes records in, while it isn't away.
final class PublishingLog: EventLog {
  private struct State {
    var published: [Output] = []
    var isAway = false
  }

  private let state = Mutex(State())
  private let comings = DispatchSemaphore(value: 0)

  var published: [Output] { state.withLock { $0.published } }

  func setAway(_ isAway: Bool) {
    state.withLock { $0.isAway = isAway }
    if !isAway { comings.signal() }
  }

  /// Blocks while the log is away.
  func pause() {
    if state.withLock({ $0.isAway }) { comings.wait() }
  }

  fileprivate func publish(_ outputs: [Output]) throws(LogError) {
    try state.withLock { state throws(LogError) in
      if state.isAway { throw LogError(.unreachable, "no broker", recovery: .retry) }
      state.published += outputs
    }
  }

  var address: String { "test:" }

  func openPublisher(as name: String) throws(LogError) -> any LogPublisher {
    Publisher(self)
  }

  func identity() throws(LogError) -> String { "test" }
  func create(_ topics: [TopicSpecification]) throws(LogError) -> [TopicReport] { [] }
  func topics() throws(LogError) -> [TopicSpecification] { [] }

  func join(_ membership: Membership) throws(LogError) -> any LogMember {
    throw LogError(.other, "takes records in only", recovery: .stop)
  }

  func openReader() throws(LogError) -> any LogReader { EmptyReader() }

  private final class EmptyReader: LogReader {
    func bounds(of partition: TopicPartition) throws(LogError) -> Range<Offset> { 0..<0 }
    func committedOffsets(of group: String) throws(LogError) -> [TopicPartition: Offset] { [:] }

    func read(
      from positions: [TopicPartition: Offset], for wait: Duration, limit: BatchLimit
    ) throws(LogError) -> Chunk {
      Chunk(records: [], positions: positions)
    }

    func close() {}
  }

  private final class Publisher: LogPublisher {
    private let log: PublishingLog
    private var isOpen = true

    init(_ log: PublishingLog) { self.log = log }

    func publish(_ outputs: [Output]) throws(LogError) -> [(partition: TopicPartition, offset: Offset)] {
      guard isOpen else { throw LogError(.fenced, "closed", recovery: .stop) }
      try log.publish(outputs)
      return outputs.map { (TopicPartition($0.topic, 0), 0) }
    }

    func close() { isOpen = false }
  }
}
