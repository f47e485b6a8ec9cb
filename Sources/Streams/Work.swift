import EventLog
import Time

/// What one batch comes to: worked out in memory against copies of the state, then committed as one transaction, and only
/// after that made the state (``apply(since:)``). A batch that fails leaves no trace but garbage.
///
/// Belongs to the worker's thread.
final class Work<P: Processor> {
  private struct Place: Hashable {
    let partition: Int
    let key: [UInt8]
  }

  private struct Copy {
    let store: StateStore
    let before: Entry
    var entry: Entry
    var state: P.State? {
      didSet { stored = nil }
    }
    /// The state's stored form, where it is already known.
    var stored: [UInt8]?
    /// Kinds of timers that fired in this batch, and so are in the queue no more.
    var fired: Set<Timer.Kind> = []
    var encoded: [UInt8]?
  }

  private enum Handled {
    case done(releases: Bool)
    case held
    case rejected(String)
  }

  private let processor: P
  private let topics: [String: TopicSpecification]
  private let now: Instant

  private(set) var outputs: [Output] = []
  private(set) var positions: [TopicPartition: Offset] = [:]
  private(set) var consumed = 0
  private(set) var forwarded = 0
  private(set) var deadLetters = 0
  private(set) var counts: [Counted: Int] = [:]
  /// How many timers fired.
  private(set) var fired = 0
  /// Timers taken from their queues; they go back if this batch is undone.
  private var taken: [(store: StateStore, element: TimerQueue.Element)] = []

  private var copies: [Place: Copy] = [:]
  /// In the order in which they were touched first, so that the same batch always gives the same bytes.
  private var touched: [Place] = []
  private var heldChanges: [Int: [ChangelogKey: [UInt8]?]] = [:]

  init(_ processor: P, topics: [String: TopicSpecification], now: Instant) {
    self.processor = processor
    self.topics = topics
    self.now = now
  }

  var isEmpty: Bool { positions.isEmpty }

  /// Notes that a partition has been read so far, records or not.
  func advance(_ partition: TopicPartition, to position: Offset) {
    positions[partition] = position
  }

  // MARK: Records and timers

  /// - Parameter store: that of the record's partition; `nil` for a processor without state.
  func take(_ record: StoredRecord, _ store: StateStore?) throws(LogError) {
    consumed += 1
    if let key = record.record.key, let topic = topics[record.partition.topic] {
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
    let input: P.Input
    do throws(Rejection) {
      input = try processor.decode(record)
    } catch {
      return bury(record, error.reason, parked: false)
    }
    guard let store, let key = record.record.key else { return takeWithoutState(record, input) }

    var copy = try load(key, store)
    if copy.entry.parked != nil {
      hold(record, key, &copy)
    } else {
      switch try handle(record, input, &copy) {
      case .done(let releases):
        if releases { try drain(key, &copy) }
      case .held:
        hold(record, key, &copy)
      case .rejected(let reason):
        park(hold(record, key, &copy), record, reason, &copy)
      }
    }
    copies[Place(partition: store.partition, key: key)] = copy
  }

  private func takeWithoutState(_ record: StoredRecord, _ input: P.Input) {
    var state: P.State?
    do throws(Rejection) {
      let effects = try processor.process(input, state: &state, at: now)
      try check(effects, cause: record.record)
      if effects.contains(.hold) { throw Rejection("a record without a key can't wait") }
      for effect in effects {
        switch effect {
        case .emit(let topic, let output): emit(topic, output, cause: record.record)
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
    let timer = element.timer
    taken.append((store, element))
    if try isVoid(timer, store) { return false }
    fired += 1
    var copy = try load(timer.key, store)
    copy.entry.timers[timer.kind] = nil
    copy.fired.insert(timer.kind)
    let effects = processor.punctuate(timer, state: &copy.state, at: now)
    if try perform(effects, timer.key, cause: nil, &copy).releases { try drain(timer.key, &copy) }
    copies[Place(partition: store.partition, key: timer.key)] = copy
    return true
  }

  /// Whether that timer still is what its key wants.
  func isVoid(_ timer: Timer, _ store: StateStore) throws(LogError) -> Bool {
    guard let copy = copies[Place(partition: store.partition, key: timer.key)] else { return try !store.wants(timer) }
    return copy.entry.timers[timer.kind] != Entry.Setting(generation: timer.generation, due: timer.due)
  }

  // MARK: One record

  private func handle(_ record: StoredRecord, _ input: P.Input, _ copy: inout Copy) throws(LogError) -> Handled {
    var state = copy.state
    let effects: [Effect]
    let stored: [UInt8]?
    do throws(Rejection) {
      effects = try processor.process(input, state: &state, at: now)
      try check(effects, cause: record.record)
      stored = try storedForm(of: state)
    } catch {
      return .rejected(error.reason)
    }
    copy.state = state
    copy.stored = stored
    let flags = try perform(effects, record.record.key ?? [], cause: record, &copy)
    return flags.holds ? .held : .done(releases: flags.releases)
  }

  private func decodeAndHandle(_ record: StoredRecord, _ copy: inout Copy) throws(LogError) -> Handled {
    let input: P.Input
    do throws(Rejection) {
      input = try processor.decode(record)
    } catch {
      return .rejected(error.reason)
    }
    return try handle(record, input, &copy)
  }

  /// - Throws: ``Rejection`` if a record to emit is larger than its topic takes.
  private func check(_ effects: [Effect], cause: Record) throws(Rejection) {
    for case .emit(let topic, let record) in effects {
      let size = traced(record, by: cause).size
      if let limit = topics[topic]?.maximumRecordSize, size > limit {
        throw Rejection("what follows for \(topic) has \(size) bytes, more than the \(limit) that it takes")
      }
    }
  }

  /// - Throws: ``Rejection`` if the changelog would not take such a state.
  private func storedForm(of state: P.State?) throws(Rejection) -> [UInt8]? {
    guard let state, let limit = topics[processor.changelog]?.maximumRecordSize else { return nil }
    let stored: [UInt8]
    do {
      stored = try state.stored()
    } catch {
      throw Rejection("the state that follows has no stored form")
    }
    // What is kept beside it (the key, the timers, the numbers of what waits) has a quarter for itself.
    if stored.count > limit / 4 * 3 {
      throw Rejection("the state that follows has \(stored.count) bytes, too many for a changelog that takes \(limit)")
    }
    return stored
  }

  private func perform(
    _ effects: [Effect], _ key: [UInt8], cause: StoredRecord?, _ copy: inout Copy
  ) throws(LogError) -> (holds: Bool, releases: Bool) {
    var holds = false
    var releases = false
    for effect in effects {
      switch effect {
      case .emit(let topic, let record): emit(topic, record, cause: cause?.record)
      case .schedule(let kind, let generation, let due):
        copy.entry.timers[kind] = Entry.Setting(generation: generation, due: due)
      case .cancel(let kind): copy.entry.timers[kind] = nil
      case .hold: holds = true
      case .release: releases = true
      case .bury(let reason):
        if let cause { bury(cause, reason, parked: false) }
      case .buryHeld(let reason): try buryHeld(key, reason, &copy)
      case .count(let counted): counts[counted, default: 0] += 1
      }
    }
    return (holds, releases)
  }

  private func emit(_ topic: String, _ record: Record, cause: Record?) {
    outputs.append(Output(to: topic, traced(record, by: cause)))
  }

  /// A trace that the cause belongs to goes on in what follows from it.
  private func traced(_ record: Record, by cause: Record?) -> Record {
    var record = record
    for name in ["traceparent", "tracestate"] {
      if let value = cause?.header(name), record.header(name) == nil { record.headers.append(Header(name, value)) }
    }
    return record
  }

  // MARK: What waits

  @discardableResult
  private func hold(_ record: StoredRecord, _ key: [UInt8], _ copy: inout Copy) -> UInt64 {
    let number = (copy.entry.held.last ?? 0) + 1
    copy.entry.held.append(number)
    heldChanges[copy.store.partition, default: [:]][.held(key, number)] = .some(record.encoded)
    return number
  }

  private func letGo(_ number: UInt64, _ key: [UInt8], _ copy: inout Copy) {
    if let index = copy.entry.held.firstIndex(of: number) { copy.entry.held.remove(at: index) }
    heldChanges[copy.store.partition, default: [:]][.held(key, number)] = .some(nil)
  }

  private func heldRecord(_ number: UInt64, _ key: [UInt8], _ copy: Copy) throws(LogError) -> StoredRecord {
    if case .some(.some(let bytes)) = heldChanges[copy.store.partition]?[.held(key, number)],
      let record = try? StoredRecord(encoded: bytes)
    {
      return record
    }
    return try copy.store.heldRecord(key, number)
  }

  /// Handles what waits, in order, until one can't be handled or only those are left whose time has still not come. Of a
  /// parked key only what was already waiting when it was parked is looked at.
  private func drain(_ key: [UInt8], _ copy: inout Copy) throws(LogError) {
    var index = 0
    while index < copy.entry.held.count, copy.entry.held[index] < copy.entry.parked?.record ?? .max {
      let number = copy.entry.held[index]
      let record = try heldRecord(number, key, copy)
      let input: P.Input
      do throws(Rejection) {
        input = try processor.decode(record)
      } catch {
        bury(record, error.reason, parked: false)
        letGo(number, key, &copy)
        continue
      }
      // It waits no more while it is handled, or it could bury itself with the others.
      copy.entry.held.remove(at: index)
      let handled = try handle(record, input, &copy)
      if case .done(let releases) = handled {
        letGo(number, key, &copy)
        if releases { index = 0 }
        continue
      }
      index = min(index, copy.entry.held.count)
      copy.entry.held.insert(number, at: index)
      index += 1
      if case .rejected(let reason) = handled { return park(number, record, reason, &copy) }
    }
  }

  private func park(_ number: UInt64, _ record: StoredRecord, _ reason: String, _ copy: inout Copy) {
    copy.entry.parked = Entry.Parked(record: number, retries: 0, since: now)
    bury(record, reason, parked: true)
  }

  private func buryHeld(_ key: [UInt8], _ reason: String, _ copy: inout Copy) throws(LogError) {
    for number in copy.entry.held where number < copy.entry.parked?.record ?? .max {
      let record = try heldRecord(number, key, copy)
      bury(record, reason, parked: false)
      letGo(number, key, &copy)
    }
  }

  private func bury(
    _ record: StoredRecord, _ reason: String, parked: Bool, retries: Int? = nil, status: DeadLetter.Status? = nil
  ) {
    let retries = retries ?? DeadLetter.replays(of: record.record)
    let letter = DeadLetter(
      record, stage: processor.name, reason: reason, failedAt: now, retries: retries, parked: parked,
      status: status ?? (retries < DeadLetter.maximumRetries ? .open : .quarantined))
    if !letter.status.isSettled { deadLetters += 1 }
    outputs.append(letter.output)
  }

  private func obey(_ control: Control, _ key: [UInt8], _ store: StateStore) throws(LogError) {
    var copy = try load(key, store)
    guard let parked = copy.entry.parked else { return }
    let record = try heldRecord(parked.record, key, copy)
    guard control.deadLetter == "\(record.partition)/\(record.offset)" else { return }
    func settle(_ status: DeadLetter.Status) {
      let hollow = StoredRecord(
        partition: record.partition, offset: record.offset, timestamp: record.timestamp,
        record: Record(key: key, value: nil))
      bury(hollow, "settled", parked: true, retries: parked.retries, status: status)
    }
    switch control.verb {
    case .drop:
      settle(.dropped)
      letGo(parked.record, key, &copy)
      copy.entry.parked = nil
      try drain(key, &copy)
    case .retry where parked.retries >= DeadLetter.maximumRetries: return
    case .retry:
      let handled = try decodeAndHandle(record, &copy)
      if case .rejected(let reason) = handled {
        copy.entry.parked?.retries += 1
        bury(record, reason, parked: true, retries: parked.retries + 1)
      } else {
        settle(.retried)
        if case .done = handled { letGo(parked.record, key, &copy) }
        copy.entry.parked = nil
        try drain(key, &copy)
      }
    }
    copies[Place(partition: store.partition, key: key)] = copy
  }

  // MARK: State

  private func load(_ key: [UInt8], _ store: StateStore) throws(LogError) -> Copy {
    let place = Place(partition: store.partition, key: key)
    if let copy = copies[place] { return copy }
    let entry = try store.entry(of: key)
    var state: P.State?
    if let bytes = entry.state {
      do {
        state = try P.State(stored: bytes)
      } catch {
        throw LogError(
          .corrupt, "\(processor.changelog)/\(store.partition) holds a state that this version can't read",
          recovery: .stop)
      }
    }
    touched.append(place)
    let copy = Copy(store: store, before: entry, entry: entry, state: state)
    copies[place] = copy
    return copy
  }

  /// Ends the working out: all outputs, with those to the changelog behind the others.
  func finish() throws(LogError) -> [Output] {
    for place in touched {
      guard var copy = copies[place] else { continue }
      do {
        copy.entry.state = try copy.stored ?? copy.state?.stored()
      } catch {
        throw LogError(.other, "\(processor.name): a state has no stored form: \(error)", recovery: .stop)
      }
      copy.encoded = copy.entry.isEmpty ? nil : copy.entry.encoded()
      copies[place] = copy
      if copy.entry != copy.before { note(.entry(place.key), copy.encoded, place.partition) }
    }
    for (partition, changes) in heldChanges.sorted(by: { $0.key < $1.key }) {
      let encoded = changes.map { (key: $0.key.encoded, value: $0.value) }
      for change in encoded.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        let record = Record(key: change.key, value: change.value)
        outputs.append(Output(to: processor.changelog, partition: partition, record))
      }
    }
    return outputs
  }

  private func note(_ key: ChangelogKey, _ value: [UInt8]?, _ partition: Int) {
    let record = Record(key: key.encoded, value: value)
    outputs.append(Output(to: processor.changelog, partition: partition, record))
  }

  /// Makes certain what was worked out, after its commit.
  func apply(ends: [TopicPartition: Offset], since: Instant) throws(LogError) {
    var stores: [Int: StateStore] = [:]
    for place in touched {
      guard let copy = copies[place] else { continue }
      stores[place.partition] = copy.store
      copy.store.put(
        place.key, copy.entry, encoded: copy.encoded, before: copy.before, fired: copy.fired, since: since)
    }
    for (partition, changes) in heldChanges {
      for (key, value) in changes { stores[partition]?.putHeld(key, value) }
    }
    for (partition, store) in stores {
      try store.committed(changelogEnd: ends[TopicPartition(processor.changelog, partition)])
    }
  }

  /// Puts the timers back that this batch took, since it was undone.
  func undo() {
    for (store, element) in taken { store.timers.insert(element) }
  }
}
