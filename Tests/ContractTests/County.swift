import Cases
import EventLog
import Routing
import Similarity
import Streams
import Testing
import Time
import Tracking

/// A county's pipeline behind the classifier, without a log: what one processor writes the others read, in order, until
/// there is nothing more to read. Keeps all that was written.
struct County {
  struct Written {
    var topic: String
    var record: Record
  }

  private(set) var now: Instant
  private(set) var written: [Written] = []
  private var position = 0
  private var track: TrackProcessor
  private let route: RouteProcessor
  private let sketch: SketchProcessor
  private let similar = SimilarProcessor()
  private let relay = RelayProcessor()
  private let quota = QuotaProcessor()
  private var cases: [[UInt8]: CaseState] = [:]
  private var years: [[UInt8]: QuotaProcessor.State] = [:]
  private var bands: [[UInt8]: BandState] = [:]
  private var timers: [[UInt8]: [Streams.Timer.Kind: Streams.Timer]] = [:]

  init(_ directory: Directory, policy: ReplyPolicy, now: Instant) {
    track = TrackProcessor(calendar: .builtIn, policy: policy)
    route = RouteProcessor(directory: directory)
    sketch = SketchProcessor(directory: directory)
    self.now = now
  }

  // MARK: What comes from outside

  mutating func publish(_ topic: String, _ record: Record) throws {
    written.append(Written(topic: topic, record: record))
    try readAll()
  }

  /// - Parameter at: its `ce_time`; now, unless said otherwise.
  mutating func give(_ command: CaseCommand, to id: CaseID, at time: GivenTime? = nil) throws {
    let event = CloudEvent(
      id: "order-\(written.count)", source: "/desk", type: command.type, subject: id.text, time: time ?? GivenTime(now),
      data: command.data)
    try publish(Topics.commands, event.record(key: id.key))
  }

  /// Fires all timers of cases that are due by then, in due order.
  mutating func pass(to end: Instant) throws {
    while let timer = nextTimer, timer.due <= end {
      now = max(now, timer.due)
      timers[timer.key]?[timer.kind] = nil
      perform(track.punctuate(timer, state: &cases[timer.key], at: now), of: timer.key)
      try readAll()
    }
    now = max(now, end)
  }

  private var nextTimer: Streams.Timer? {
    timers.values.flatMap(\.values).min {
      if $0.due != $1.due { return $0.due < $1.due }
      if $0.key != $1.key { return $0.key.lexicographicallyPrecedes($1.key) }
      return $0.kind < $1.kind
    }
  }

  // MARK: What can be seen

  /// The feedback record of a case's latest answer.
  func answer(of id: CaseID) throws -> String {
    let types = ["cn.huiyin.case.replied.v1", "cn.huiyin.case.refused.v1"]
    let events = written.lazy.filter { $0.topic == Topics.cases && $0.record.key == id.key }
      .compactMap { try? CloudEvent($0.record) }
    return try #require(events.last { types.contains($0.type) }).id + ".0"
  }

  // MARK: The loop

  private mutating func readAll() throws {
    while position < written.count {
      position += 1
      try read(written[position - 1])
    }
  }

  private mutating func read(_ next: Written) throws {
    let stored = StoredRecord(
      partition: TopicPartition(next.topic, 0), offset: Offset(position), timestamp: now, record: next.record)
    let key = next.record.key ?? []
    var nothing: Never?
    switch next.topic {
    case Topics.classifications:
      perform(route.process(try route.decode(stored), state: &nothing, at: now))
      perform(sketch.process(sketch.decode(stored), state: &nothing, at: now))
    case Topics.bands: perform(similar.process(try similar.decode(stored), state: &bands[key], at: now))
    case Topics.commands:
      if let rules = RulesRecord(next.record) { return try adopt(rules) }
      perform(try track.process(try track.decode(stored), state: &cases[key], at: now), of: key)
    case Topics.cases:
      perform(relay.process(try relay.decode(stored), state: &nothing, at: now))
      perform(route.process(try route.decode(stored), state: &nothing, at: now))
    case Topics.quotas: perform(quota.process(try quota.decode(stored), state: &years[key], at: now))
    default: break
    }
  }

  private mutating func adopt(_ rules: RulesRecord) throws {
    track = try #require(try track.adopting(rules.rules))
    for key in cases.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      perform(track.revise(key, state: &cases[key], at: now), of: key)
    }
  }

  /// - Parameter key: whose timers count; those of others than cases aren't waited for.
  private mutating func perform(_ effects: [Effect], of key: [UInt8]? = nil) {
    for effect in effects {
      switch effect {
      case .emit(let topic, let record): written.append(Written(topic: topic, record: record))
      case .schedule(let kind, let generation, let due):
        guard let key else { continue }
        timers[key, default: [:]][kind] = Streams.Timer(key: key, kind: kind, generation: generation, due: due)
      case .cancel(let kind): if let key { timers[key]?[kind] = nil }
      case .count: break
      case .hold, .release, .bury, .buryHeld: Issue.record("a command came before its case, or can't be handled")
      }
    }
  }
}
