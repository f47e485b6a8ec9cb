import GRDB

/// The tables of the read model. Another number here, and every model is built anew from the log.
///
/// What a case is called by in all tables is a small number of its own (`keys`), in the order in which cases were first
/// heard of: so the newest of everything lies together, and adding to it touches few pages. Nothing that is shown
/// depends on it.
enum ReadModelSchema {
  static let version = 7
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
    try db.execute(sql: "PRAGMA application_id = 1213813325")
    try db.execute(sql: tables)
    try makeIndexes(db)
    try db.execute(sql: "INSERT INTO source (identity, schema) VALUES (?, ?)", arguments: [identity, version])
  }

  /// Those that only lists are read by: a model that has far to go does without them until it is there.
  static func dropIndexes(_ db: Database) throws {
    for index in indexes { try db.execute(sql: "DROP INDEX IF EXISTS \(index.name)") }
  }

  static func makeIndexes(_ db: Database) throws {
    for index in indexes { try db.execute(sql: "CREATE INDEX IF NOT EXISTS \(index.name) ON \(index.of)") }
  }

  /// Has been as far as the log was when its reader began.
  static func isBuilt(_ db: Database) throws -> Bool {
    try Bool.fetchOne(db, sql: "SELECT built FROM source") ?? false
  }

  /// `cases.part`: see ``CaseRow/Part``. `expires` is in milliseconds, and far away where the deadline stands still.
  private static let tables = """
    CREATE TABLE source (identity TEXT NOT NULL, schema INTEGER NOT NULL, built INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE positions (
      topic TEXT NOT NULL, partition INTEGER NOT NULL, position INTEGER NOT NULL,
      PRIMARY KEY (topic, partition)
    ) WITHOUT ROWID;
    CREATE TABLE undecodable (
      topic TEXT NOT NULL, partition INTEGER NOT NULL, position INTEGER NOT NULL, reason TEXT NOT NULL,
      PRIMARY KEY (topic, partition, position)
    ) WITHOUT ROWID;

    CREATE TABLE keys (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
    CREATE TABLE events (place INTEGER PRIMARY KEY, type TEXT NOT NULL, time TEXT, cause TEXT, data BLOB);
    CREATE TABLE summaries (
      key INTEGER PRIMARY KEY, last_event TEXT NOT NULL, last_time TEXT, answer INTEGER NOT NULL,
      undelivered INTEGER NOT NULL, erased INTEGER NOT NULL, summary BLOB NOT NULL
    );
    CREATE TABLE cases (
      key INTEGER PRIMARY KEY, id TEXT NOT NULL, number TEXT, part INTEGER NOT NULL, stage TEXT NOT NULL,
      expires INTEGER NOT NULL, deadline INTEGER NOT NULL, due INTEGER NOT NULL, provisional INTEGER NOT NULL,
      received TEXT NOT NULL, received_at INTEGER NOT NULL, category TEXT NOT NULL, subcategory TEXT NOT NULL,
      kind INTEGER NOT NULL, owner TEXT NOT NULL, owner_name TEXT NOT NULL,
      offered_kind INTEGER NOT NULL, offered TEXT NOT NULL, offered_name TEXT NOT NULL,
      step INTEGER NOT NULL, review INTEGER NOT NULL, late INTEGER NOT NULL
    );
    CREATE TABLE held (
      key INTEGER NOT NULL, holder TEXT NOT NULL, part INTEGER NOT NULL, expires INTEGER NOT NULL, id TEXT NOT NULL,
      received_at INTEGER NOT NULL, kind INTEGER NOT NULL, owner TEXT NOT NULL, category TEXT NOT NULL,
      step INTEGER NOT NULL, review INTEGER NOT NULL, PRIMARY KEY (key, holder)
    ) WITHOUT ROWID;

    CREATE TABLE duties (
      key INTEGER NOT NULL, duty INTEGER NOT NULL, holder TEXT NOT NULL, expires INTEGER NOT NULL, id TEXT NOT NULL,
      PRIMARY KEY (key, duty)
    ) WITHOUT ROWID;

    CREATE TABLE standings (
      holder TEXT NOT NULL, name TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (holder, name)
    ) WITHOUT ROWID;
    CREATE TABLE owner_periods (
      period INTEGER NOT NULL, owner TEXT NOT NULL, kind INTEGER NOT NULL, received INTEGER NOT NULL,
      answered INTEGER NOT NULL, passed INTEGER NOT NULL, in_time INTEGER NOT NULL, closed INTEGER NOT NULL,
      settled INTEGER NOT NULL, satisfied INTEGER NOT NULL, fair INTEGER NOT NULL, unsatisfied INTEGER NOT NULL,
      PRIMARY KEY (period, owner, kind)
    ) WITHOUT ROWID;
    CREATE TABLE category_days (
      day INTEGER NOT NULL, category TEXT NOT NULL, received INTEGER NOT NULL, open INTEGER NOT NULL,
      overdue INTEGER NOT NULL, PRIMARY KEY (day, category)
    ) WITHOUT ROWID;
    CREATE TABLE days (
      day INTEGER PRIMARY KEY, received INTEGER NOT NULL, answered INTEGER NOT NULL, overdue INTEGER NOT NULL
    );

    CREATE TABLE citizens (citizen TEXT NOT NULL, case_id TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE contacts (key INTEGER PRIMARY KEY, citizen BLOB NOT NULL);
    CREATE TABLE arriving (key INTEGER PRIMARY KEY, since INTEGER NOT NULL);
    CREATE TABLE told (
      key INTEGER NOT NULL, id TEXT NOT NULL, time TEXT, message BLOB NOT NULL, PRIMARY KEY (key, id)
    ) WITHOUT ROWID;
    CREATE TABLE letters (
      id TEXT PRIMARY KEY, topic TEXT NOT NULL, partition INTEGER NOT NULL, position INTEGER NOT NULL,
      arrived INTEGER NOT NULL, stage TEXT NOT NULL, reason TEXT NOT NULL, failed INTEGER NOT NULL,
      retries INTEGER NOT NULL, parked INTEGER NOT NULL, status TEXT NOT NULL, waiting INTEGER NOT NULL, case_id TEXT
    ) WITHOUT ROWID;
    CREATE TABLE directory (name BLOB PRIMARY KEY, value BLOB NOT NULL, whole TEXT) WITHOUT ROWID;
    CREATE TABLE holders (
      place INTEGER PRIMARY KEY, id TEXT NOT NULL, kind INTEGER NOT NULL, name TEXT NOT NULL, station TEXT
    );
    CREATE TABLE owners (id TEXT PRIMARY KEY, kind INTEGER NOT NULL, name TEXT NOT NULL, said INTEGER NOT NULL)
      WITHOUT ROWID;
    """

  /// Each ends with the case's id, by which lists go where all else is equal, and with what else they may be asked for,
  /// so that no case is looked at that isn't shown.
  private static let indexes: [(name: String, of: String)] = [
    ("cases_by_due", "cases (part, expires, id, kind, owner, category, step)"),
    ("cases_by_receipt", "cases (part, received_at, id, kind, owner, category, step)"),
    ("cases_by_category_due", "cases (part, category, expires, id, kind, owner, step)"),
    ("cases_by_category_receipt", "cases (part, category, received_at, id, kind, owner, step, subcategory)"),
    ("cases_by_owner_due", "cases (part, owner, expires, id, kind, category, step)"),
    ("cases_by_owner_receipt", "cases (part, owner, received_at, id, kind, category, step)"),
    ("cases_by_kind_due", "cases (part, kind, expires, id, owner, category, step)"),
    ("cases_by_kind_receipt", "cases (part, kind, received_at, id, owner, category, step)"),
    ("cases_by_step_due", "cases (part, step, expires, id, kind, owner, category)"),
    ("cases_to_review", "cases (expires, id, received_at, kind, owner, category, step) WHERE review = 1"),
    ("cases_by_number", "cases (number) WHERE number IS NOT NULL"),
    ("held_by_due", "held (holder, part, expires, id, received_at, kind, owner, category, step, review)"),
    ("held_by_receipt", "held (holder, part, received_at, id, expires, kind, owner, category, step, review)"),
    ("duties_by_due", "duties (duty, expires, id)"),
    ("duties_by_holder", "duties (duty, holder, expires, id)"),
    ("cases_by_citizen", "citizens (citizen, case_id)"),
    ("arriving_since", "arriving (since)"),
    ("holders_by_id", "holders (id, kind, name)"),
    ("letters_waiting", "letters (failed, id, parked) WHERE waiting = 1"),
  ]
}
