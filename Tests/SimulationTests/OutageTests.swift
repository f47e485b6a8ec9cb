import Cases
import EventLog
import Logging
import SQLiteLog
import Streams
import Synchronization
import Testing
import Time
import Tracking

/// Cases whose time for signing passed while nothing ran.
struct OutageTests {
  private static let start = Instant(milliseconds: 1_772_503_200_000)  // Tuesday 2026-03-03, 10:00 in Shanghai
  private static let count = 600
  private static let perBatch = 50

  private final class Clock: Sendable {
    private let instant = Mutex(OutageTests.start)

    var now: Instant {
      get { instant.withLock { $0 } }
      set { instant.withLock { $0 = newValue } }
    }
  }

  private let clock: Clock
  private let log: SQLiteLog

  init() throws {
    let clock = Clock()
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    log = try SQLiteLog(SQLiteLog.Settings(path: ":memory:", logger: logger, now: { clock.now }))
    self.clock = clock
    let topics = [Topics.commands, Topics.cases, Topics.citizens, DeadLetter.topic, "track-changelog"]
    _ = try log.create(
      topics.map {
        TopicSpecification(name: $0, partitions: 1, cleanup: .delete(after: nil), maximumRecordSize: 2 << 20)
      })
  }

  private func worker() -> Worker<TrackProcessor> {
    var settings = WorkerSettings(member: "track")
    settings.timersPerBatch = Self.perBatch
    settings.sessionTimeout = .seconds(864_000)
    return Worker(
      TrackProcessor(calendar: .builtIn, policy: .standard), log: log, settings: settings,
      now: { [clock] in clock.now },
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  private func output(_ command: CaseCommand, _ number: Int, id: String) -> Output {
    let event = CloudEvent(
      id: id, source: "/desk", type: command.type, subject: "c\(number)", time: GivenTime(clock.now),
      data: command.data)
    return Output(to: Topics.commands, event.record(key: Array("c\(number)".utf8)))
  }

  private func opening(_ number: Int) -> Output {
    // Received in an order that is not the keys', within the day.
    let received = GivenTime(Self.start - .seconds(number * 7919 % 3600))
    let submission = Submission(
      opinion: OpinionReference(source: "/gate", id: "\(number)"), received: received, recorded: received,
      historic: false, statement: Statement(Opinion(channel: "web", text: "路灯坏了")))
    let assignment = Assignment(
      owner: Owner(id: "s", kind: .station, name: "总站"), reason: "全县", directory: "d-1")
    let classification = Classification(category: "城乡建设", confidence: 1, why: [], version: "m-1")
    return output(
      .open(CaseCommand.Open(submission: submission, classification: classification, assignment: assignment)), number,
      id: "\(number).0")
  }

  @Test
  func `after a day of downtime each case's timer fires once, marked late, and fresh commands are served between`()
    throws
  {
    let publisher = try log.openPublisher(as: "test")
    defer { publisher.close() }
    _ = try publisher.publish((0..<Self.count).map(opening))
    let before = worker()
    while try before.step(wait: .zero) {}
    before.finish()

    clock.now = Self.start + .seconds(50 * 3600)
    let after = worker()
    var fresh = 0
    var late: [CaseEvent.SignOverdue] = []
    var keys: Set<[UInt8]> = []
    var dues: [Instant] = []
    var waits: [Int] = []
    let reader = try log.openReader()
    defer { reader.close() }
    let partition = TopicPartition(Topics.cases, 0)
    var position = try reader.bounds(of: partition).upperBound
    var firedSince = 0
    while late.count < Self.count {
      let correction = CaseCommand.correctCategory(CaseCommand.CorrectCategory(by: "总站", category: "民政"))
      _ = try publisher.publish([output(correction, fresh % Self.count, id: "fresh-\(fresh)")])
      fresh += 1
      try after.step(wait: .zero)
      let chunk = try reader.read(
        from: [partition: position], for: .zero, limit: BatchLimit(records: 5000, bytes: 1 << 24))
      position = chunk.positions[partition] ?? position
      for record in chunk.records {
        let envelope = try CloudEvent(record.record)
        switch try CaseEvent(type: envelope.type, data: envelope.data) {
        case .signOverdue(let sign):
          late.append(sign)
          keys.insert(record.record.key ?? [])
          dues.append(try #require(envelope.time).instant)
          firedSince += 1
        case .classified:
          waits.append(firedSince)
          firedSince = 0
        default: Issue.record("\(envelope.type)")
        }
      }
      try #require(fresh < 500, "it comes to no end")
    }
    #expect(keys.count == Self.count && late.count == Self.count)
    #expect(late.allSatisfy { $0.lateBy == 12 * 3600 })
    #expect(zip(dues, dues.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(waits.count > 5)
    #expect(waits.allSatisfy { $0 <= 2 * Self.perBatch })
  }
}
