import EventLog

/// What was stored lately, so that it needn't be read back from the file to be published: all that the file holds after
/// a certain entry, in order, but what was refused.
struct RecentEntries {
  /// What it may hold; at more, all of it is left to the file.
  private static let most = (entries: 4 * Line.batch.records, bytes: 4 * Line.batch.bytes)

  /// The file alone has this one and those before.
  private var floor: Int64
  private var entries: [Spool.Entry] = []
  private var bytes = 0

  init(after floor: Int64) {
    self.floor = floor
  }

  /// The first ones after `sequence`, up to the limit; `nil` where only the file knows.
  func first(after sequence: Int64, limit: BatchLimit) -> [Spool.Entry]? {
    guard sequence >= floor else { return nil }
    var found: [Spool.Entry] = []
    var bytes = 0
    for entry in entries where entry.sequence > sequence {
      if found.count == limit.records || (!found.isEmpty && bytes + entry.size > limit.bytes) { break }
      bytes += entry.size
      found.append(entry)
    }
    return found
  }

  /// - Parameter stored: what has come into the file, behind all others.
  mutating func add(_ stored: [Spool.Entry]) {
    entries += stored
    bytes += stored.reduce(0) { $0 + $1.size }
    if let last = entries.last, entries.count > Self.most.entries || bytes > Self.most.bytes {
      forget(through: last.sequence)
    }
  }

  /// The file no longer holds these.
  mutating func remove(where isGone: (Spool.Entry) -> Bool) {
    entries.removeAll(where: isGone)
    bytes = entries.reduce(0) { $0 + $1.size }
  }

  /// Leaves all to the file, which may hold entries up to this one.
  mutating func forget(through sequence: Int64) {
    floor = sequence
    entries = []
    bytes = 0
  }
}
