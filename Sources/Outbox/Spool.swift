import EventLog
import Foundation
import GRDB
import Synchronization
import Time

/// The file in which records wait for the log: SQLite, written ahead, on the disk when a change has returned.
///
/// One thread changes it, another may read it meanwhile. Every call blocks its thread on the disk.
final class Spool: Sendable {
  /// What was put together, and waits.
  struct Entry: Sendable {
    let sequence: Int64
    let outputs: [Output]
    /// In bytes, as it counts towards the spool's capacity.
    let size: Int
  }

  struct Addition: Sendable {
    let outputs: [Output]
    /// See ``OutputCoding``.
    let form: [UInt8]
    let received: Instant
    let key: OutboxKey?
  }

  enum Admission: Hashable, Sendable {
    case stored, repeated, conflicting
  }

  /// What happens in one transaction.
  struct Change: Sendable {
    var additions: [Addition] = []
    /// The log has these, and all before.
    var removedThrough: Int64?
    /// The log will not take this one as it is now set up: it stays, and waits for the next start.
    var refused: Int64?
    /// For each partition where the next record after ours may be.
    var places: [TopicPartition: Offset] = [:]
  }

  struct Contents: Hashable, Sendable {
    var entries = 0
    var bytes = 0
    var oldest: Instant?
  }

  /// For so long it is known what came under a key.
  static let keyRetention = Duration.seconds(7 * 24 * 3600)

  private let writer: DatabaseQueue
  private let reader: DatabaseQueue
  private let lastSequence: Atomic<Int64>
  private let recent: Mutex<RecentEntries>
  private let lastPurge = Mutex(Instant.distantPast)
  private let atCommitStage: @Sendable (SpoolingOutbox.CommitStage) -> Void

  /// - Parameter path: of a file, made if it is missing; `:memory:` forgets everything with this object.
  init(_ settings: SpoolingOutbox.Settings) throws(SpoolFailure) {
    let path = settings.path
    atCommitStage = settings.atCommitStage ?? { _ in }
    let last: Int64
    (writer, reader, last) = try Self.run {
      var configuration = Configuration()
      configuration.label = "Outbox"
      configuration.busyMode = .timeout(2)
      configuration.allowsUnsafeTransactions = true
      let maximumPages = settings.maximumPages
      configuration.prepareDatabase { db in
        try db.execute(sql: "PRAGMA synchronous = FULL")
        if let maximumPages { try db.execute(sql: "PRAGMA max_page_count = \(maximumPages)") }
      }
      let writer = try DatabaseQueue(path: path, configuration: configuration)
      let last = try writer.writeWithoutTransaction { db in
        if path != ":memory:" { try db.execute(sql: "PRAGMA journal_mode = WAL") }
        try db.execute(sql: Self.schema)
        try db.execute(sql: "UPDATE records SET refused = 0 WHERE refused <> 0")
        return try Int64.fetchOne(db, sql: "SELECT max(sequence) FROM records") ?? 0
      }
      let reader = path == ":memory:" ? writer : try DatabaseQueue(path: path, configuration: configuration)
      return (writer, reader, last)
    }
    lastSequence = Atomic(last)
    recent = Mutex(RecentEntries(after: last))
  }

  private static let schema = """
    CREATE TABLE IF NOT EXISTS records (
      sequence INTEGER PRIMARY KEY, received INTEGER NOT NULL, refused INTEGER NOT NULL DEFAULT 0,
      outputs BLOB NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS keys (
      key BLOB PRIMARY KEY, content BLOB NOT NULL, received INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS keys_by_age ON keys (received);
    CREATE TABLE IF NOT EXISTS places (
      topic TEXT NOT NULL, partition INTEGER NOT NULL, offset INTEGER NOT NULL,
      PRIMARY KEY (topic, partition)) STRICT, WITHOUT ROWID;
    """

  // MARK: Changing

  /// Makes the change, or nothing of it. To be called by one thread only.
  /// - Returns: what came of each addition, in their order.
  func commit(_ change: Change) throws(SpoolFailure) -> [Admission] {
    try Self.run {
      try writer.writeWithoutTransaction { db in
        try db.beginTransaction(.immediate)
        do {
          atCommitStage(.began)
          var stored: [Entry] = []
          let admissions = try change.additions.map { try add($0, in: db, &stored) }
          try settle(change, in: db)
          try purge(change, in: db)
          atCommitStage(.written)
          try db.commit()
          atCommitStage(.committed)
          remember(change, stored)
          return admissions
        } catch {
          try? db.rollback()
          // It may be in the file all the same.
          recent.withLock { $0.forget(through: lastSequence.load(ordering: .relaxed)) }
          throw error
        }
      }
    }
  }

  private func remember(_ change: Change, _ stored: [Entry]) {
    recent.withLock { recent in
      if let last = change.removedThrough { recent.remove { $0.sequence <= last } }
      recent.add(stored)
      if let refused = change.refused { recent.remove { $0.sequence == refused } }
    }
  }

  private func add(_ addition: Addition, in db: Database, _ stored: inout [Entry]) throws -> Admission {
    if let key = addition.key {
      let known = try Row.fetchOne(
        db.cachedStatement(sql: "SELECT content FROM keys WHERE key = ? AND received > ?"),
        arguments: [Data(key.digest), (addition.received - Self.keyRetention).milliseconds])
      if let known { return known["content"] == Data(key.content) ? .repeated : .conflicting }
      try db.cachedStatement(sql: "INSERT OR REPLACE INTO keys (key, content, received) VALUES (?, ?, ?)").execute(
        arguments: [Data(key.digest), Data(key.content), addition.received.milliseconds])
    }
    // Never one that was given before in this life, whatever became of it.
    let sequence = lastSequence.add(1, ordering: .relaxed).newValue
    try db.cachedStatement(sql: "INSERT INTO records (sequence, received, outputs) VALUES (?, ?, ?)").execute(
      arguments: [sequence, addition.received.milliseconds, Data(addition.form)])
    stored.append(Entry(sequence: sequence, outputs: addition.outputs, size: addition.form.count))
    return .stored
  }

  private func settle(_ change: Change, in db: Database) throws {
    if let last = change.removedThrough {
      try db.cachedStatement(sql: "DELETE FROM records WHERE sequence <= ? AND refused = 0").execute(arguments: [last])
    }
    if let refused = change.refused {
      try db.cachedStatement(sql: "UPDATE records SET refused = 1 WHERE sequence = ?").execute(arguments: [refused])
    }
    for (partition, offset) in change.places {
      try db.cachedStatement(sql: "INSERT OR REPLACE INTO places (topic, partition, offset) VALUES (?, ?, ?)").execute(
        arguments: [partition.topic, partition.partition, offset])
    }
  }

  /// Forgets old keys, once in a minute.
  private func purge(_ change: Change, in db: Database) throws {
    guard let now = change.additions.last?.received else { return }
    let isDue = lastPurge.withLock { last in
      guard last + .seconds(60) <= now || now < last else { return false }
      last = now
      return true
    }
    guard isDue else { return }
    try db.cachedStatement(sql: "DELETE FROM keys WHERE received <= ?").execute(
      arguments: [(now - Self.keyRetention).milliseconds])
  }

  // MARK: Reading

  /// The first ones after `sequence`, in the order in which they were put. One is given even if it alone is over the
  /// limit in bytes.
  func entries(after sequence: Int64, limit: BatchLimit) throws(SpoolFailure) -> [Entry] {
    if let entries = recent.withLock({ $0.first(after: sequence, limit: limit) }) { return entries }
    return try Self.run {
      try reader.writeWithoutTransaction { db in
        var entries: [Entry] = []
        var bytes = 0
        let rows = try Row.fetchCursor(
          db.cachedStatement(
            sql: "SELECT sequence, outputs FROM records WHERE sequence > ? AND refused = 0 ORDER BY sequence LIMIT ?"),
          arguments: [sequence, limit.records])
        while let row = try rows.next() {
          let form = try row.withUnsafeData(atIndex: 1) { data in data.map { [UInt8]($0) } } ?? []
          guard let outputs = OutputCoding.decode(form) else {
            throw SpoolFailure(reason: "the spool holds an entry that is none: the file is damaged")
          }
          if !entries.isEmpty, bytes + form.count > limit.bytes { break }
          bytes += form.count
          entries.append(Entry(sequence: row[0], outputs: outputs, size: form.count))
        }
        return entries
      }
    }
  }

  func contents() throws(SpoolFailure) -> Contents {
    try Self.run {
      try reader.writeWithoutTransaction { db in
        let row = try Row.fetchOne(db, sql: "SELECT count(*), ifnull(sum(length(outputs)), 0) FROM records")
        return Contents(entries: row?[0] ?? 0, bytes: row?[1] ?? 0, oldest: try Self.oldest(in: db))
      }
    }
  }

  /// When the entry came that waits the longest.
  func oldest() throws(SpoolFailure) -> Instant? {
    try Self.run { try reader.writeWithoutTransaction { db in try Self.oldest(in: db) } }
  }

  private static func oldest(in db: Database) throws -> Instant? {
    try Int64.fetchOne(db.cachedStatement(sql: "SELECT received FROM records ORDER BY sequence LIMIT 1")).map {
      Instant(milliseconds: $0)
    }
  }

  func places() throws(SpoolFailure) -> [TopicPartition: Offset] {
    try Self.run {
      try reader.writeWithoutTransaction { db in
        var places: [TopicPartition: Offset] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT topic, partition, offset FROM places") {
          places[TopicPartition(row[0], row[1])] = row[2]
        }
        return places
      }
    }
  }

  private static func run<Value>(_ body: () throws -> Value) throws(SpoolFailure) -> Value {
    do {
      return try body()
    } catch let failure as SpoolFailure {
      throw failure
    } catch let error as DatabaseError {
      throw SpoolFailure(reason: "the spool's disk says: " + (error.message ?? error.resultCode.description))
    } catch {
      throw SpoolFailure(reason: "the spool cannot be used")
    }
  }
}
