import EventLog
import Time

/// What is certain of one partition: the records of its changelog as of the last commit, compacted, in the bytes in which
/// the changelog holds them, so that memory stays small and a restore decodes next to nothing.
///
/// Belongs to the worker's thread. A batch works on copies (``Work``) that come here only after their commit.
final class StateStore {
  let partition: Int
  let table: PackedTable
  var timers = TimerQueue()
  /// Where in the changelog this is the state of: every record before it is in here.
  private(set) var changelogOffset: Offset
  private(set) var parkedKeys = 0
  /// The rules that its keys go by; `nil` if none came, and the processor's own count.
  var rules: AdoptedRules?
  /// What is still to be revised under them; `nil` if nothing is.
  var sweep: Sweep?

  init(partition: Int, changelogOffset: Offset, table: PackedTable = PackedTable()) {
    self.partition = partition
    self.changelogOffset = changelogOffset
    self.table = table
  }

  /// - Parameter name: ``ChangelogKey/entry(_:)`` in bytes.
  func entry(named name: [UInt8]) throws(LogError) -> Entry {
    guard let slot = table.slot(of: name) else { return Entry() }
    return try entry(at: slot)
  }

  /// Whether that is what the changelog holds under this key; `nil` is nothing.
  func holds(_ value: [UInt8]?, as name: [UInt8]) -> Bool {
    guard let slot = table.slot(of: name) else { return value == nil }
    return value.map { table.value(at: slot).elementsEqual($0) } ?? false
  }

  private func entry(at slot: PackedTable.Slot, withState: Bool = true) throws(LogError) -> Entry {
    do {
      return try Entry(encoded: table.value(at: slot), withState: withState)
    } catch {
      throw unreadable("an entry")
    }
  }

  private func unreadable(_ what: String) -> LogError {
    LogError(
      .corrupt, "the changelog's partition \(partition) holds \(what) that this version can't read", recovery: .stop)
  }

  /// - Returns: `nil` if no such timer is set, as of the last commit.
  func timer(_ element: TimerQueue.Element) throws(LogError) -> Timer? {
    guard table.contains(element.slot), ChangelogKey.isEntry(table.key(at: element.slot)) else { return nil }
    let kind = timers.kind(of: element)
    guard let setting = try entry(at: element.slot, withState: false).timer(kind), setting.due == element.due else {
      return nil
    }
    do {
      guard case .entry(let key) = try ChangelogKey(encoded: table.key(at: element.slot)) else { return nil }
      return Timer(key: key, kind: kind, generation: setting.generation, due: setting.due)
    } catch {
      throw unreadable("a key")
    }
  }

  func heldRecord(_ key: [UInt8], _ number: UInt64) throws(LogError) -> StoredRecord {
    do {
      guard let slot = table.slot(of: ChangelogKey.held(key, number).encoded) else { throw ByteReader.Truncated() }
      return try StoredRecord(encoded: table.value(at: slot))
    } catch {
      throw LogError(
        .corrupt, "the changelog's partition \(partition) lacks a waiting record that an entry names", recovery: .stop)
    }
  }

  // MARK: Restoring

  /// Takes in a record of the changelog.
  func restore(_ record: Record) throws(LogError) {
    guard let key = record.key else { throw unreadable("a record") }
    put(key, record.value)
  }

  /// Ends the restore at that offset: sets the timers, known from `since` on.
  func finishRestore(at offset: Offset, since: Instant) throws(LogError) {
    changelogOffset = offset
    parkedKeys = 0
    var elements: [TimerQueue.Element] = []
    for slot in table.slots {
      let key = table.key(at: slot)
      guard ChangelogKey.isEntry(key) else { continue }
      let entry = try entry(at: slot, withState: false)
      if entry.parked != nil { parkedKeys += 1 }
      for setting in entry.timers { elements.append(timers.element(of: slot, key, setting, since: since)) }
    }
    timers.replaceAll(by: elements)
    do {
      try restoreSweep()
    } catch {
      throw unreadable("a place")
    }
  }

  // MARK: After a commit

  /// Takes in what a batch worked out for one key.
  func put(_ copy: KeyCopy, since: Instant) {
    parkedKeys += (copy.entry.parked == nil ? 0 : 1) - (copy.wasParked ? 1 : 0)
    timers.changePending(by: copy.entry.timers.count - copy.timersBefore.count)
    guard let slot = put(copy.name, copy.encoded), !copy.entry.timers.isEmpty else { return }
    let key = table.key(at: slot)
    for setting in copy.entry.timers
    where !copy.timersBefore.contains(setting) || copy.dequeued.contains(setting.kind) {
      timers.insert(timers.element(of: slot, key, setting, since: since))
    }
  }

  /// - Parameter value: `nil` removes the key.
  /// - Returns: where it is, if it is not removed.
  @discardableResult
  func put(_ key: [UInt8], _ value: [UInt8]?) -> PackedTable.Slot? {
    if let value { return table.put(key, value) }
    table.remove(key)
    return nil
  }

  func committed(changelogEnd: Offset?) throws(LogError) {
    if let changelogEnd { changelogOffset = changelogEnd }
    guard timers.hasManyVoid else { return }
    var kept = timers
    try kept.keepOnly { element throws(LogError) in try timer(element) != nil }
    timers = kept
  }
}
