import EventLog
import Foundation
import GRDB
import Logging
import Synchronization
import Time

/// What all connections of one ``SQLiteLog`` share.
final class LogFile: Sendable {
  let settings: SQLiteLog.Settings
  let watch = ChangeWatch()
  /// Held around each write transaction, so that the threads of this process queue up here and don't fight in SQLite,
  /// where the one that waits only looks again from time to time.
  let writing = Mutex<Void>(())
  /// When members may look again for what retention no longer keeps.
  let maintenance = Mutex<Instant>(.distantPast)
  /// Topics are never changed or deleted, so what was seen once holds.
  private let knownTopics = Mutex<[String: TopicRow]>([:])
  /// The only connection of a log in memory.
  private let memory: DatabaseQueue?

  init(_ settings: SQLiteLog.Settings) throws(LogError) {
    self.settings = settings
    let queue = try Self.open(settings, creating: true)
    memory = settings.path == ":memory:" ? queue : nil
    try Schema.prepare(Connection(to: self, queue: queue))
  }

  var isInMemory: Bool { memory != nil }

  var address: String { settings.address }

  func connect() throws(LogError) -> Connection {
    if let memory { return Connection(to: self, queue: memory) }
    return Connection(to: self, queue: try Self.open(settings, creating: false))
  }

  private static func open(_ settings: SQLiteLog.Settings, creating: Bool) throws(LogError) -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "SQLiteLog"
    configuration.busyMode = .timeout(settings.busyTimeout.inSeconds)
    // A transaction that a broken disk doesn't let us undo is an error to tell, not one to stop the process for.
    configuration.allowsUnsafeTransactions = true
    let maximumPages = settings.maximumPages
    configuration.prepareDatabase { db in
      // Not by the configuration's own WAL mode, which lowers `synchronous` to NORMAL: a commit could then be lost.
      try db.execute(sql: "PRAGMA synchronous = FULL")
      if let maximumPages { try db.execute(sql: "PRAGMA max_page_count = \(maximumPages)") }
    }
    do {
      if settings.path == ":memory:" {
        // In memory, a page that falls free can make SQLite (3.40) walk through all of them: let there be fewer.
        configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA page_size = 16384") }
        return try DatabaseQueue(configuration: configuration)
      }
      if !creating, !FileManager.default.fileExists(atPath: settings.path) {
        // SQLite would silently begin a new, empty file.
        throw LogError(.unreachable, "the file of \(settings.address) is gone", recovery: .stop)
      }
      return try DatabaseQueue(path: settings.path, configuration: configuration)
    } catch {
      throw LogError(error, in: settings.address, while: .opening)
    }
  }

  // MARK: Topics

  /// - Parameter cached: whether what an earlier transaction saw is good enough; what this one wrote itself isn't there.
  func topic(named name: String, in db: Database, cached: Bool = true) throws -> TopicRow? {
    if cached, let known = knownTopics.withLock({ $0[name] }) { return known }
    let row = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(TopicRow.columns) FROM topics WHERE name = ?"),
      arguments: [settings.prefix + name])
    guard let row else { return nil }
    let topic = try TopicRow(row, prefix: settings.prefix, in: db)
    if cached { knownTopics.withLock { $0[name] = topic } }
    return topic
  }

  /// Those under the prefix, by name.
  func allTopics(in db: Database) throws -> [TopicRow] {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT \(TopicRow.columns) FROM topics WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name"),
      arguments: [settings.prefix])
    return try rows.map { try TopicRow($0, prefix: settings.prefix, in: db) }
  }
}

extension SQLiteLog.Settings {
  var address: String { "sqlite:\(path)" }
}
