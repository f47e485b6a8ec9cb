import EventLog
import Foundation
import Logging
import SQLiteLog

/// Where a benchmark's log lives.
protocol BenchHome {
  var name: String { get }

  /// A new log with these topics.
  func open(partitions: Int, topics: [String], changelogs: [String]) throws -> any EventLog
}

extension BenchHome {
  func specifications(_ partitions: Int, _ topics: [String], _ changelogs: [String]) -> [TopicSpecification] {
    topics.map {
      TopicSpecification(name: $0, partitions: partitions, cleanup: .delete(after: nil), maximumRecordSize: 2 << 20)
    }
      + changelogs.map {
        TopicSpecification(
          name: $0, partitions: partitions, cleanup: .compact(tombstones: .seconds(604_800)),
          maximumRecordSize: 2 << 20)
      }
  }
}

/// An SQLite file in a folder that goes with this object.
final class SQLiteBenchHome: BenchHome {
  let name = "sqlite"
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "huiyin-bench-\(getpid())-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  func open(partitions: Int, topics: [String], changelogs: [String]) throws -> any EventLog {
    let path = folder.appending(path: "\(UUID().uuidString).sqlite").path
    let log = try SQLiteLog(SQLiteLog.Settings(path: path, logger: Logger(label: "bench"), now: Clock.now))
    _ = try log.create(specifications(partitions, topics, changelogs))
    return log
  }

  var snapshots: String { folder.appending(path: "snapshots").path }
}
