import Cases
import EventLog
import Similarity
import Streams
import Testing
import Time

/// Plays the part of the workers for both stages: keeps each band's state and timer, and collects the commands.
struct Meeting {
  struct Found: Hashable, Comparable {
    var later: String
    var earlier: String
    var score: Double

    static func < (left: Found, right: Found) -> Bool {
      (left.later, left.earlier) < (right.later, right.earlier)
    }
  }

  static let start = Instant(milliseconds: 1_780_279_200_000)
  static let day = Duration.seconds(86_400)

  var now = Meeting.start
  private(set) var found: [Found] = []
  private(set) var commandIDs: [String] = []
  private(set) var states: [String: BandState] = [:]
  private(set) var bandRecords: [Record] = []
  private var timers: [String: Streams.Timer] = [:]
  private let sketch: SketchProcessor
  private let similar: SimilarProcessor

  init(directory: Directory = .builtIn, weeks: Int = 4) {
    sketch = SketchProcessor(directory: directory)
    similar = SimilarProcessor(weeks: weeks)
  }

  /// An opinion as `classify` passes it on.
  static func classified(
    _ id: String, _ text: String, title: String? = nil, received: Instant, region: String? = nil, code: String? = nil
  ) -> Record {
    let statement = Statement(Opinion(channel: "web", title: title, text: text, code: code))
    let opinion = ClassifiedOpinion(
      submission: Submission(
        opinion: OpinionReference(source: "/gateway", id: id), received: GivenTime(received),
        recorded: GivenTime(received), historic: false, statement: statement),
      classification: Classification(
        category: "城乡建设", confidence: 0.9, why: [], version: "v",
        reading: region.map { TextReading(region: $0, version: "r") }))
    let event = CloudEvent(
      id: id + ".0", source: Sources.classify, type: EventTypes.opinionClassified, subject: id,
      data: JSONData.encode(opinion))
    return event.record(key: Array(id.utf8))
  }

  /// Says it now, unless said otherwise, and lets it go through both stages.
  mutating func say(
    _ id: String, _ text: String, title: String? = nil, received: Instant? = nil, region: String? = nil,
    code: String? = nil
  ) throws {
    for record in bands(
      of: Self.classified(id, text, title: title, received: received ?? now, region: region, code: code))
    {
      try meet(record)
    }
  }

  /// The first stage alone.
  mutating func bands(of record: Record) -> [Record] {
    var none: Never?
    let stored = StoredRecord(
      partition: TopicPartition(Topics.classifications, 0), offset: 0, timestamp: now, record: record)
    let records = sketch.process(sketch.decode(stored), state: &none, at: now).compactMap { effect -> Record? in
      guard case .emit(let topic, let record) = effect else { return nil }
      #expect(topic == Topics.bands)
      return record
    }
    bandRecords += records
    return records
  }

  /// The second stage alone.
  mutating func meet(_ record: Record) throws {
    let key = String(decoding: record.key ?? [], as: UTF8.self)
    let stored = StoredRecord(partition: TopicPartition(Topics.bands, 0), offset: 0, timestamp: now, record: record)
    // State goes through its stored form each time, as after a crash.
    var state = try states[key].map { try BandState(stored: $0.stored()) }
    perform(similar.process(try similar.decode(stored), state: &state, at: now), key)
    states[key] = state
  }

  /// Fires what is due by then.
  mutating func pass(_ duration: Duration) {
    let end = now + duration
    while let (key, timer) = timers.filter({ $0.value.due <= end }).min(by: {
      ($0.value.due, $0.key) < ($1.value.due, $1.key)
    }) {
      timers[key] = nil
      var state = states[key]
      perform(similar.punctuate(timer, state: &state, at: max(now, timer.due)), key)
      states[key] = state
    }
    now = end
  }

  private mutating func perform(_ effects: [Effect], _ key: String) {
    for effect in effects {
      switch effect {
      case .emit(let topic, let record): note(topic, record)
      case .schedule(let kind, let generation, let due):
        timers[key] = Streams.Timer(key: Array(key.utf8), kind: kind, generation: generation, due: due)
      default: Issue.record("an effect that has no place here: \(effect)")
      }
    }
  }

  private mutating func note(_ topic: String, _ record: Record) {
    do {
      let event = try CloudEvent(record)
      #expect(topic == Topics.commands && record.key == event.subject.map { Array($0.utf8) })
      guard case .recordSimilar(let similar) = try CaseCommand(type: event.type, data: event.data) else {
        Issue.record("another command")
        return
      }
      found.append(Found(later: event.subject ?? "", earlier: similar.other.text, score: similar.score))
      commandIDs.append(event.id)
    } catch {
      Issue.record("a command that can't be read back: \(error)")
    }
  }
}
