import EventLog
import GRDB

/// Deletes those records of compacted topics whose keys have newer ones.
///
/// Not with each append, which would cost more than the append itself, but once as many have come as were kept the last
/// time: so a partition holds at most about twice what it must, and each record is looked at about twice.
enum Compaction {
  /// Of fewer new records nothing is made.
  private static let leastNews: Int64 = 10_000
  /// How many are looked up at a time, so that they take little memory.
  private static let foundAtOnce = 100_000

  private struct Candidate: Sendable {
    let id: Int64
    let next: Offset
  }

  /// - Parameter always: also where little is new.
  static func run(_ connection: Connection, always: Bool = false) throws(LogError) {
    let candidates = try connection.read { db in try self.candidates(connection.file, always: always, in: db) }
    for candidate in candidates {
      while true {
        let superseded = try connection.read { db in try self.superseded(candidate, in: db) }
        for start in stride(from: 0, to: superseded.count, by: Retention.stepSize) {
          let step = superseded[start..<min(start + Retention.stepSize, superseded.count)]
          try connection.write(announced: false) { db in
            for id in step { try db.perform("DELETE FROM records WHERE id = ?", [id]) }
          }
        }
        if superseded.count < foundAtOnce { break }
      }
      try connection.write(announced: false) { db in
        let range = RecordID.range(0..<candidate.next, in: candidate.id)
        try db.perform(
          """
          UPDATE partitions SET cleaned = ?, kept = (SELECT count(*) FROM records WHERE id >= ? AND id < ?) WHERE id = ?
          """, [candidate.next, range.lowerBound, range.upperBound, candidate.id])
      }
    }
  }

  private static func candidates(_ file: LogFile, always: Bool, in db: Database) throws -> [Candidate] {
    var candidates: [Candidate] = []
    for topic in try file.allTopics(in: db) where topic.isCompacted {
      for id in topic.partitions {
        let statement = try db.cachedStatement(sql: "SELECT next, cleaned, kept FROM partitions WHERE id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id]) else { continue }
        let (next, news): (Offset, Int64) = (row[0], row[0] - row[1])
        if news >= max(leastNews, row[2]) || always && news > 0 { candidates.append(Candidate(id: id, next: next)) }
      }
    }
    return candidates
  }

  private static func superseded(_ candidate: Candidate, in db: Database) throws -> [Int64] {
    let range = RecordID.range(0..<candidate.next, in: candidate.id)
    let statement = try db.cachedStatement(
      sql: """
        SELECT id FROM (
          SELECT id, lead(id) OVER (PARTITION BY key ORDER BY id) AS newer FROM records WHERE id >= ? AND id < ?)
        WHERE newer IS NOT NULL LIMIT ?
        """)
    return try Int64.fetchAll(statement, arguments: [range.lowerBound, range.upperBound, foundAtOnce])
  }
}
