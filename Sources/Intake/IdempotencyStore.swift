import Foundation
import GRDB
package import Time

/// Remembers for seven days which opinion came under which ``IdempotencyKey``, in a small SQLite file.
///
/// What a call has stored outlives the process. A power cut may cost the newest keys; that doubles no case, since the
/// same key and body give the same event anyway. Every call blocks its thread on the disk.
package final class IdempotencyStore: Sendable {
  /// What is to be published, or was, under a key.
  package struct Entry: Hashable, Sendable {
    package let eventID: String
    /// When the opinion first came.
    package let received: Instant
    /// The log has it for sure. If not, it may have it or not, and publishing the same event again does no harm.
    package let accepted: Bool
  }

  package enum Admission: Hashable, Sendable {
    case admitted(Entry)
    /// The key stands for another body.
    case conflicting
  }

  /// The disk or the file is at fault.
  package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String
    package var description: String { "idempotency store: " + reason }
  }

  package static let retention = Duration.seconds(7 * 24 * 3600)

  private let database: DatabaseQueue

  /// - Parameter path: of a file, made if it is missing; `:memory:` forgets everything with this object.
  package init(path: String) throws(Failure) {
    database = try Self.run {
      var configuration = Configuration()
      configuration.busyMode = .timeout(2)
      if path != ":memory:" { configuration.journalMode = .wal }
      let database = try DatabaseQueue(path: path, configuration: configuration)
      try database.write { db in
        try db.execute(
          sql: """
            CREATE TABLE IF NOT EXISTS keys (
              key BLOB PRIMARY KEY, body BLOB NOT NULL, event TEXT NOT NULL, received INTEGER NOT NULL,
              accepted INTEGER NOT NULL
            ) WITHOUT ROWID
            """)
        try db.execute(sql: "CREATE INDEX IF NOT EXISTS keys_by_age ON keys (received)")
      }
      return database
    }
  }

  /// What stands under `key`; where nothing does, from now on `entry`, not yet accepted.
  package func admit(
    _ key: IdempotencyKey, bodyDigest: [UInt8], at now: Instant
  ) throws(Failure) -> Admission {
    try Self.run { [database] in
      try database.write { db in
        try db.execute(
          sql: "DELETE FROM keys WHERE received <= ?", arguments: [(now - Self.retention).milliseconds])
        if let row = try Row.fetchOne(
          db, sql: "SELECT body, event, received, accepted FROM keys WHERE key = ?", arguments: [Self.blob(key.digest)])
        {
          guard row["body"] == Self.blob(bodyDigest) else { return .conflicting }
          return .admitted(
            Entry(
              eventID: row["event"], received: Instant(milliseconds: row["received"]), accepted: row["accepted"]))
        }
        let entry = Entry(eventID: key.eventID(bodyDigest: bodyDigest), received: now, accepted: false)
        try db.execute(
          sql: "INSERT INTO keys (key, body, event, received, accepted) VALUES (?, ?, ?, ?, 0)",
          arguments: [Self.blob(key.digest), Self.blob(bodyDigest), entry.eventID, now.milliseconds])
        return .admitted(entry)
      }
    }
  }

  /// The log has what stands under `key`.
  package func accept(_ key: IdempotencyKey) throws(Failure) {
    try Self.run { [database] in
      try database.write { db in
        try db.execute(sql: "UPDATE keys SET accepted = 1 WHERE key = ?", arguments: [Self.blob(key.digest)])
      }
    }
  }

  private static func blob(_ bytes: [UInt8]) -> DatabaseValue {
    Data(bytes).databaseValue
  }

  private static func run<Value>(_ body: () throws -> Value) throws(Failure) -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw Failure(reason: error.message ?? error.resultCode.description)
    } catch {
      throw Failure(reason: "cannot be used")
    }
  }
}
