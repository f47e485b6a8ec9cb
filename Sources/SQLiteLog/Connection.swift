import EventLog
import GRDB
import Synchronization

/// One way into the file, for one member, reader or publisher; it belongs to the thread of its owner.
final class Connection {
  let file: LogFile
  private let queue: DatabaseQueue
  /// `PRAGMA data_version` when last asked: changes with commits of all connections but this one.
  private var version: Int64?
  /// The commits of this process that are accounted for.
  private(set) var commits: UInt64?

  init(to file: LogFile, queue: DatabaseQueue) {
    self.file = file
    self.queue = queue
  }

  /// Runs `body` on one snapshot of the file.
  func read<T>(_ body: (Database) throws -> T) throws(LogError) -> T {
    do {
      return try queue.writeWithoutTransaction { db in
        try db.beginTransaction(.deferred)
        do {
          let result = try body(db)
          try db.commit()
          return result
        } catch {
          try? db.rollback()
          throw error
        }
      }
    } catch {
      throw LogError(error, in: file.address, while: .reading)
    }
  }

  /// Runs `body` in a transaction, which is undone if `body` throws.
  /// - Parameter announced: whether others are woken by it.
  func write<T: Sendable>(announced: Bool = true, _ body: (Database) throws -> T) throws(LogError) -> T {
    let stage = file.settings.atCommitStage ?? { _ in }
    let result = try file.writing.withLock { _ throws(LogError) -> T in
      var activity = LogError.Activity.writing
      do {
        return try queue.writeWithoutTransaction { db in
          try db.beginTransaction(.immediate)
          do {
            stage(.began)
            let result = try body(db)
            stage(.written)
            activity = .committing
            try db.commit()
            stage(.committed)
            return result
          } catch {
            try? db.rollback()
            if db.isInsideTransaction { activity = .committing }
            throw error
          }
        }
      } catch {
        throw LogError(error, in: file.address, while: activity)
      }
    }
    if announced { file.watch.announce() }
    return result
  }

  /// Whether anything was committed since this was asked last, by anyone; true the first time. Costs a few microseconds.
  func hasNews() throws(LogError) -> Bool {
    let commits = file.watch.count
    var news = commits != self.commits
    self.commits = commits
    if file.isInMemory { return news }
    do {
      let version = try queue.writeWithoutTransaction { db in try db.integer("PRAGMA data_version") }
      if version != self.version {
        self.version = version
        news = true
      }
    } catch {
      throw LogError(error, in: file.address, while: .reading)
    }
    return news
  }

  /// Waits for a commit of this process that ``hasNews()`` doesn't know of yet.
  func wait(upTo duration: Duration) {
    file.watch.wait(after: commits ?? 0, upTo: duration)
  }

  func switchToWAL() throws(LogError) {
    do {
      let mode = try queue.writeWithoutTransaction { db in try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") }
      if mode != "wal" {
        throw LogError(
          .other, "\(file.address) lies where SQLite can't write ahead: its journal mode stays \(mode ?? "unknown")",
          recovery: .stop)
      }
    } catch {
      throw LogError(error, in: file.address, while: .opening)
    }
  }

  func copy(to path: String) throws(LogError) {
    do {
      try queue.writeWithoutTransaction { db in try db.execute(sql: "VACUUM INTO ?", arguments: [path]) }
    } catch {
      throw LogError(error, in: file.address, while: .writing)
    }
  }

  /// For tests: runs `body` outside of any transaction.
  func inspect<T>(_ body: (Database) throws -> T) throws -> T {
    try queue.writeWithoutTransaction(body)
  }
}
