import EventLog
import EventLogConformance
import Foundation
import Logging
import SQLiteLog
import Time

/// A home for the conformance suite: a file in a folder of its own, or memory.
final class SQLiteHome: LogHome {
  let clock: DrivenClock? = DrivenClock()
  private let folder: TemporaryFolder
  private let memory: SQLiteLog?

  init(inMemory: Bool) throws {
    folder = try TemporaryFolder()
    let clock = clock
    memory = inMemory ? try SQLiteLog(.test(path: ":memory:", now: { clock?.now ?? .distantPast })) : nil
  }

  func open() throws -> any EventLog {
    let clock = clock
    return try memory ?? SQLiteLog(.test(path: folder.file, now: { clock?.now ?? .distantPast }))
  }

  func maintain(_ log: any EventLog) throws -> Bool {
    try (log as? SQLiteLog)?.maintain()
    return true
  }
}

/// A folder that goes when its owner goes.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "huiyin-log-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  var file: String { url.appending(path: "log.sqlite").path }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }
}

extension SQLiteLog.Settings {
  static func test(
    path: String = ":memory:", prefix: String = "test-",
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
    now: @escaping @Sendable () -> Instant = { Instant(milliseconds: 1_790_000_000_000) }
  ) -> SQLiteLog.Settings {
    SQLiteLog.Settings(path: path, prefix: prefix, logger: logger, now: now)
  }
}
