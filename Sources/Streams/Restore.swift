import EventLog
import Time

/// The rebuilding of one partition's store from its changelog, a chunk at a time, so that the worker can go on polling in
/// between and keeps its membership however long it takes.
///
/// Begun only after the committed offset is known, it reads to where the changelog ended when it began, as a reader of
/// uncommitted records sees it: all that was committed together with that offset lies before (semantics.md, "The loop").
struct Restore {
  let store: StateStore
  private let changelog: TopicPartition
  private let end: Offset
  private var position: Offset
  private(set) var recordsRead = 0

  /// - Throws: ``LogError`` if the changelog can't be looked at.
  init(_ snapshot: Snapshot, reader: any LogReader, notBefore oldest: Instant) throws(LogError) {
    changelog = snapshot.changelog
    let bounds = try reader.bounds(of: changelog)
    end = bounds.upperBound
    if let store = snapshot.read(within: bounds, notBefore: oldest) {
      self.store = store
      position = store.changelogOffset
    } else {
      store = StateStore(partition: changelog.partition, changelogOffset: bounds.lowerBound)
      position = bounds.lowerBound
    }
  }

  var remaining: Offset { max(0, end - position) }

  /// Reads the next chunk.
  /// - Returns: whether the store is whole.
  mutating func advance(_ reader: any LogReader, limit: BatchLimit, at time: Instant) throws(LogError) -> Bool {
    if position < end {
      let chunk = try reader.read(from: [changelog: position], for: .zero, limit: limit)
      for record in chunk.records { try store.restore(record.record) }
      recordsRead += chunk.records.count
      position = chunk.positions[changelog] ?? position
    }
    guard position >= end else { return false }
    try store.finishRestore(at: position, since: time)
    return true
  }
}
