import EventLog
import GRDB
import EventLogConformance
import Logging
import Testing
import Time

@testable import SQLiteLog

@Suite struct SQLiteMemberTests {
  private let clock = DrivenClock()
  private let said = Recorder<String>()
  private let limit = BatchLimit(records: 100, bytes: 1 << 20)
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func open(path: String, _ change: (inout SQLiteLog.Settings) -> Void = { _ in }) throws -> SQLiteLog {
    let (clock, said) = (clock, said)
    var settings = SQLiteLog.Settings.test(
      path: path, logger: Logger(label: "test") { _ in RecordingLogHandler(recorder: said) }, now: { clock.now })
    change(&settings)
    let log = try SQLiteLog(settings)
    _ = try log.create([TopicSpecification(name: "in", partitions: 2, cleanup: .delete(after: .seconds(3600)))])
    return log
  }

  private func output(_ value: UInt8) -> Output {
    Output(to: "in", partition: 0, Record(key: [1], value: [value]))
  }

  @Test(arguments: [true, false])
  func `a waiting member is woken by its own process, not by the next look`(inMemory: Bool) throws {
    // Were it not woken, it would look again only at the end of its wait.
    let log = try open(path: inMemory ? ":memory:" : folder.file) { $0.pauses = .seconds(3600) ... .seconds(3600) }
    let member = try log.join(Membership(group: "g", topics: ["in"], member: "m"))
    let first = try member.poll(for: .zero, limit: limit, paused: [])
    #expect(first.gained.count == 2)
    let publishing = PublishingThread(log: log, output: output(1))
    let begin = ContinuousClock.now
    let polled = try member.poll(for: .seconds(20), limit: limit, paused: [])
    #expect(ContinuousClock.now - begin < .seconds(19))
    publishing.join()
    #expect(polled.records.count == 1)
  }

  @Test func `a member sees what another process commits`() throws {
    // Two logs on one file share neither lock nor wake-up, as two processes do.
    let here = try open(path: folder.file)
    let there = try open(path: folder.file)
    let member = try here.join(Membership(group: "g", topics: ["in"], member: "m"))
    _ = try member.poll(for: .zero, limit: limit, paused: [])
    #expect(try member.poll(for: .zero, limit: limit, paused: []).records.isEmpty)
    _ = try there.openPublisher(as: "p").publish([output(1)])
    #expect(try member.poll(for: .zero, limit: limit, paused: []).records.count == 1)
    let reader = try here.openReader()
    var positions = [TopicPartition("in", 0): Offset(1)]
    positions = try reader.read(from: positions, for: .zero, limit: limit).positions
    _ = try there.openPublisher(as: "p").publish([output(2)])
    #expect(try reader.read(from: positions, for: .seconds(60), limit: limit).records.count == 1)
  }

  @Test func `members of two processes share a group`() throws {
    let here = try open(path: folder.file)
    let there = try open(path: folder.file)
    let one = try here.join(Membership(group: "g", topics: ["in"], member: "one"))
    #expect(try one.poll(for: .zero, limit: limit, paused: []).gained.count == 2)
    let two = try there.join(Membership(group: "g", topics: ["in"], member: "two"))
    #expect(try two.poll(for: .zero, limit: limit, paused: []).gained.count == 1)
    #expect(try one.poll(for: .zero, limit: limit, paused: []).lost.count == 1)
  }

  @Test func `a lease is renewed only when less than two thirds of it are left`() throws {
    let stages = Recorder<SQLiteLog.CommitStage>()
    let log = try open(path: ":memory:") { $0.atCommitStage = { stages.record($0) } }
    let member = try log.join(
      Membership(group: "g", topics: ["in"], member: "m", sessionTimeout: .seconds(9)))
    _ = try member.poll(for: .zero, limit: limit, paused: [])
    stages.forget()
    clock.advance(by: .seconds(3))
    for _ in 0..<10 { _ = try member.poll(for: .zero, limit: limit, paused: []) }
    #expect(stages.all == [])
    clock.advance(by: .milliseconds(1))
    for _ in 0..<10 { _ = try member.poll(for: .zero, limit: limit, paused: []) }
    #expect(stages.all == [.began, .written, .committed])
  }

  @Test func `a lone member whose lease has run out goes on as if nothing were`() throws {
    let log = try open(path: ":memory:")
    let member = try log.join(Membership(group: "g", topics: ["in"], member: "m"))
    let polled = try member.poll(for: .zero, limit: limit, paused: [])
    clock.advance(by: .seconds(100_000))
    _ = try log.openPublisher(as: "p").publish([output(1)])
    let later = try member.poll(for: .zero, limit: limit, paused: [])
    #expect(later.lost.isEmpty && later.gained.isEmpty)
    #expect(later.metadata == polled.metadata)
    let commit = try member.commit(
      Outcome(outputs: [], positions: [TopicPartition("in", 0): 1], metadata: later.metadata))
    #expect(commit == .committed(ends: [:]))
  }

  @Test func `a newer generation doesn't undo a commit of partitions that stayed`() throws {
    let log = try open(path: ":memory:")
    let one = try log.join(Membership(group: "g", topics: ["in"], member: "one"))
    _ = try log.openPublisher(as: "p").publish([output(1)])
    let polled = try one.poll(for: .zero, limit: limit, paused: [])
    _ = try log.join(Membership(group: "g", topics: ["in"], member: "two"))
    let commit = try one.commit(
      Outcome(outputs: [output(2)], positions: [TopicPartition("in", 0): 1], metadata: polled.metadata))
    #expect(commit == .committed(ends: [TopicPartition("in", 0): 2]))
  }

  @Test func `a partition that came back can't be committed with what was polled before it went`() throws {
    let log = try open(path: ":memory:")
    _ = try log.openPublisher(as: "p").publish([output(1)])
    let one = try log.join(Membership(group: "g", topics: ["in"], member: "one"))
    let polled = try one.poll(for: .zero, limit: limit, paused: [])
    let two = try log.join(Membership(group: "g", topics: ["in"], member: "two"))
    let three = try log.join(Membership(group: "g", topics: ["in"], member: "three"))
    let gained = try [two, three].map { try $0.poll(for: .zero, limit: limit, paused: []).gained }
    let away = try #require(gained.flatMap(\.keys).first)
    two.leave()
    three.leave()
    let commit = try one.commit(Outcome(outputs: [output(2)], positions: [away: 0], metadata: polled.metadata))
    #expect(commit == .undone)
    let again = try one.poll(for: .zero, limit: limit, paused: [])
    #expect(again.lost.contains(away) && again.gained[away] == 0)
    let later = try one.commit(Outcome(outputs: [], positions: [away: 0], metadata: again.metadata))
    #expect(later == .committed(ends: [:]))
  }

  @Test func `a poll compacts once as many records are new as were kept, and ten thousand`() throws {
    let log = try open(path: ":memory:")
    let compacted = TopicSpecification(name: "table", partitions: 1, cleanup: .compact(tombstones: .seconds(3600)))
    _ = try log.create([compacted])
    let publisher = try log.openPublisher(as: "p")
    func publish(_ numbers: Range<Int>) throws {
      _ = try publisher.publish(
        numbers.map { Output(to: "table", Record(key: Array("\($0 % 100)".utf8), value: Array("\($0)".utf8))) })
    }
    func count() throws -> Int? {
      try log.file.connect().inspect { try Int.fetchOne($0, sql: "SELECT count(*) FROM records") }
    }
    let member = try log.join(Membership(group: "g", topics: ["in"], member: "m"))
    try publish(0..<9999)
    _ = try member.poll(for: .zero, limit: limit, paused: [])
    _ = try member.poll(for: .zero, limit: limit, paused: [])
    #expect(try count() == 9999)
    try publish(9999..<10_000)
    clock.advance(by: .seconds(61))
    _ = try member.poll(for: .zero, limit: limit, paused: [])
    #expect(try count() == 100)
    let records = try log.openReader().read(
      from: [TopicPartition("table", 0): 0], for: .zero, limit: BatchLimit(records: 1000, bytes: 1 << 20)
    ).records
    #expect(records.map(\.record.value) == (9900..<10_000).map { Array("\($0)".utf8) })
  }

  @Test func `skipped records are counted in a warning`() throws {
    let log = try open(path: ":memory:")
    let publisher = try log.openPublisher(as: "p")
    _ = try publisher.publish((0..<5).map { output($0) })
    let member = try log.join(Membership(group: "g", topics: ["in"], member: "m"))
    let polled = try member.poll(for: .zero, limit: limit, paused: [])
    _ = try member.commit(Outcome(outputs: [], positions: [TopicPartition("in", 0): 2], metadata: polled.metadata))
    member.leave()
    clock.advance(by: .seconds(3601))
    try log.maintain()
    let after = try log.join(Membership(group: "g", topics: ["in"], member: "m"))
    #expect(try after.poll(for: .zero, limit: limit, paused: []).gained[TopicPartition("in", 0)] == 5)
    #expect(said.all == ["warning records were deleted before they were read 3"])
  }

  @Test func `taking over an id is a warning only while the older member may be alive`() throws {
    let log = try open(path: ":memory:")
    let membership = Membership(group: "g", topics: ["in"], member: "m")
    _ = try log.join(membership)
    _ = try log.join(membership)
    #expect(said.all == ["warning took over the id of a member that had not left -"])
    said.forget()
    clock.advance(by: .seconds(11))
    _ = try log.join(membership)
    #expect(said.all == [])
  }

  @Test func `an idle poll deletes old records, at most once a minute`() throws {
    let log = try open(path: ":memory:")
    let publisher = try log.openPublisher(as: "p")
    let member = try log.join(Membership(group: "g", topics: ["in"], member: "m"))
    let reader = try log.openReader()
    let partition = TopicPartition("in", 0)
    _ = try publisher.publish([output(1)])
    clock.advance(by: .seconds(3590))
    #expect(try member.poll(for: .zero, limit: limit, paused: []).gained.isEmpty == false)
    #expect(try member.poll(for: .zero, limit: limit, paused: []).records.count == 1)
    _ = try member.poll(for: .zero, limit: limit, paused: [])
    clock.advance(by: .seconds(20))
    _ = try member.poll(for: .zero, limit: limit, paused: [])
    #expect(try reader.bounds(of: partition) == 0..<1)
    clock.advance(by: .seconds(40))
    _ = try member.poll(for: .zero, limit: limit, paused: [])
    #expect(try reader.bounds(of: partition) == 1..<1)
  }

  @Test func `a member that has left says so`() throws {
    let log = try open(path: ":memory:")
    let member = try log.join(Membership(group: "g", topics: ["in"], member: "m"))
    member.leave()
    member.leave()
    let error = #expect(throws: LogError.self) { try member.poll(for: .zero, limit: limit, paused: []) }
    #expect(error?.recovery == .restart)
  }
}
