import Cases
import EventLog
import GRDB

/// What all that is folded within one transaction shares: the database, the numbers of cases in it, and what became of
/// the records. Ends with the transaction.
final class Folding {
  let db: Database
  var applied = ReadModel.Applied()
  private var keys: [CaseID: Int64] = [:]

  init(_ db: Database) {
    self.db = db
  }

  /// The number by which the tables know a case, which it is given here if it has none.
  func key(of id: CaseID) throws -> (key: Int64, isNew: Bool) {
    if let key = keys[id] { return (key, false) }
    let known = try db.cachedStatement(sql: "SELECT key FROM keys WHERE id = ?")
    if let key = try Int64.fetchOne(known, arguments: [id.text]) {
      keys[id] = key
      return (key, false)
    }
    try db.cachedStatement(sql: "INSERT INTO keys (id) VALUES (?)").execute(arguments: [id.text])
    keys[id] = db.lastInsertedRowID
    return (db.lastInsertedRowID, true)
  }

  func note(_ reason: String, of stored: StoredRecord) throws {
    applied.undecodable += 1
    try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO undecodable (topic, partition, position, reason) VALUES (?, ?, ?, ?)"
    ).execute(
      arguments: [stored.partition.topic, stored.partition.partition, stored.offset, reason])
  }
}
