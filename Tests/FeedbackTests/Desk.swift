import Cases
import EventLog
import Streams
import Testing
import Time

@testable import Feedback

/// One case's worth of the worker: hands events to the processor and keeps its state, each time through its stored form,
/// and the timer that it set.
struct Desk {
  struct Told {
    var topic: String
    var record: Record
    var event: CloudEvent

    var key: String { String(decoding: record.key ?? [], as: UTF8.self) }
    var text: String { String(decoding: record.value ?? [], as: UTF8.self) }
    var message: FeedbackMessage { get throws { try JSONData.decode(FeedbackMessage.self, from: record.value) } }
    var command: CaseCommand { get throws { try CaseCommand(type: event.type, data: event.data) } }
    var delivery: CaseCommand.RecordDelivery {
      get throws {
        guard case .recordDelivery(let delivery) = try command else { throw Unexpected(text: text) }
        return delivery
      }
    }
  }

  private(set) var state: FeedbackProcessor.State?
  var now = Events.time.instant
  private(set) var timer: (generation: Int, due: Instant)?
  private let processor: FeedbackProcessor

  init(_ rules: FeedbackRules? = nil, link: String? = nil) throws {
    let rules = if let rules { rules } else { try FeedbackRules.shipped() }
    guard let link else {
      processor = FeedbackProcessor(rules: rules)
      return
    }
    processor = FeedbackProcessor(rules: rules, link: { (id: CaseID) -> String in link + id.text })
  }

  /// Opened by the opinion and assigned: events c.1 and c.2.
  @discardableResult
  mutating func open(_ opinion: Opinion, _ assignment: Assignment = Events.assignment()) throws -> [Told] {
    try tell(Events.opened(opinion), "c.1") + tell(.assigned(assignment), "c.2")
  }

  mutating func open(channel: String) throws {
    try open(Events.opinion(channel: channel))
  }

  @discardableResult
  mutating func tell(_ event: CaseEvent, _ id: String) throws -> [Told] {
    let envelope = CloudEvent(
      id: id, source: Sources.track, type: event.type, subject: "c", time: Events.time, data: event.data)
    let input = try processor.decode(Self.stored(envelope.record(key: Array("c".utf8))))
    try restore()
    return try see(processor.process(input, state: &state, at: now))
  }

  /// Goes on to when the timer falls due; nothing if none is set.
  mutating func waitForTimer() throws -> [Told] {
    guard let timer else { return [] }
    now = max(now, timer.due)
    return try fire(timer.generation, timer.due)
  }

  mutating func fire(_ generation: Int, _ due: Instant) throws -> [Told] {
    timer = nil
    try restore()
    let fired = Streams.Timer(
      key: Array("c".utf8), kind: FeedbackTurn.attemptTimer, generation: generation, due: due)
    return try see(processor.punctuate(fired, state: &state, at: now))
  }

  private mutating func restore() throws {
    if let bytes = try state?.stored() { state = try FeedbackProcessor.State(stored: bytes) }
  }

  private mutating func see(_ effects: [Effect]) throws -> [Told] {
    var told: [Told] = []
    for effect in effects {
      switch effect {
      case .emit(let topic, let record):
        told.append(Told(topic: topic, record: record, event: try CloudEvent(record)))
      case .schedule(FeedbackTurn.attemptTimer, let generation, let due): timer = (generation, due)
      case .cancel(FeedbackTurn.attemptTimer): timer = nil
      default: throw Unexpected(text: "\(effect)")
      }
    }
    return told
  }

  static func reason(_ record: Record) throws -> String? {
    let processor = FeedbackProcessor(rules: try .shipped())
    do throws(Rejection) {
      _ = try processor.decode(stored(record))
      return nil
    } catch {
      return error.reason
    }
  }

  struct Unexpected: Error { var text: String }

  private static func stored(_ record: Record) -> StoredRecord {
    StoredRecord(
      partition: TopicPartition(Topics.cases, 0), offset: 0, timestamp: Instant(milliseconds: 1), record: record)
  }
}

extension [Desk.Told] {
  var messages: [FeedbackMessage] {
    get throws { try filter { $0.topic == Topics.feedback }.map { try $0.message } }
  }

  func messages(to recipient: Recipient) throws -> [FeedbackMessage] {
    try messages.filter { $0.to == recipient }
  }

  /// Words of what became of an answer.
  var deliveries: [CaseCommand.RecordDelivery] {
    get throws { try filter { $0.topic == Topics.commands }.map { try $0.delivery } }
  }
}
