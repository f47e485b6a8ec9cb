import Cases
import Conversations
import EventLog
import Streams
import Testing
import Time

/// Plays the part of the worker for one `converse`: keeps each citizen's state and timers, and takes the effects as their
/// documentation says.
struct Bench {
  struct Entry {
    var state: Conversation?
    var timers: [Streams.Timer.Kind: Streams.Timer] = [:]
  }

  let processor: ConverseProcessor
  private(set) var said: [Said] = []
  private(set) var deadLetters: [String] = []
  private(set) var counts: [String: Int] = [:]
  private(set) var largestState = 0
  private var entries: [[UInt8]: Entry] = [:]
  private var sent = 0

  init(_ pace: Pace = Pace()) {
    processor = ConverseProcessor(pace: pace)
  }

  var opinions: [Opinion] { said.map(\.opinion) }
  var texts: [String] { opinions.map(\.text) }
  var keys: [[UInt8]] { Array(entries.keys) }

  func entry(_ key: [UInt8] = ChatID(account: Delivery.account, openid: "o-1").key) -> Entry {
    entries[key] ?? Entry()
  }

  func stateSize(_ key: [UInt8] = ChatID(account: Delivery.account, openid: "o-1").key) throws -> Int {
    try entries[key]?.state?.stored().count ?? 0
  }

  // MARK: What arrives

  /// A message of one citizen that is read when it is written, or at `read`, after all timers due by then.
  @discardableResult
  mutating func send(
    _ message: ChatMessage, at created: String, read: String? = nil, id: String? = nil
  ) -> Delivery {
    sent += 1
    let delivery = Delivery(
      id: id ?? "m-\(sent)", message: message, created: time(created), recorded: time(read ?? created))
    pass(to: delivery.recorded)
    take(delivery)
    return delivery
  }

  mutating func text(_ text: String, at created: String, read: String? = nil, id: String? = nil) {
    send(Samples.message(.text, text), at: created, read: read, id: id)
  }

  mutating func finish(at created: String) { send(Samples.message(.finish), at: created) }

  mutating func scan(_ code: String, at created: String, read: String? = nil) {
    send(Samples.message(.scan, code: code), at: created, read: read)
  }

  /// - Note: fires timers of its citizen alone: no other's matter.
  mutating func take(_ delivery: Delivery) {
    if delivery.isPunctual { fire(delivery.key, by: delivery.recorded) }
    take(delivery.record, at: delivery.recorded)
  }

  mutating func take(_ record: Record, at recorded: Instant) {
    let stored = StoredRecord(
      partition: TopicPartition(Topics.chats, 0), offset: 0, timestamp: recorded, record: record)
    do throws(Rejection) {
      let input = try processor.decode(stored)
      let key = record.key ?? []
      var state = restored(key)
      perform(processor.process(input, state: &state, at: recorded), key, state)
    } catch {
      deadLetters.append(error.reason)
    }
  }

  /// Fires all that is due by then.
  mutating func pass(to text: String) { pass(to: time(text)) }

  mutating func pass(to end: Instant) {
    for key in entries.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) { fire(key, by: end) }
  }

  private mutating func fire(_ key: [UInt8], by end: Instant) {
    while let timer = entries[key]?.timers.values.filter({ $0.due <= end }).min(by: { $0.due < $1.due }) {
      entries[key]?.timers[timer.kind] = nil
      fire(timer, at: end)
    }
  }

  /// Whether it is set or not.
  mutating func fire(_ timer: Streams.Timer, at moment: Instant) {
    var state = restored(timer.key)
    perform(processor.punctuate(timer, state: &state, at: moment), timer.key, state)
  }

  // MARK: The loop

  /// State goes through its stored form each time, as after a restart.
  private func restored(_ key: [UInt8]) -> Conversation? {
    guard let state = entries[key]?.state else { return nil }
    do {
      let restored = try Conversation(stored: try state.stored())
      #expect(restored == state)
      return restored
    } catch {
      Issue.record("state that can't be read back: \(error)")
      return nil
    }
  }

  private mutating func perform(_ effects: [Effect], _ key: [UInt8], _ state: Conversation?) {
    var entry = entries[key] ?? Entry()
    entry.state = state
    for effect in effects {
      switch effect {
      case .emit(let topic, let record): note(topic, record, key)
      case .schedule(let kind, let generation, let due):
        entry.timers[kind] = Streams.Timer(key: key, kind: kind, generation: generation, due: due)
      case .cancel(let kind): entry.timers[kind] = nil
      case .count(let counted): counts[counted.metric, default: 0] += 1
      case .hold, .release, .bury, .buryHeld: Issue.record("an effect that has no place here")
      }
    }
    entries[key] = entry.state == nil && entry.timers.isEmpty ? nil : entry
    if let size = try? state?.stored().count { largestState = max(largestState, size) }
  }

  private mutating func note(_ topic: String, _ record: Record, _ key: [UInt8]) {
    #expect(topic == Topics.opinions && record.key == key)
    do {
      said.append(try Said(record))
    } catch {
      Issue.record("an opinion that can't be read back: \(error)")
    }
  }
}

extension Said {
  /// Reads and checks it as `classify` does.
  init(_ record: Record) throws {
    let event = try CloudEvent(record)
    #expect(event.type == EventTypes.opinionSubmitted && event.subject == nil)
    self.init(
      id: event.id, source: event.source, key: record.key ?? [], at: try #require(event.time).instant,
      opinion: try Opinion(data: event.data))
  }
}
