import EventLog
import Time

/// What one batch comes to: worked out in memory against copies of the state, then committed as one transaction, and only
/// after that made the state (``apply(ends:since:)``). A batch that fails leaves no trace but garbage.
///
/// Belongs to the worker's thread.
final class Work {
  private struct Place: Hashable {
    let partition: Int
    let name: [UInt8]

    func hash(into hasher: inout Hasher) {
      // In one go, where an array's own hashing goes byte by byte.
      name.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }

  /// What waits no more, or has begun to wait, in one partition.
  struct HeldChanges {
    let store: StateStore
    var changes: [ChangelogKey: [UInt8]?] = [:]
  }

  enum Handled {
    case done(releases: Bool)
    case held
    case rejected(String)
  }

  let steps: any Steps
  let now: Instant
  private let topics: [String: TopicSpecification]
  /// The most bytes that a state may take in the changelog.
  let stateLimit: Int
  /// The topic that was asked for last: records come and go in runs of one topic.
  private var latestTopic: TopicSpecification?

  var outputs: [Output] = []
  private(set) var positions: [TopicPartition: Offset] = [:]
  private(set) var consumed = 0
  private(set) var forwarded = 0
  /// As they were buried, those of retries that failed again among them; not what was settled.
  var deadLetters: [DeadLetter] = []
  private(set) var counts: [Counted: Int] = [:]
  /// How many timers fired.
  private(set) var fired = 0
  /// How many keys were revised under new rules.
  var revised = 0
  /// Timers taken from their queues; they go back if this batch is undone.
  private var taken: [(store: StateStore, element: TimerQueue.Element)] = []

  /// In the order in which they were touched first, so that the same batch always gives the same bytes.
  private var copies: [KeyCopy] = []
  private var numbers: [Place: Int] = [:]
  private(set) var heldChanges: [Int: HeldChanges] = [:]
  /// By partition.
  var rulesChanges: [Int: RulesChange] = [:]

  init(_ steps: any Steps, topics: [String: TopicSpecification], now: Instant) {
    self.steps = steps
    self.topics = topics
    self.now = now
    // What is kept beside it (the key, the timers, the numbers of what waits) has a quarter for itself.
    stateLimit = topics[steps.changelog].map { $0.maximumRecordSize / 4 * 3 } ?? .max
  }

  var isEmpty: Bool { positions.isEmpty }

  /// Notes that a partition has been read so far, records or not.
  func advance(_ partition: TopicPartition, to position: Offset) {
    positions[partition] = position
  }

  private func topic(_ name: String) -> TopicSpecification? {
    if let latestTopic, latestTopic.name == name { return latestTopic }
    latestTopic = topics[name]
    return latestTopic
  }

  // MARK: Records and timers

  /// - Parameter store: that of the record's partition; `nil` for a processor without state.
  func take(_ record: StoredRecord, _ store: StateStore?) throws(LogError) {
    consumed += 1
    if let key = record.record.key, let topic = topic(record.partition.topic) {
      let right = Partitioner.partition(of: key, among: topic.partitions)
      if right != record.partition.partition {
        forwarded += 1
        outputs.append(Output(to: record.partition.topic, partition: right, record.record))
        return
      }
    }
    if let control = Control(record.record) {
      if let store, let key = record.record.key { try obey(control, key, store) }
      return
    }
    if let rules = RulesRecord(record.record) {
      if let store { adopt(rules.rules, from: record, store) }
      return
    }
    let steps = store.map { self.steps(for: $0) } ?? self.steps
    do throws(Rejection) {
      try steps.read(record)
    } catch {
      return bury(record, error.reason, parked: false)
    }
    guard let store, let key = record.record.key else { return takeWithoutState(record, steps) }

    let copy = try load(key, store)
    if copy.entry.parked != nil {
      hold(record, copy)
    } else {
      switch try handle(record, copy) {
      case .done(let releases):
        if releases { try drain(copy) }
      case .held:
        hold(record, copy)
      case .rejected(let reason):
        park(hold(record, copy), record, reason, copy)
      }
    }
  }

  private func takeWithoutState(_ record: StoredRecord, _ steps: any Steps) {
    do throws(Rejection) {
      let trace = trace(of: record.record)
      let effects = try steps.process(at: now)
      try check(effects, trace)
      if effects.contains(.hold) { throw Rejection("a record without a key can't wait") }
      for effect in effects {
        switch effect {
        case .emit(let topic, let output): emit(topic, output, trace)
        case .count(let counted): counts[counted, default: 0] += 1
        case .bury(let reason): bury(record, reason, parked: false)
        case .schedule, .cancel, .hold, .release, .buryHeld: break
        }
      }
    } catch {
      bury(record, error.reason, parked: false)
    }
  }

  /// - Parameter element: the first of the store's queue, already taken from it.
  /// - Returns: whether it fired; one that was replaced or cancelled does not.
  func fire(_ element: TimerQueue.Element, _ store: StateStore) throws(LogError) -> Bool {
    taken.append((store, element))
    guard let timer = try store.timer(element) else { return false }
    let copy = try load(timer.key, store)
    copy.dequeued.append(timer.kind)
    guard copy.entry.timer(timer.kind) == timer.setting else { return false }
    fired += 1
    copy.entry.cancel(timer.kind)
    // A batch may have begun just before it was due.
    let effects = steps(for: store).punctuate(timer, copy, at: max(now, timer.due))
    if try perform(effects, cause: nil, [], copy).releases { try drain(copy) }
    return true
  }

  // MARK: One record

  func handle(_ record: StoredRecord, _ copy: KeyCopy) throws(LogError) -> Handled {
    let trace = trace(of: record.record)
    let effects: [Effect]
    do throws(Rejection) {
      effects = try steps(for: copy.store).process(copy, at: now)
      try check(effects, trace)
      try copy.keep(within: stateLimit)
    } catch {
      return .rejected(error.reason)
    }
    let flags = try perform(effects, cause: record, trace, copy)
    return flags.holds ? .held : .done(releases: flags.releases)
  }

  func readAndHandle(_ record: StoredRecord, _ copy: KeyCopy) throws(LogError) -> Handled {
    do throws(Rejection) {
      try steps(for: copy.store).read(record)
    } catch {
      return .rejected(error.reason)
    }
    return try handle(record, copy)
  }

  /// - Throws: ``Rejection`` if a record to emit is larger than its topic takes.
  private func check(_ effects: [Effect], _ trace: [Header]) throws(Rejection) {
    for case .emit(let name, let record) in effects {
      let size = traced(record, trace).size
      if let limit = topic(name)?.maximumRecordSize, size > limit {
        throw Rejection("what follows for \(name) has \(size) bytes, more than the \(limit) that it takes")
      }
    }
  }

  func perform(
    _ effects: [Effect], cause: StoredRecord?, _ trace: [Header], _ copy: KeyCopy
  ) throws(LogError) -> (holds: Bool, releases: Bool) {
    var holds = false
    var releases = false
    for effect in effects {
      switch effect {
      case .emit(let topic, let record): emit(topic, record, trace)
      case .schedule(let kind, let generation, let due):
        copy.entry.set(Entry.Setting(kind: kind, generation: generation, due: due))
      case .cancel(let kind): copy.entry.cancel(kind)
      case .hold: holds = true
      case .release: releases = true
      case .bury(let reason):
        if let cause { bury(cause, reason, parked: false) }
      case .buryHeld(let reason): try buryHeld(reason, copy)
      case .count(let counted): counts[counted, default: 0] += 1
      }
    }
    return (holds, releases)
  }

  private func emit(_ topic: String, _ record: Record, _ trace: [Header]) {
    outputs.append(Output(to: topic, traced(record, trace)))
  }

  /// The trace that a record belongs to, which goes on in what follows from it.
  private func trace(of cause: Record) -> [Header] {
    if cause.headers.isEmpty { return [] }
    return ["traceparent", "tracestate"].compactMap { name in cause.header(name).map { Header(name, $0) } }
  }

  private func traced(_ record: Record, _ trace: [Header]) -> Record {
    if trace.isEmpty { return record }
    var record = record
    for header in trace where record.header(header.name) == nil { record.headers.append(header) }
    return record
  }

  // MARK: State

  func load(_ key: [UInt8], _ store: StateStore) throws(LogError) -> KeyCopy {
    let name = ChangelogKey.entry(key).encoded
    let place = Place(partition: store.partition, name: name)
    if let number = numbers[place] { return copies[number] }
    let entry = try store.entry(named: name)
    do {
      let copy = try steps.copy(key, name, entry, in: store)
      numbers[place] = copies.count
      copies.append(copy)
      return copy
    } catch {
      throw LogError(
        .corrupt, "\(steps.changelog)/\(store.partition) holds a state that this version can't read", recovery: .stop)
    }
  }

  /// - Parameter value: `nil` if it waits no more.
  func change(_ held: ChangelogKey, _ value: [UInt8]?, in store: StateStore) {
    heldChanges[store.partition, default: HeldChanges(store: store)].changes[held] = .some(value)
  }

  /// Ends the working out: all outputs, with those to the changelog behind the others.
  func finish() throws(LogError) -> [Output] {
    for copy in copies {
      do {
        copy.entry.state = try copy.storedState()
      } catch {
        throw LogError(.other, "\(steps.name): a state has no stored form: \(error)", recovery: .stop)
      }
      copy.encoded = copy.entry.isEmpty ? nil : copy.entry.encoded()
      if !copy.store.holds(copy.encoded, as: copy.name) { note(copy.name, copy.encoded, copy.store.partition) }
    }
    for (partition, held) in heldChanges.sorted(by: { $0.key < $1.key }) {
      let encoded = held.changes.map { (key: $0.key.encoded, value: $0.value) }
      for change in encoded.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        note(change.key, change.value, partition)
      }
    }
    noteRulesChanges()
    return outputs
  }

  func note(_ name: [UInt8], _ value: [UInt8]?, _ partition: Int) {
    outputs.append(Output(to: steps.changelog, partition: partition, Record(key: name, value: value)))
  }

  /// Makes certain what was worked out, after its commit.
  func apply(ends: [TopicPartition: Offset], since: Instant) throws(LogError) {
    var stores: [Int: StateStore] = [:]
    for copy in copies {
      if stores[copy.store.partition] == nil { stores[copy.store.partition] = copy.store }
      copy.store.put(copy, since: since)
    }
    for held in heldChanges.values {
      for (key, value) in held.changes { held.store.put(key.encoded, value) }
    }
    applyRulesChanges()
    for (partition, change) in rulesChanges { stores[partition] = change.store }
    for (partition, store) in stores {
      try store.committed(changelogEnd: ends[TopicPartition(steps.changelog, partition)])
    }
  }

  /// Puts the timers back that this batch took, since it was undone.
  func undo() {
    for (store, element) in taken { store.timers.insert(element) }
  }
}
