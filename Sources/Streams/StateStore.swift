import EventLog
import Time

/// What is certain of one partition: the entries of its keys as of the last commit, kept in the form in which the
/// changelog holds them, so that memory stays small and a restore decodes nothing.
///
/// Belongs to the worker's thread. A batch works on copies (``Work``) that come here only after their commit.
final class StateStore {
  let partition: Int
  private(set) var entries: [[UInt8]: [UInt8]] = [:]
  private(set) var held: [ChangelogKey: [UInt8]] = [:]
  var timers = TimerQueue()
  /// Where in the changelog this is the state of: every record before it is in here.
  private(set) var changelogOffset: Offset
  private(set) var parkedKeys = 0

  init(partition: Int, changelogOffset: Offset) {
    self.partition = partition
    self.changelogOffset = changelogOffset
  }

  func entry(of key: [UInt8]) throws(LogError) -> Entry {
    guard let bytes = entries[key] else { return Entry() }
    do {
      return try Entry(encoded: bytes)
    } catch {
      throw LogError(
        .corrupt, "the changelog's partition \(partition) holds an entry that this version can't read", recovery: .stop)
    }
  }

  /// Whether that timer is set, as of the last commit.
  func wants(_ timer: Timer) throws(LogError) -> Bool {
    try entry(of: timer.key).timers[timer.kind] == Entry.Setting(generation: timer.generation, due: timer.due)
  }

  func heldRecord(_ key: [UInt8], _ number: UInt64) throws(LogError) -> StoredRecord {
    do {
      guard let bytes = held[.held(key, number)] else { throw ByteReader.Truncated() }
      return try StoredRecord(encoded: bytes)
    } catch {
      throw LogError(
        .corrupt, "the changelog's partition \(partition) lacks a waiting record that an entry names", recovery: .stop)
    }
  }

  // MARK: Restoring

  /// Takes in a record of the changelog.
  func restore(_ record: Record) throws(LogError) {
    do {
      guard let key = record.key else { throw ByteReader.Truncated() }
      switch try ChangelogKey(encoded: key) {
      case .entry(let key): entries[key] = record.value
      case .held(let key, let number): held[.held(key, number)] = record.value
      }
    } catch {
      throw LogError(
        .corrupt, "the changelog's partition \(partition) holds a record that this version can't read", recovery: .stop)
    }
  }

  func restore(_ key: ChangelogKey, _ value: [UInt8]) {
    switch key {
    case .entry(let key): entries[key] = value
    case .held: held[key] = value
    }
  }

  /// Ends the restore at that offset: sets the timers, known from `since` on.
  func finishRestore(at offset: Offset, since: Instant) throws(LogError) {
    changelogOffset = offset
    parkedKeys = 0
    var elements: [TimerQueue.Element] = []
    for (key, _) in entries {
      let entry = try entry(of: key)
      if entry.parked != nil { parkedKeys += 1 }
      for (kind, setting) in entry.timers {
        let timer = Timer(key: key, kind: kind, generation: setting.generation, due: setting.due)
        elements.append(TimerQueue.Element(timer: timer, since: since))
      }
    }
    timers = TimerQueue(elements)
  }

  // MARK: After a commit

  /// Makes certain what a batch worked out for one key.
  /// - Parameter fired: the kinds whose timers were taken from the queue.
  func put(
    _ key: [UInt8], _ entry: Entry, encoded: [UInt8]?, before: Entry, fired: Set<Timer.Kind>, since: Instant
  ) {
    entries[key] = encoded
    parkedKeys += (entry.parked == nil ? 0 : 1) - (before.parked == nil ? 0 : 1)
    timers.changePending(by: entry.timers.count - before.timers.count)
    for (kind, setting) in entry.timers where before.timers[kind] != setting || fired.contains(kind) {
      let timer = Timer(key: key, kind: kind, generation: setting.generation, due: setting.due)
      timers.insert(TimerQueue.Element(timer: timer, since: since))
    }
  }

  func putHeld(_ key: ChangelogKey, _ value: [UInt8]?) {
    held[key] = value
  }

  func committed(changelogEnd: Offset?) throws(LogError) {
    if let changelogEnd { changelogOffset = changelogEnd }
    guard timers.hasManyVoid else { return }
    try timers.keepOnly { timer throws(LogError) in try wants(timer) }
  }
}
