import Foundation
import GRDB

/// An SQLite file that may be in use by others.
struct SQLiteFile {
  let path: String

  /// Writes what was committed by some moment of this call to a new file, while others go on reading and writing: SQLite
  /// lets it see one snapshot, however long it takes.
  func copy(to target: String) throws(BackupFailure) {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { db in try db.execute(sql: "VACUUM INTO ?", arguments: [target]) }
    } catch {
      throw failure("copied", error)
    }
  }

  /// - Throws: ``BackupFailure`` that names the first fault, if SQLite finds one.
  func check() throws(BackupFailure) {
    let answer = try ask("PRAGMA integrity_check(1)")
    guard answer == "ok" else { throw BackupFailure("\(path) is damaged: \(answer ?? "no answer")") }
  }

  /// The first value that a question has for an answer.
  func ask(_ question: String) throws(BackupFailure) -> String? {
    var configuration = Configuration()
    configuration.readonly = true
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      return try queue.writeWithoutTransaction { db in try String.fetchOne(db, sql: question) }
    } catch {
      throw failure("read", error)
    }
  }

  private func failure(_ verb: String, _ error: any Error) -> BackupFailure {
    let said = (error as? DatabaseError).map { $0.message ?? "\($0.resultCode.rawValue)" } ?? "\(type(of: error))"
    return BackupFailure("\(path) can't be \(verb): \(said)")
  }
}
