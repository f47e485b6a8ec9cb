import EventLog
import Foundation
import Logging
import SQLiteLog

/// An SQLite file in a folder.
final class SQLiteBenchHome: BenchHome {
  let name = "sqlite"
  /// It goes by the clock that it is given.
  let sessionTimeout = Duration.seconds(864_000)
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  func open(partitions: Int, topics: [String], changelogs: [String]) throws -> any EventLog {
    let path = folder.path("\(UUID().uuidString).sqlite")
    let log = try SQLiteLog(SQLiteLog.Settings(path: path, logger: Logger(label: "bench"), now: Clock.now))
    _ = try log.create(specifications(partitions, topics, changelogs))
    return log
  }

  var snapshots: String { folder.path("snapshots") }
}
