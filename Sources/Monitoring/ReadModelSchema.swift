import GRDB

/// The tables of the read model. Another number here, and every model is built anew from the log.
enum ReadModelSchema {
  static let version = 4
  /// Marks the file as ours ("HYRM"), so that no other database is ever wiped by a mistaken path.
  private static let applicationID = 0x4859_524d

  static func isForeign(_ db: Database) throws -> Bool {
    let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
    return try tables > 0 && Int.fetchOne(db, sql: "PRAGMA application_id") != applicationID
  }

  static func isCurrent(_ db: Database, identity: String) throws -> Bool {
    guard try db.tableExists("source"),
      let row = try Row.fetchOne(db, sql: "SELECT identity, schema FROM source")
    else { return false }
    return row["identity"] == identity && row["schema"] == version
  }

  static func rebuild(_ db: Database, identity: String) throws {
    let old = try String.fetchAll(
      db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    for table in old { try db.drop(table: table) }
    // 1213813325 is applicationID: a pragma takes no arguments.
    try db.execute(
      sql: """
        PRAGMA application_id = 1213813325;
        CREATE TABLE source (identity TEXT NOT NULL, schema INTEGER NOT NULL);
        CREATE TABLE positions (
          topic TEXT NOT NULL, partition INTEGER NOT NULL, position INTEGER NOT NULL,
          PRIMARY KEY (topic, partition)
        ) WITHOUT ROWID;
        CREATE TABLE undecodable (
          topic TEXT NOT NULL, partition INTEGER NOT NULL, position INTEGER NOT NULL, reason TEXT NOT NULL,
          PRIMARY KEY (topic, partition, position)
        ) WITHOUT ROWID;
        CREATE TABLE events (
          case_id TEXT NOT NULL, sequence INTEGER NOT NULL, type TEXT NOT NULL, time TEXT, data BLOB,
          PRIMARY KEY (case_id, sequence)
        );
        CREATE TABLE cases (
          id TEXT PRIMARY KEY, phase TEXT NOT NULL, overdue INTEGER NOT NULL, expires INTEGER NOT NULL,
          due TEXT NOT NULL, provisional INTEGER NOT NULL, received TEXT NOT NULL, received_at INTEGER NOT NULL,
          category TEXT, subcategory TEXT, owner BLOB, review INTEGER NOT NULL, summary BLOB NOT NULL
        );
        CREATE INDEX cases_by_deadline ON cases (phase, overdue, expires, id);
        CREATE INDEX cases_by_receipt ON cases (received_at, id);
        CREATE INDEX cases_to_review ON cases (expires, id) WHERE review = 1;
        CREATE TABLE citizens (citizen TEXT NOT NULL, case_id TEXT PRIMARY KEY) WITHOUT ROWID;
        CREATE INDEX cases_by_citizen ON citizens (citizen, case_id);
        """)
    try db.execute(sql: "INSERT INTO source (identity, schema) VALUES (?, ?)", arguments: [identity, version])
  }
}
