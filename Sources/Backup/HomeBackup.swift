import Foundation
package import Time

/// A copy of the home on one machine, made while it is in use: the log, what gateways have acknowledged and the log may not
/// have yet, attachments, and the secrets of the data folder. Snapshots and read models are left out, since they are made
/// anew from the log.
///
/// What was acknowledged before the copying began is in the copy, since things are copied in the order in which they move:
///
/// 1. **The outboxes.** An opinion is acknowledged when it is in the outbox of its gateway, and it leaves there only after
///    the log has it. So each is in the copied outbox, or it was on the log by then.
/// 2. **The log**, as it was at some later moment; so whatever had left the outbox is in it. It holds the committed
///    offsets, states and timers of all workers too, so they go on exactly where its records end.
/// 3. **Attachments.** They are on the disk before an opinion that names them is acknowledged, and stay there unchanged.
/// 4. **Secrets**, which are made once.
///
/// The other way round, an opinion that moved from the outbox to the log between the two copies would be in neither. This
/// way it is in both, which is harmless: a gateway that starts asks the log for what it has of its outbox's records, and
/// publishes only the others (`Doubt` of the module Outbox).
package struct HomeBackup {
  private let log: String
  private let data: String
  private let topicPrefix: String

  /// - Parameters:
  ///   - log: the log's file.
  ///   - data: the data folder.
  ///   - topicPrefix: as the log's topics have it.
  package init(log: String, data: String, topicPrefix: String) {
    self.log = log
    self.data = data
    self.topicPrefix = topicPrefix
  }

  /// - Parameters:
  ///   - target: where the folder is to be; nothing may be there.
  ///   - afterOutboxes: called between the first step and the second, for tests.
  package func write(
    to target: String, at now: Instant, afterOutboxes: () throws -> Void = {}
  ) throws -> BackupManifest {
    guard FileManager.default.fileExists(atPath: log) else { throw BackupFailure("there is no log at \(log)") }
    var folder = try NewFolder(target)
    do {
      for name in try names(in: data) where name.hasPrefix("outbox-") && name.hasSuffix(".sqlite") {
        try copyDatabase("\(data)/\(name)", as: name, into: &folder)
      }
      try afterOutboxes()
      try copyDatabase(log, as: HomeRestore.logName, into: &folder)
      try copyAttachments(into: &folder)
      for name in try names(in: data) where name.hasSuffix(".key") { try folder.add(name, copying: "\(data)/\(name)") }
      let manifest = BackupManifest(began: now.rfc3339(), topicPrefix: topicPrefix, files: folder.files)
      try folder.add(BackupManifest.fileName, try manifest.encoded)
      try folder.complete()
      return manifest
    } catch {
      folder.discard()
      throw error
    }
  }

  private func copyDatabase(_ source: String, as name: String, into folder: inout NewFolder) throws(BackupFailure) {
    let copy = SQLiteFile(path: "\(folder.path)/\(name)")
    try SQLiteFile(path: source).copy(to: copy.path)
    try copy.check()
    try folder.finish(name)
  }

  /// Files `ab/abcdef…`; those that are just being written lie beside these folders.
  private func copyAttachments(into folder: inout NewFolder) throws(BackupFailure) {
    let attachments = "\(data)/attachments"
    guard FileManager.default.fileExists(atPath: attachments) else { return }
    for part in try names(in: attachments) where part.utf8.count == 2 {
      for name in try names(in: "\(attachments)/\(part)") {
        try folder.add("attachments/\(part)/\(name)", copying: "\(attachments)/\(part)/\(name)")
      }
    }
  }

  private func names(in folder: String) throws(BackupFailure) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw BackupFailure("the folder \(folder) can't be read: \(error.localizedDescription)")
    }
  }
}
