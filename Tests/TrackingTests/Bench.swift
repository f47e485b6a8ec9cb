import Cases
import EventLog
import Streams
import Testing
import Time
import Tracking

/// Plays the part of the worker for one `track`: keeps each case's state, its timers and what is held, and takes the
/// effects as their documentation says.
struct Bench {
  struct Emitted: Equatable {
    var id: String
    var sequence: String?
    /// The command that it follows from.
    var cause: String?
    var time: GivenTime?
    var event: CaseEvent
  }

  private struct Entry {
    var state: CaseState?
    var timers: [Streams.Timer.Kind: Streams.Timer] = [:]
    var held: [StoredRecord] = []
  }

  var processor: TrackProcessor
  var now: Instant
  private(set) var events: [String: [Emitted]] = [:]
  private(set) var deadLetters: [(record: StoredRecord, reason: String)] = []
  /// Whose citizen was forgotten.
  private(set) var forgotten: [String] = []
  private(set) var counts: [Counted: Int] = [:]
  private(set) var offset: Offset = 0
  private var entries: [String: Entry] = [:]

  init(
    _ calendar: WorkingCalendar = .builtIn, policy: ReplyPolicy = Samples.answersOnly, now: String = "06-01T10:00",
    orphanWait: Duration = .seconds(24 * 3600)
  ) {
    processor = TrackProcessor(calendar: calendar, policy: policy, orphanWait: orphanWait)
    self.now = time(now).instant
  }

  // MARK: What arrives

  /// An opinion, received now unless said otherwise.
  mutating func open(_ id: String = "c", opinion: String? = nil, received: GivenTime? = nil) {
    let command = Samples.open(opinion ?? id, received: received ?? GivenTime(now), recorded: now)
    send(command, to: id, id: (opinion ?? id) + ".0", source: Sources.route, at: received)
  }

  /// - Parameter at: its `ce_time`; without, the header is left out.
  mutating func send(
    _ command: CaseCommand, to key: String = "c", id: String, source: String = "/desk", at: GivenTime? = nil,
    historic: Bool = false
  ) {
    let event = CloudEvent(
      id: id, source: source, type: command.type, subject: key, time: at,
      extensions: historic ? ["historic": "true"] : [:], data: command.data)
    read(event.record(key: Array(key.utf8)))
  }

  mutating func read(_ record: Record) {
    let stored = StoredRecord(
      partition: TopicPartition(Topics.commands, 0), offset: offset, timestamp: now, record: record)
    offset += 1
    do throws(Rejection) {
      if try take(stored) == .held { held(stored) }
    } catch {
      deadLetters.append((stored, error.reason))
    }
  }

  /// Fires all timers due by then in due order, each at the moment it is due or at the present clock if that is later.
  mutating func pass(to text: String) { pass(to: time(text).instant) }

  mutating func pass(to end: Instant) {
    while let timer = nextTimer, timer.due <= end {
      now = max(now, timer.due)
      fire(timer)
    }
    now = max(now, end)
  }

  var nextTimer: Streams.Timer? {
    entries.values.flatMap(\.timers.values).min {
      if $0.due != $1.due { return $0.due < $1.due }
      if $0.key != $1.key { return $0.key.lexicographicallyPrecedes($1.key) }
      return $0.kind < $1.kind
    }
  }

  mutating func fire(_ timer: Streams.Timer) {
    let key = String(decoding: timer.key, as: UTF8.self)
    // Of a kind that was set anew, only the one that was set last is taken away.
    if entries[key]?.timers[timer.kind]?.due ?? timer.due <= timer.due { entries[key]?.timers[timer.kind] = nil }
    var state = entries[key]?.state
    let effects = processor.punctuate(timer, state: &state, at: now)
    perform(effects, key, state, cause: nil)
  }

  /// New rules come by a control record: as the worker does, adopts them and visits every key.
  mutating func adopt(_ rules: CaseRules) throws {
    processor = try #require(try processor.adopting(rules.json))
    for key in entries.keys.sorted() {
      var state = entries[key]?.state
      let effects = processor.revise(Array(key.utf8), state: &state, at: now)
      perform(effects, key, state, cause: nil)
    }
  }

  // MARK: What can be seen

  func names(_ id: String = "c") -> [String] { (events[id] ?? []).map(\.event.name) }

  func last(_ id: String = "c") throws -> Emitted { try #require(events[id]?.last) }

  func timers(_ id: String = "c") -> [Streams.Timer.Kind: String] {
    (entries[id]?.timers ?? [:]).mapValues { $0.due.rfc3339(offset: .shanghai) }
  }

  func generations(_ id: String = "c") -> [Streams.Timer.Kind: Int] {
    (entries[id]?.timers ?? [:]).mapValues(\.generation)
  }

  func state(_ id: String = "c") -> CaseState? { entries[id]?.state }
  func heldCount(_ id: String = "c") -> Int { entries[id]?.held.count ?? 0 }

  func summary(_ id: String = "c") throws -> CaseSummary {
    let events = try #require(self.events[id])
    var summary = try #require(CaseSummary(id: caseID(id), first: events[0].event))
    for event in events.dropFirst() { summary.fold(event.event, at: event.time) }
    return summary
  }

  // MARK: The loop

  private enum Outcome { case done, held, released }

  private mutating func take(_ record: StoredRecord) throws(Rejection) -> Outcome {
    let input = try processor.decode(record)
    let key = input.caseID.text
    // State goes through its stored form each time, as after a crash.
    var state = entries[key]?.state
    if let bytes = try? state?.stored() { state = try? CaseState(stored: bytes) }
    let effects = try processor.process(input, state: &state, at: now)
    let outcome = perform(effects, key, state, cause: record)
    if outcome == .released { drain(key) }
    return outcome
  }

  private mutating func held(_ record: StoredRecord) {
    entries[String(decoding: record.record.key ?? [], as: UTF8.self), default: Entry()].held.append(record)
  }

  /// Handles what waits, in order; what still can't be handled stays.
  mutating func drain(_ key: String) {
    let waiting = entries[key]?.held ?? []
    entries[key]?.held = []
    for record in waiting {
      do throws(Rejection) {
        if try take(record) == .held { held(record) }
      } catch {
        deadLetters.append((record, error.reason))
      }
    }
  }

  @discardableResult
  private mutating func perform(
    _ effects: [Effect], _ key: String, _ state: CaseState?, cause: StoredRecord?
  ) -> Outcome {
    var entry = entries[key] ?? Entry()
    entry.state = state
    var outcome = Outcome.done
    for effect in effects {
      switch effect {
      case .emit(let topic, let record): note(topic, record, key)
      case .schedule(let kind, let generation, let due):
        entry.timers[kind] = Streams.Timer(key: Array(key.utf8), kind: kind, generation: generation, due: due)
      case .cancel(let kind): entry.timers[kind] = nil
      case .hold: outcome = .held
      case .release: outcome = .released
      case .bury(let reason):
        if let cause { deadLetters.append((cause, reason)) }
      case .buryHeld(let reason):
        deadLetters += entry.held.map { ($0, reason) }
        entry.held = []
      case .count(let counted): counts[counted, default: 0] += 1
      }
    }
    entries[key] = entry
    return outcome
  }

  private mutating func note(_ topic: String, _ record: Record, _ key: String) {
    if topic == Topics.citizens {
      #expect(record.value == nil && record.key == Array(key.utf8))
      return forgotten.append(key)
    }
    do {
      let envelope = try CloudEvent(record)
      #expect(topic == Topics.cases && record.key == Array(key.utf8) && envelope.subject == key)
      #expect(envelope.source == Sources.track)
      let event = try CaseEvent(type: envelope.type, data: envelope.data)
      events[key, default: []].append(
        Emitted(
          id: envelope.id, sequence: envelope.extensions["sequence"], cause: envelope.extensions["causationid"],
          time: envelope.time, event: event))
    } catch {
      Issue.record("an event that can't be read back: \(error)")
    }
  }
}
