import Backup
import EventLog
import Foundation
import Logging
import Outbox
import SQLiteLog
import Testing
import Time
import TwoStages

/// Copies of a home whose opinions move from the outbox to the log meanwhile.
@Suite(.timeLimit(.minutes(2))) struct HomeBackupTests {
  private static let now = Instant(milliseconds: 1_790_000_000_000)
  private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  private let root: String
  private let cleaner: Cleaner

  private final class Cleaner {
    let path: String
    init(_ path: String) { self.path = path }
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "huiyin-backup-\(UUID().uuidString)").path
    cleaner = Cleaner(root)
    try FileManager.default.createDirectory(atPath: "\(root)/data", withIntermediateDirectories: true)
  }

  private func openLog(in folder: String) throws -> SQLiteLog {
    try SQLiteLog(
      SQLiteLog.Settings(
        path: "\(root)/\(folder)/log.sqlite", prefix: "p-", logger: Self.logger, now: { Self.now }))
  }

  private func openOutbox(of log: any EventLog) throws -> SpoolingOutbox {
    try SpoolingOutbox(
      SpoolingOutbox.Settings(path: "\(root)/data/outbox-one.sqlite", name: "one-intake"), log: log,
      clock: { Self.now }, wait: { try? await Task.sleep(for: $0) }, pause: { _ in sched_yield() }, logger: Self.logger)
  }

  private var backup: HomeBackup {
    HomeBackup(log: "\(root)/data/log.sqlite", data: "\(root)/data", topicPrefix: "p-")
  }

  private func restore(to folder: String = "restored") async throws -> HomeRestore.Outcome {
    try await HomeRestore("\(root)/backup").write(
      to: "\(root)/\(folder)", clock: { Self.now }, wait: { try? await Task.sleep(for: $0) },
      pause: { _ in sched_yield() }, logger: Self.logger)
  }

  private func createTopic(on log: SQLiteLog) throws {
    _ = try log.create([TopicSpecification(name: "opinions", partitions: 2, cleanup: .delete(after: nil))])
  }

  private func write(_ text: String, to name: String) throws {
    let path = URL(filePath: "\(root)/data/\(name)")
    try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: path)
  }

  private func put(_ range: Range<Int>, into outbox: SpoolingOutbox) async throws {
    for number in range {
      let record = Record(key: Array("key-\(number % 7)".utf8), value: Array("\(10_000 + number)".utf8))
      try #require(await outbox.put([Output(to: "opinions", record)]) == .durable)
    }
  }

  private func texts(in folder: String) throws -> [String] {
    try LogContents(of: openLog(in: folder)).records(of: "opinions")
      .map { String(decoding: $0.record.value ?? [], as: UTF8.self) }
  }

  private static func wanted(_ range: Range<Int>) -> [String] { range.map { "\(10_000 + $0)" } }

  @Test(arguments: [0, 1, 700, 2600])
  func `what moves to the log between the two copies is there once, and what is still in the outbox, too`(
    moving: Int
  ) async throws {
    // Without the topic nothing gets on: it all waits in the outbox.
    let log = try openLog(in: "data")
    let outbox = try openOutbox(of: log)
    try await put(0..<moving, into: outbox)
    _ = try backup.write(to: "\(root)/backup", at: Self.now) {
      try createTopic(on: log)
      while outbox.waiting > 0 { sched_yield() }
    }
    let before = try log.identity()
    // After the backup: none of its business.
    try await put(moving..<(moving + 3), into: outbox)
    await outbox.close(within: .seconds(60))
    let outcome = try await restore()
    #expect(outcome.published == 0)
    #expect(try texts(in: "restored").sorted() == Self.wanted(0..<moving))
    #expect(try openLog(in: "restored").identity() != before)
  }

  @Test func `what the log didn't have is put on it, in order, and the gateway that goes on finds nothing to do`()
    async throws
  {
    let log = try openLog(in: "data")
    let outbox = try openOutbox(of: log)
    try await put(0..<1500, into: outbox)
    _ = try backup.write(to: "\(root)/backup", at: Self.now) { try createTopic(on: openLog(in: "data")) }
    await outbox.close(within: .seconds(60))
    // The log was copied while the outbox was handing over, at whatever moment.
    let outcome = try await restore()
    #expect(outcome.published <= 1500)
    let texts = try texts(in: "restored")
    #expect(texts.sorted() == Self.wanted(0..<1500))
    for records in Dictionary(grouping: texts, by: { (Int($0) ?? 0) % 7 }).values {
      #expect(records == records.sorted())
    }
  }

  @Test func `attachments and secrets are in it, what can be made anew isn't, and nobody else may read it`()
    async throws
  {
    try createTopic(on: openLog(in: "data"))
    for (name, text) in [
      ("case.key", "1"), ("code.key", "2"), ("attachments/ab/abcd", "picture"), ("attachments/new-x1", "half"),
      ("monitor.sqlite", "model"), ("snapshots/track/0", "snapshot"), ("lock", "held"),
    ] {
      try write(text, to: name)
    }
    let manifest = try backup.write(to: "\(root)/backup", at: Self.now)
    #expect(
      Set(manifest.files.map(\.path)) == ["log.sqlite", "case.key", "code.key", "attachments/ab/abcd"])
    #expect(manifest.began == "2026-09-21T14:13:20Z" && manifest.topicPrefix == "p-")
    let outcome = try await restore()
    #expect(outcome.manifest == manifest)
    #expect(FileManager.default.contents(atPath: "\(root)/restored/attachments/ab/abcd") == Data("picture".utf8))
    #expect(FileManager.default.contents(atPath: "\(root)/restored/case.key") == Data("1".utf8))
    for folder in ["backup", "restored"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(root)/\(folder)")
      #expect(attributes[.posixPermissions] as? Int == 0o700)
      let key = try FileManager.default.attributesOfItem(atPath: "\(root)/\(folder)/case.key")
      #expect(key[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func `nothing is written over, and a failure leaves nothing behind`() async throws {
    try createTopic(on: openLog(in: "data"))
    _ = try backup.write(to: "\(root)/backup", at: Self.now)
    #expect(throws: BackupFailure.self) { try backup.write(to: "\(root)/backup", at: Self.now) }
    struct Interruption: Error {}
    #expect(throws: Interruption.self) {
      try backup.write(to: "\(root)/other", at: Self.now) { throw Interruption() }
    }
    #expect(throws: BackupFailure.self) {
      try HomeBackup(log: "\(root)/none.sqlite", data: "\(root)/data", topicPrefix: "")
        .write(to: "\(root)/other", at: Self.now)
    }
    _ = try await restore()
    await #expect(throws: BackupFailure.self) { _ = try await restore() }
    #expect(try FileManager.default.contentsOfDirectory(atPath: root).sorted() == ["backup", "data", "restored"])
  }

  @Test(arguments: ["log.sqlite", "case.key", BackupManifest.fileName])
  func `a backup of which a file is damaged or gone isn't brought back`(name: String) async throws {
    try createTopic(on: openLog(in: "data"))
    try write("secret", to: "case.key")
    _ = try backup.write(to: "\(root)/backup", at: Self.now)
    let file = "\(root)/backup/\(name)"
    var bytes = [UInt8](try #require(FileManager.default.contents(atPath: file)))
    bytes[bytes.count / 2] ^= 0x10
    try Data(bytes).write(to: URL(filePath: file))
    await #expect(throws: BackupFailure.self) { _ = try await restore() }
    try FileManager.default.removeItem(atPath: file)
    await #expect(throws: BackupFailure.self) { _ = try await restore() }
    #expect(!FileManager.default.fileExists(atPath: "\(root)/restored"))
  }

  @Test func `a manifest that names files elsewhere is refused`() async throws {
    try createTopic(on: openLog(in: "data"))
    var manifest = try backup.write(to: "\(root)/backup", at: Self.now)
    for path in ["/etc/passwd", "../data/log.sqlite", "a/../../b"] {
      manifest.files[0].path = path
      try JSONEncoder().encode(manifest).write(to: URL(filePath: "\(root)/backup/\(BackupManifest.fileName)"))
      await #expect(throws: BackupFailure.self) { _ = try await restore() }
    }
  }
}
