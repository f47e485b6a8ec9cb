import EventLog
import GRDB

extension LogError {
  /// What went on when SQLite complained.
  enum Activity {
    case opening, reading, writing, committing
  }

  /// Says what an error within SQLite means for the caller. SQLite's message never holds contents.
  init(_ error: any Error, in address: String, while activity: Activity) {
    if let error = error as? LogError {
      self = error
      return
    }
    guard let error = error as? DatabaseError else {
      self.init(.other, "\(address): \(type(of: error))", recovery: .restart)
      return
    }
    let said = "SQLite says: \(error.message ?? "nothing") (\(error.extendedResultCode.rawValue))"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL:
      self.init(.busy, "\(address) is locked by another process; \(said)", recovery: .retry)
    case .SQLITE_FULL:
      self.init(.full, "no room is left for \(address); nothing was written; \(said)", recovery: .retry)
    case .SQLITE_CORRUPT:
      self.init(.corrupt, "\(address) is damaged; \(said)", recovery: .stop)
    case .SQLITE_NOTADB:
      self.init(.corrupt, "\(address) is not an SQLite file; \(said)", recovery: .stop)
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
      self.init(.unreachable, "\(address) can't be opened or written; \(said)", recovery: .stop)
    case _ where activity == .committing:
      self.init(.unknownOutcome, "whether a commit to \(address) took place is not known; \(said)", recovery: .restart)
    case .SQLITE_IOERR:
      self.init(.unreachable, "\(address) can't be read or written; \(said)", recovery: .restart)
    default:
      self.init(.other, "\(address) failed; \(said)", recovery: .restart)
    }
  }

  static func unknownTopic(_ name: String, in address: String, recovery: Recovery) -> LogError {
    LogError(
      .unknownTopic, "topic \(name) doesn't exist in \(address): waiting for it to be created", recovery: recovery)
  }
}
