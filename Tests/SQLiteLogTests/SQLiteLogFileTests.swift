import EventLog
import Foundation
import GRDB
import Testing
import Time

@testable import SQLiteLog

@Suite struct SQLiteLogFileTests {
  private let folder: TemporaryFolder
  private let topic = TopicSpecification(name: "in", partitions: 2, cleanup: .delete(after: nil))

  init() throws {
    folder = try TemporaryFolder()
  }

  private func error(_ body: () throws -> Void) throws -> LogError {
    try #require(throws: LogError.self, performing: body)
  }

  private func output(_ value: [UInt8] = [1]) -> Output {
    Output(to: "in", partition: 0, Record(key: [1], value: value))
  }

  @Test func `every connection writes ahead and waits for the disk`() throws {
    let log = try SQLiteLog(.test(path: folder.file))
    for connection in [try log.file.connect(), try log.file.connect()] {
      // 2 is FULL.
      #expect(try connection.inspect { try Int.fetchOne($0, sql: "PRAGMA synchronous") } == 2)
      #expect(try connection.inspect { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
    }
  }

  @Test func `a file that is not SQLite is refused and left as it is`() throws {
    let text = Data(String(repeating: "not a log at all\n", count: 100).utf8)
    try text.write(to: folder.url.appending(path: "log.sqlite"))
    let error = try error { _ = try SQLiteLog(.test(path: folder.file)) }
    #expect(error.code == .corrupt && error.recovery == .stop)
    #expect(error.reason.contains("is not an SQLite file"))
    #expect(try Data(contentsOf: folder.url.appending(path: "log.sqlite")) == text)
  }

  @Test func `a SQLite file of something else is refused and left as it is`() throws {
    try DatabaseQueue(path: folder.file).writeWithoutTransaction { try $0.execute(sql: "CREATE TABLE cookies (id)") }
    let error = try error { _ = try SQLiteLog(.test(path: folder.file)) }
    #expect(error.code == .other && error.recovery == .stop)
    let mode = try DatabaseQueue(path: folder.file).writeWithoutTransaction {
      try String.fetchOne($0, sql: "PRAGMA journal_mode")
    }
    #expect(mode == "delete")
  }

  @Test func `a file of a newer schema is refused by name of both versions`() throws {
    _ = try SQLiteLog(.test(path: folder.file))
    try DatabaseQueue(path: folder.file).writeWithoutTransaction {
      try $0.execute(sql: "UPDATE meta SET value = 7 WHERE name = 'schema'")
    }
    let error = try error { _ = try SQLiteLog(.test(path: folder.file)) }
    #expect(error.recovery == .stop)
    #expect(error.reason.contains("its schema is 7, this program knows up to 2"))
  }

  @Test func `a file of the first schema goes on as one of this`() throws {
    let table = TopicSpecification(name: "table", partitions: 1, cleanup: .compact(tombstones: .seconds(3600)))
    do {
      let log = try SQLiteLog(.test(path: folder.file))
      _ = try log.create([table])
      let publisher = try log.openPublisher(as: "p")
      _ = try publisher.publish((0..<6).map { Output(to: "table", Record(key: [$0 % 3], value: [$0])) })
    }
    try DatabaseQueue(path: folder.file).writeWithoutTransaction {
      try $0.execute(
        sql: """
          ALTER TABLE partitions DROP COLUMN cleaned; ALTER TABLE partitions DROP COLUMN kept;
          CREATE TABLE latest (partition INTEGER, key BLOB, offset INTEGER, PRIMARY KEY (partition, key));
          UPDATE meta SET value = 1 WHERE name = 'schema';
          """)
    }
    let log = try SQLiteLog(.test(path: folder.file))
    try log.maintain()
    let records = try log.openReader().read(
      from: [TopicPartition("table", 0): 0], for: .zero, limit: BatchLimit(records: 10, bytes: 1000)
    ).records
    #expect(records.map(\.record.value) == [[3], [4], [5]])
    #expect(
      try log.file.connect().inspect { try Int.fetchOne($0, sql: "SELECT value FROM meta WHERE name = 'schema'") } == 2)
  }

  @Test func `a folder that isn't there is named`() throws {
    let path = folder.url.appending(path: "missing/log.sqlite").path
    let error = try error { _ = try SQLiteLog(.test(path: path)) }
    #expect(error.code == .unreachable && error.recovery == .stop)
    #expect(error.reason.contains(path))
  }

  @Test func `a damaged file is told from a locked one`() throws {
    let log = try SQLiteLog(.test(path: folder.file))
    _ = try log.create([topic])
    let publisher = try log.openPublisher(as: "p")
    for _ in 0..<20 { _ = try publisher.publish([output([UInt8](repeating: 1, count: 3000))]) }
    let file = try DatabaseQueue(path: folder.file)
    _ = try file.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    let root = try #require(
      try file.writeWithoutTransaction {
        try Int.fetchOne($0, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'records'")
      })
    let handle = try FileHandle(forWritingTo: URL(filePath: folder.file))
    try handle.seek(toOffset: UInt64((root - 1) * 4096))
    try handle.write(contentsOf: [UInt8](repeating: 0xee, count: 4096))
    try handle.close()
    let reader = try log.openReader()
    let error = try error {
      _ = try reader.read(
        from: [TopicPartition("in", 0): 0], for: .zero, limit: BatchLimit(records: 10, bytes: 1 << 20))
    }
    #expect(error.code == .corrupt && error.recovery == .stop)
  }

  @Test func `a foreign lock is told as busy, to be tried again, and nothing is written`() throws {
    var settings = SQLiteLog.Settings.test(path: folder.file)
    settings.busyTimeout = .milliseconds(1)
    let log = try SQLiteLog(settings)
    _ = try log.create([topic])
    let publisher = try log.openPublisher(as: "p")
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: folder.file, configuration: configuration)
    try other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    let error = try error { _ = try publisher.publish([output()]) }
    #expect(error.code == .busy && error.recovery == .retry)
    try other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    #expect(try publisher.publish([output()]).map(\.offset) == [0])
  }

  @Test func `a full disk leaves nothing half done, and the same commit passes when there is room`() throws {
    var settings = SQLiteLog.Settings.test(path: folder.file)
    let log = try SQLiteLog(settings)
    _ = try log.create([topic, TopicSpecification(name: "out", partitions: 2, cleanup: .delete(after: nil))])
    _ = try log.openPublisher(as: "p").publish([output()])
    settings.maximumPages = 60
    let narrow = try SQLiteLog(settings)
    let member = try narrow.join(Membership(group: "g", topics: ["in"], member: "m"))
    let limit = BatchLimit(records: 10, bytes: 1 << 20)
    #expect(try member.poll(for: .zero, limit: limit, paused: []).gained.count == 2)
    let polled = try member.poll(for: .zero, limit: limit, paused: [])
    #expect(polled.records.count == 1)
    let large = Output(to: "out", partition: 0, Record(key: nil, value: [UInt8](repeating: 1, count: 400_000)))
    let small = Output(to: "out", partition: 0, Record(key: nil, value: [2]))
    let positions = [TopicPartition("in", 0): Offset(1)]
    let error = try error {
      _ = try member.commit(Outcome(outputs: [small, large], positions: positions, metadata: polled.metadata))
    }
    #expect(error.code == .full && error.recovery == .retry)
    let reader = try log.openReader()
    #expect(try reader.bounds(of: TopicPartition("out", 0)) == 0..<0)
    #expect(try reader.committedOffsets(of: "g") == [:])
    let commit = try member.commit(Outcome(outputs: [small], positions: positions, metadata: polled.metadata))
    #expect(commit == .committed(ends: [TopicPartition("out", 0): 1]))
  }

  @Test func `a commit passes its stages in order, and an undone one never reaches the last`() throws {
    let stages = Recorder<SQLiteLog.CommitStage>()
    var settings = SQLiteLog.Settings.test(path: folder.file)
    settings.atCommitStage = { stages.record($0) }
    let log = try SQLiteLog(settings)
    _ = try log.create([topic])
    let publisher = try log.openPublisher(as: "p")
    stages.forget()
    _ = try publisher.publish([output()])
    #expect(stages.all == [.began, .written, .committed])
    stages.forget()
    _ = try error { _ = try publisher.publish([output([UInt8](repeating: 0, count: 2_000_000))]) }
    #expect(stages.all == [.began])
  }

  @Test func `the log's identity is drawn once, or given`() throws {
    let first = try SQLiteLog(.test()).identity()
    let second = try SQLiteLog(.test()).identity()
    #expect(first.count == 32 && first != second)
    var settings = SQLiteLog.Settings.test(path: folder.file)
    settings.identity = { "given" }
    #expect(try SQLiteLog(settings).identity() == "given")
    settings.identity = { "another" }
    #expect(try SQLiteLog(settings).identity() == "given")
  }

  @Test func `logs with different prefixes in one file don't see each other`() throws {
    let one = try SQLiteLog(.test(path: folder.file, prefix: "one-"))
    let two = try SQLiteLog(.test(path: folder.file, prefix: "two-"))
    _ = try one.create([topic])
    #expect(try two.topics() == [])
    #expect(try two.create([topic]).map(\.result) == [.created])
    _ = try one.openPublisher(as: "p").publish([output()])
    #expect(try two.openReader().bounds(of: TopicPartition("in", 0)) == 0..<0)
  }

  @Test func `a compacted topic refuses a record without a key`() throws {
    let log = try SQLiteLog(.test())
    _ = try log.create([TopicSpecification(name: "in", partitions: 1, cleanup: .compact(tombstones: .seconds(1)))])
    let error = try error {
      _ = try log.openPublisher(as: "p").publish([Output(to: "in", Record(key: nil, value: [1]))])
    }
    #expect(error.recovery == .stop)
  }

  @Test(arguments: [
    (ResultCode.SQLITE_IOERR, LogError.Activity.committing, LogError.Code.unknownOutcome, LogError.Recovery.restart),
    (.SQLITE_IOERR, .writing, .unreachable, .restart), (.SQLITE_FULL, .committing, .full, .retry),
    (.SQLITE_BUSY, .committing, .busy, .retry), (.SQLITE_CORRUPT, .reading, .corrupt, .stop),
    (.SQLITE_NOTADB, .opening, .corrupt, .stop), (.SQLITE_READONLY, .writing, .unreachable, .stop),
  ])
  func `SQLite's errors say what to do next`(
    result: ResultCode, activity: LogError.Activity, code: LogError.Code, recovery: LogError.Recovery
  ) {
    let error = LogError(DatabaseError(resultCode: result), in: "sqlite:x", while: activity)
    #expect(error.code == code)
    #expect(error.recovery == recovery)
    #expect(error.reason.contains("sqlite:x"))
  }
}
