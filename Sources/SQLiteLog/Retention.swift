import EventLog
import GRDB
import Logging
import Synchronization
import Time

/// Deletes records that are older than their topic keeps them, tombstones that have been seen long enough, and
/// (``Compaction``) the records of compacted topics that newer ones of their keys have replaced.
enum Retention {
  /// How many records of a partition go in one transaction, so that nobody waits long for it.
  static let stepSize = 1000

  private struct Overdue: Sendable {
    let partition: Int64
    let isCompacted: Bool
    /// Older records may go.
    let cutoff: Int64
  }

  /// Does a step if none was due within the last minute. Trouble is logged: the caller has its own work to do.
  static func stepIfDue(_ connection: Connection) {
    let file = connection.file
    let now = file.settings.now()
    let isDue = file.maintenance.withLock { next in
      if now < next { return false }
      next = now + .seconds(60)
      return true
    }
    guard isDue else { return }
    do {
      if try step(connection) { file.maintenance.withLock { $0 = now } }
      try Compaction.run(connection)
    } catch {
      file.settings.logger.warning("could not delete old records", metadata: ["reason": "\(error.reason)"])
    }
  }

  /// Deletes up to a thousand records of each partition.
  /// - Returns: whether anything was deleted, so that there may be more.
  static func step(_ connection: Connection) throws(LogError) -> Bool {
    let overdue = try connection.read { db in try self.overdue(connection.file, in: db) }
    if overdue.isEmpty { return false }
    try connection.write { db in
      for partition in overdue {
        if partition.isCompacted {
          try forgetTombstones(of: partition, in: db)
        } else {
          try moveStart(of: partition, in: db)
        }
      }
    }
    return true
  }

  private static func overdue(_ file: LogFile, in db: Database) throws -> [Overdue] {
    let now = file.settings.now()
    var overdue: [Overdue] = []
    for topic in try file.allTopics(in: db) {
      let age: Duration
      switch topic.specification.cleanup {
      case .delete(.none): continue
      case .delete(.some(let limit)), .compact(let limit): age = limit
      }
      let cutoff = (now - age).milliseconds
      for partition in topic.partitions {
        let candidate = Overdue(partition: partition, isCompacted: topic.isCompacted, cutoff: cutoff)
        let found =
          topic.isCompacted ? try !tombstones(of: candidate, limit: 1, in: db).isEmpty : try isOld(candidate, in: db)
        if found { overdue.append(candidate) }
      }
    }
    return overdue
  }

  private static func isOld(_ partition: Overdue, in db: Database) throws -> Bool {
    let range = RecordID.range(0..<RecordID.offsets, in: partition.partition)
    let oldest = try db.integer(
      "SELECT time FROM records WHERE id >= ? AND id < ? ORDER BY id LIMIT 1", [range.lowerBound, range.upperBound])
    return oldest.map { $0 < partition.cutoff } ?? false
  }

  private static func moveStart(of partition: Overdue, in db: Database) throws {
    let range = RecordID.range(0..<RecordID.offsets, in: partition.partition)
    var last: Int64?
    // Times never run backwards within a partition: the first young record ends it.
    let rows = try db.rows(
      "SELECT id, time FROM records WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
      [range.lowerBound, range.upperBound, stepSize])
    while let row = try rows.next(), (row[1] as Int64) < partition.cutoff { last = row[0] }
    guard let last else { return }
    try db.perform("DELETE FROM records WHERE id >= ? AND id <= ?", [range.lowerBound, last])
    try db.perform(
      "UPDATE partitions SET first = ? WHERE id = ?", [RecordID.offset(of: last) + 1, partition.partition])
  }

  /// Only of what has been compacted: so such a tombstone is its key's last record there, and uncovers none.
  private static func tombstones(of partition: Overdue, limit: Int, in db: Database) throws -> [Int64] {
    let range = RecordID.range(0..<RecordID.offsets, in: partition.partition)
    let statement = try db.cachedStatement(
      sql: """
        SELECT id FROM records INDEXED BY tombstones WHERE value IS NULL AND time < ? AND id >= ? AND id < ? LIMIT ?
        """)
    let cleaned = try db.integer("SELECT cleaned FROM partitions WHERE id = ?", [partition.partition]) ?? 0
    return try Int64.fetchAll(
      statement,
      arguments: [partition.cutoff, range.lowerBound, RecordID.of(cleaned, in: partition.partition), limit])
  }

  private static func forgetTombstones(of partition: Overdue, in db: Database) throws {
    for id in try tombstones(of: partition, limit: stepSize, in: db) {
      try db.perform("DELETE FROM records WHERE id = ?", [id])
    }
  }
}
