import Cases
import EventLog
import Feedback
import FoundationEssentials
import Streams
import Testing
import Time

/// One case's worth of the worker: hands events to the processor and keeps its state, each time through its stored form.
struct Desk {
  struct Told {
    var topic: String
    var record: Record
    var event: CloudEvent

    var key: String { String(decoding: record.key ?? [], as: UTF8.self) }
    var text: String { String(decoding: record.value ?? [], as: UTF8.self) }
    var fields: [String: String] {
      (try? JSONDecoder().decode([String: String].self, from: Data(text.utf8))) ?? [:]
    }
    var command: CaseCommand { get throws { try CaseCommand(type: event.type, data: event.data) } }
  }

  private(set) var state: FeedbackProcessor.State?
  var now = Instant(milliseconds: 1_780_000_000_000)
  private let processor = FeedbackProcessor()

  mutating func open(channel: String) throws {
    #expect(try tell(Events.opened(channel: channel), "c.1").isEmpty)
    try tell(Events.assigned(), "c.3")
  }

  @discardableResult
  mutating func tell(_ event: CaseEvent, _ id: String) throws -> [Told] {
    let envelope = CloudEvent(
      id: id, source: Sources.track, type: event.type, subject: "c", time: Events.time, data: event.data)
    let input = try processor.decode(Self.stored(envelope.record(key: Array("c".utf8))))
    if let bytes = try state?.stored() { state = try FeedbackProcessor.State(stored: bytes) }
    return try processor.process(input, state: &state, at: now).map { effect in
      guard case .emit(let topic, let record) = effect else { throw Unexpected(effect: effect) }
      return Told(topic: topic, record: record, event: try CloudEvent(record))
    }
  }

  static func reason(_ record: Record) -> String? {
    do throws(Rejection) {
      _ = try FeedbackProcessor().decode(stored(record))
      return nil
    } catch {
      return error.reason
    }
  }

  private struct Unexpected: Error { var effect: Effect }

  private static func stored(_ record: Record) -> StoredRecord {
    StoredRecord(
      partition: TopicPartition(Topics.cases, 0), offset: 0, timestamp: Instant(milliseconds: 1), record: record)
  }
}
