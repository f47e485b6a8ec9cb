import EventLog
import GRDB

/// The tables of the file. `groups` is a word of SQL, hence `consumer_groups`.
enum Schema {
  static let version: Int64 = 2

  /// Makes what is missing, and refuses a file that isn't ours or is newer than this program.
  static func prepare(_ connection: Connection) throws(LogError) {
    let address = connection.file.address
    let present = try connection.read { db in try found(in: db, address: address) }
    if !connection.file.isInMemory { try connection.switchToWAL() }
    if present == version { return }
    let identity = connection.file.settings.identity
    try connection.write { db in
      // Another process may have been faster.
      if let found = try found(in: db, address: address) {
        if found < version { try upgrade(db) }
        return
      }
      try db.execute(sql: tables)
      try db.perform("INSERT INTO meta (name, value) VALUES ('schema', ?)", [version])
      if let identity {
        try db.perform("INSERT INTO meta (name, value) VALUES ('identity', ?)", [identity()])
      } else {
        try db.execute(sql: "INSERT INTO meta (name, value) VALUES ('identity', lower(hex(randomblob(16))))")
      }
    }
  }

  static func renewIdentity(in db: Database) throws {
    try db.execute(sql: "UPDATE meta SET value = lower(hex(randomblob(16))) WHERE name = 'identity'")
  }

  static func identity(in db: Database) throws -> String {
    try String.fetchOne(db, sql: "SELECT value FROM meta WHERE name = 'identity'") ?? ""
  }

  /// The version of the tables that are there.
  private static func found(in db: Database, address: String) throws -> Int64? {
    // Not by `tableExists`, which remembers what it saw before another process made the tables.
    let hasMeta = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'meta')")
    guard hasMeta == true else {
      let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
      if tables == 0 { return nil }
      throw LogError(.other, "\(address) is an SQLite file of something else: no table is \"meta\"", recovery: .stop)
    }
    guard let found = try Int64.fetchOne(db, sql: "SELECT value FROM meta WHERE name = 'schema'") else {
      throw LogError(.other, "\(address) is an SQLite file of something else: it names no schema", recovery: .stop)
    }
    if found > version {
      throw LogError(
        .other,
        "\(address) was written by a newer program: its schema is \(found), this program knows up to \(version)",
        recovery: .stop)
    }
    return found
  }

  /// From version 1, where compaction took place with every append.
  private static func upgrade(_ db: Database) throws {
    try db.execute(
      sql: """
        DROP TABLE latest;
        ALTER TABLE partitions ADD COLUMN cleaned INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE partitions ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
        UPDATE meta SET value = 2 WHERE name = 'schema';
        """)
  }

  private static let tables = """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE topics (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, partitions INTEGER NOT NULL, compacted INTEGER NOT NULL,
      retention INTEGER, maximum_size INTEGER NOT NULL) STRICT;
    CREATE TABLE partitions (
      id INTEGER PRIMARY KEY, topic INTEGER NOT NULL REFERENCES topics, number INTEGER NOT NULL,
      first INTEGER NOT NULL DEFAULT 0, next INTEGER NOT NULL DEFAULT 0,
      time INTEGER NOT NULL DEFAULT \(Int64.min), cleaned INTEGER NOT NULL DEFAULT 0, kept INTEGER NOT NULL DEFAULT 0,
      UNIQUE (topic, number)) STRICT;
    CREATE TABLE records (id INTEGER PRIMARY KEY, time INTEGER NOT NULL, key BLOB, value BLOB, headers BLOB) STRICT;
    CREATE INDEX tombstones ON records (time) WHERE value IS NULL;
    CREATE TABLE publishers (name TEXT PRIMARY KEY, incarnation INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE consumer_groups (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, generation INTEGER NOT NULL DEFAULT 0) STRICT;
    CREATE TABLE members (
      consumer_group INTEGER NOT NULL, id TEXT NOT NULL, incarnation INTEGER NOT NULL, lease INTEGER NOT NULL,
      PRIMARY KEY (consumer_group, id)) STRICT, WITHOUT ROWID;
    CREATE TABLE subscriptions (
      consumer_group INTEGER NOT NULL, member TEXT NOT NULL, topic TEXT NOT NULL,
      PRIMARY KEY (consumer_group, member, topic)) STRICT, WITHOUT ROWID;
    CREATE TABLE assignments (
      consumer_group INTEGER NOT NULL, partition INTEGER NOT NULL, member TEXT NOT NULL, epoch INTEGER NOT NULL,
      PRIMARY KEY (consumer_group, partition)) STRICT, WITHOUT ROWID;
    CREATE TABLE offsets (
      consumer_group INTEGER NOT NULL, partition INTEGER NOT NULL, offset INTEGER NOT NULL,
      PRIMARY KEY (consumer_group, partition)) STRICT, WITHOUT ROWID;
    """
}
