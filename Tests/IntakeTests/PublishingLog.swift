import EventLog
import Synchronization
import Time

/// A log that only takes records in, and fails as it is told.
final class PublishingLog: EventLog {
  enum Trouble {
    /// Nothing took place.
    case refuses(LogError)
    /// It took place, but the answer was lost.
    case losesAnswer(LogError)
  }

  private struct State {
    var published: [Output] = []
    var troubles: [Trouble] = []
    var isAway = false
    var publishers: [String] = []
  }

  private let state = Mutex(State())

  static let away = LogError(.unreachable, "no broker", recovery: .retry)

  var published: [Output] { state.withLock { $0.published } }
  /// The names of the publishers opened, in order.
  var publishers: [String] { state.withLock { $0.publishers } }

  /// The next publications meet these, one each.
  func meet(_ troubles: Trouble...) { state.withLock { $0.troubles = troubles } }
  func setAway(_ isAway: Bool) { state.withLock { $0.isAway = isAway } }

  fileprivate func publish(_ outputs: [Output]) throws(LogError) {
    try state.withLock { state throws(LogError) in
      if state.isAway { throw Self.away }
      guard !state.troubles.isEmpty else {
        state.published += outputs
        return
      }
      switch state.troubles.removeFirst() {
      case .refuses(let error): throw error
      case .losesAnswer(let error):
        state.published += outputs
        throw error
      }
    }
  }

  var address: String { "test:" }

  func openPublisher(as name: String) throws(LogError) -> any LogPublisher {
    state.withLock { $0.publishers.append(name) }
    return Publisher(self)
  }

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
