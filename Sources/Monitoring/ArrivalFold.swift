import Cases
import EventLog
import GRDB
import Streams
import Time

/// Folds records of `classifications`: opinions that are known to be about something, and whose case isn't opened yet.
struct ArrivalFold {
  private let folding: Folding
  private var db: Database { folding.db }
  private var arrived: Set<Int64> = []

  init(_ folding: Folding) {
    self.folding = folding
  }

  mutating func take(_ stored: StoredRecord) throws {
    guard stored.record.value != nil else { return }
    let envelope: (event: CloudEvent, key: String)
    do throws(Rejection) {
      envelope = try CloudEvent.keyed(stored)
    } catch {
      return try folding.note(error.reason, of: stored)
    }
    guard let id = CaseID(envelope.key) else {
      return try folding.note("the record's key is not a case id", of: stored)
    }
    folding.applied.folded += 1
    let key = try folding.key(of: id).key
    try db.cachedStatement(
      sql:
        "INSERT INTO arriving (key, since) VALUES (?, ?) ON CONFLICT DO UPDATE SET since = min(since, excluded.since)"
    ).execute(arguments: [key, stored.timestamp.milliseconds])
    arrived.insert(key)
  }

  /// To be called once the cases of the transaction are stored.
  func store() throws {
    for key in arrived {
      try db.cachedStatement(
        sql: "DELETE FROM arriving WHERE key = ? AND EXISTS (SELECT 1 FROM cases WHERE key = arriving.key)"
      ).execute(arguments: [key])
    }
  }
}
