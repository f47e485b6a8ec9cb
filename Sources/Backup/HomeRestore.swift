import EventLog
import Foundation
package import Logging
import Outbox
import SQLiteLog
package import Time

/// Makes a data folder of a backup (``HomeBackup``).
///
/// * The log gets another identity: what came after the backup isn't in it, so nothing that was made from the one before
///   (snapshots, read models, in whichever folder) may be taken for its own.
/// * What still waited in outboxes is put on the log, each record that it doesn't have, once. So it doesn't matter on
///   which machine and under which `HUIYIN_INSTANCE` the home goes on; the outboxes keep the idempotency keys.
package struct HomeRestore {
  package static let logName = "log.sqlite"

  /// What was found.
  package struct Outcome: Sendable {
    package let manifest: BackupManifest
    /// Records of outboxes that the log had not.
    package let published: Int
  }

  private let source: String

  /// - Parameter source: the backup's folder.
  package init(_ source: String) {
    self.source = source
  }

  /// - Parameters:
  ///   - target: where the data folder is to be; nothing may be there.
  ///   - wait, pause: sleep, without and with blocking the thread.
  /// - Throws: ``BackupFailure``; then there is nothing at `target`.
  package func write(
    to target: String, clock: @escaping @Sendable () -> Instant, wait: @escaping @Sendable (Duration) async -> Void,
    pause: @escaping @Sendable (Duration) -> Void, logger: Logger
  ) async throws -> Outcome {
    let manifest = try BackupManifest.read(in: source)
    try check(manifest)
    var folder = try NewFolder(target)
    do {
      for file in manifest.files { try folder.add(file.path, copying: "\(source)/\(file.path)") }
      let before = try records(in: folder)
      // In a call of its own, so that the files are closed when it has returned.
      try await settle(manifest, in: folder, clock, wait, pause, logger)
      let published = try records(in: folder) - before
      try folder.complete()
      return Outcome(manifest: manifest, published: published)
    } catch {
      folder.discard()
      throw error
    }
  }

  /// That every file is there and is what it was.
  private func check(_ manifest: BackupManifest) throws(BackupFailure) {
    guard manifest.files.contains(where: { $0.path == Self.logName }) else {
      throw BackupFailure("\(source) holds no log")
    }
    for file in manifest.files {
      let (bytes, digest) = try NewFolder.digest(of: "\(source)/\(file.path)")
      guard bytes == file.bytes, digest == file.sha256 else {
        throw BackupFailure("\(source)/\(file.path) is not what was backed up: the backup is damaged")
      }
    }
  }

  private func settle(
    _ manifest: BackupManifest, in folder: NewFolder, _ clock: @escaping @Sendable () -> Instant,
    _ wait: @escaping @Sendable (Duration) async -> Void, _ pause: @escaping @Sendable (Duration) -> Void,
    _ logger: Logger
  ) async throws {
    let path = "\(folder.path)/\(Self.logName)"
    try SQLiteFile(path: path).check()
    let log = try SQLiteLog(
      SQLiteLog.Settings(path: path, prefix: manifest.topicPrefix, logger: logger, now: clock))
    try log.takeNewIdentity()
    for file in manifest.files("outbox-") {
      try await empty("\(folder.path)/\(file.path)", into: log, clock, wait, pause, logger)
    }
  }

  private func records(in folder: NewFolder) throws(BackupFailure) -> Int {
    try SQLiteFile(path: "\(folder.path)/\(Self.logName)").ask("SELECT CAST(count(*) AS TEXT) FROM records")
      .flatMap { Int($0) } ?? 0
  }

  private func empty(
    _ path: String, into log: any EventLog, _ clock: @escaping @Sendable () -> Instant,
    _ wait: @escaping @Sendable (Duration) async -> Void, _ pause: @escaping @Sendable (Duration) -> Void,
    _ logger: Logger
  ) async throws {
    var settings = SpoolingOutbox.Settings(path: path, name: "restore")
    settings.isCopy = true
    let outbox = try SpoolingOutbox(
      settings, log: log, clock: clock, wait: wait, pause: pause, logger: logger)
    await outbox.close(within: .seconds(600))
    guard outbox.waiting == 0 else {
      throw BackupFailure("\(outbox.waiting) entries of \(path) could not be put on the log")
    }
  }
}
