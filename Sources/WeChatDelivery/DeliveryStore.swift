import Cases
import EventLog
import FoundationEssentials
import GRDB
import Glibc
import Time

/// What a gateway is to carry over WeChat, and to whom, on its own disk: SQLite, on the disk when a change has returned.
///
/// It holds personal data, so the file is for this user alone. A delivery stays in it until it is settled, and its id for a
/// week more, so that the same record, read again, is known. Calls block their thread, but for those that are `async`.
package final class DeliveryStore: Sendable {
  package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String
    package var description: String { "store of deliveries: " + reason }
  }

  /// How long it is known what was carried: no record is worth sending longer after it was written.
  static let retention = Duration.seconds(7 * 24 * 3600)

  let database: DatabaseQueue

  /// - Parameter path: of a file, made if it is missing; `:memory:` forgets everything with this object.
  package init(path: String) throws(Failure) {
    if path != ":memory:" {
      // SQLite gives the files beside it the same rights.
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else {
        throw Failure(reason: "\(path) can't be written: \(String(cString: strerror(errno)))")
      }
      fchmod(descriptor, 0o600)
      close(descriptor)
    }
    database = try Self.run {
      var configuration = Configuration()
      configuration.label = "WeChatDelivery"
      configuration.busyMode = .timeout(5)
      configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
      let database = try DatabaseQueue(path: path, configuration: configuration)
      try database.writeWithoutTransaction { db in
        if path != ":memory:" { try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON") }
        try db.execute(sql: Self.schema)
      }
      return database
    }
  }

  /// `due`: when it is next to be cared for; null once it is settled. `form`: what is to be sent; null once that is over.
  /// `report`: what track is to be told.
  private static let schema = """
    CREATE TABLE IF NOT EXISTS source (identity TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS positions (
      partition INTEGER PRIMARY KEY, position INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS addresses (
      case_id TEXT PRIMARY KEY, account TEXT NOT NULL, openid TEXT NOT NULL, subscription BLOB) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS deliveries (
      id TEXT PRIMARY KEY, case_id TEXT NOT NULL, account TEXT NOT NULL, taken INTEGER NOT NULL, first INTEGER NOT NULL,
      due INTEGER, expires INTEGER NOT NULL, failures INTEGER NOT NULL DEFAULT 0, unknown INTEGER NOT NULL DEFAULT 0,
      form BLOB, report BLOB) STRICT;
    CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (due) WHERE due IS NOT NULL;
    CREATE INDEX IF NOT EXISTS deliveries_by_case ON deliveries (case_id) WHERE due IS NOT NULL;
    CREATE INDEX IF NOT EXISTS deliveries_by_age ON deliveries (taken);
    """

  /// Makes it the store of that log, and says how far it has read `citizens` there. What was another log's is forgotten.
  func prepare(for identity: String) throws(Failure) -> [TopicPartition: Offset] {
    try Self.run {
      try database.write { db in
        if try String.fetchOne(db, sql: "SELECT identity FROM source") != identity {
          try db.execute(
            sql: """
              DELETE FROM source; DELETE FROM positions; DELETE FROM addresses; DELETE FROM deliveries;
              """)
          try db.execute(sql: "INSERT INTO source (identity) VALUES (?)", arguments: [identity])
        }
        var positions: [TopicPartition: Offset] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT partition, position FROM positions") {
          positions[TopicPartition(Topics.citizens, row["partition"])] = row["position"]
        }
        return positions
      }
    }
  }

  /// Takes in what is to be carried to citizens of these accounts, each once, and nothing that has expired.
  /// - Returns: how many it has taken, and how many had expired.
  func take(
    _ deliveries: [Delivery], accounts: Set<String>, at now: Instant
  ) throws(Failure) -> (taken: Int, expired: Int) {
    if deliveries.isEmpty { return (0, 0) }
    return try Self.run {
      try database.write { db in
        var counts = (taken: 0, expired: 0)
        for delivery in deliveries {
          let account = try String.fetchOne(
            db.cachedStatement(sql: "SELECT account FROM addresses WHERE case_id = ?"),
            arguments: [delivery.caseID.text])
          guard let account, accounts.contains(account) else { continue }
          guard delivery.expires > now else {
            counts.expired += 1
            continue
          }
          let due = max(now, delivery.notBefore ?? now).milliseconds
          try db.cachedStatement(
            sql: """
              INSERT OR IGNORE INTO deliveries (id, case_id, account, taken, first, due, expires, form)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?)
              """
          ).execute(
            arguments: [
              delivery.id, delivery.caseID.text, account, now.milliseconds, due, due, delivery.expires.milliseconds,
              Data(JSONData.encode(delivery)),
            ])
          counts.taken += db.changesCount
        }
        return counts
      }
    }
  }

  static func run<Value>(_ body: () throws -> Value) throws(Failure) -> Value {
    do { return try body() } catch { throw failure(error) }
  }

  static func run<Value>(_ body: () async throws -> Value) async throws(Failure) -> Value {
    do { return try await body() } catch { throw failure(error) }
  }

  private static func failure(_ error: any Error) -> Failure {
    // A statement's arguments are in GRDB's own words of an error, and people in those.
    guard let error = error as? DatabaseError else { return Failure(reason: "\(type(of: error))") }
    return Failure(reason: error.message ?? error.resultCode.description)
  }
}
