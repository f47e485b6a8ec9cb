import Cases
import EventLog
import Foundation
import Logging
import Streams
import Synchronization
import Time
import Tracking

/// `track` with a great many open cases: memory per case, time to restore from the snapshot and from the changelog,
/// commands per second with few and with all of them; and the day after an outage, when as many timers are due at once.
struct CasesBench {
  let cases: Int
  let home: any BenchHome

  /// What is missing or wrong after the outage.
  struct Wrong: Error, CustomStringConvertible {
    let description: String
  }

  func run() throws -> [Figure] {
    let topics = [Topics.commands, Topics.cases, Topics.citizens, DeadLetter.topic]
    let log = try home.open(partitions: 1, topics: topics, changelogs: ["track-changelog"])
    // A Tuesday, so that all have to be signed for by the end of the Wednesday.
    guard let start = GivenTime("2026-03-03T10:00:00+08:00")?.instant else { return [] }
    let clock = Mutex(start)
    let now: @Sendable () -> Instant = { clock.withLock { $0 } }
    let publisher = try log.openPublisher(as: "bench")
    defer { publisher.close() }

    // The first tenth shows what a command costs while there is little in the way.
    let few = max(1, cases / 10)
    let before = ProcessFacts.residentMemory()
    var worker: Worker<TrackProcessor>? = makeWorker(log, now)
    try open(0..<few, publisher)
    try drive(worker!)
    try sign(0..<few / 2, "first", publisher)
    let signsOfFew = try Cost.of { try drive(worker!) }
    try open(few..<cases, publisher)
    let load = try Cost.of { try drive(worker!) }
    let bytes = Double(ProcessFacts.residentMemory() - before) / Double(cases)
    try sign(few..<few + few / 2, "second", publisher)
    let signsOfAll = try Cost.of { try drive(worker!) }
    worker?.finish()
    worker = nil

    var restored: Worker<TrackProcessor>? = makeWorker(log, now)
    let snapshot = try Cost.of { try drive(restored!) }
    restored = nil
    try FileManager.default.removeItem(atPath: home.snapshots)
    let last = makeWorker(log, now)
    let changelog = try Cost.of { try drive(last) }
    let waiting = cases - 2 * (few / 2)

    // From the Wednesday's noon to the Thursday's: the time for signing has passed in between.
    clock.withLock { $0 = start + .seconds(50 * 3600) }
    let outage = try afterOutage(last, waiting, publisher, log)
    last.finish()
    func figure(_ what: String, _ value: Double, _ unit: String, _ aim: String? = nil) -> Figure {
      Figure(benchmark: "cases/\(home.name)", figure: what, value: value, unit: unit, aim: aim)
    }
    return [
      figure("cases opened", Double(cases - few) / load.wall, "/s"),
      figure("stored form of an open case", Double(try storedSize()), "bytes"),
      figure("memory", bytes, "bytes/case"),
      figure("restore from snapshot", snapshot.wall, "s"),
      figure("restore from changelog", changelog.wall, "s"),
      figure("snapshot : changelog", snapshot.wall / changelog.wall, ""),
      figure("commands with a tenth of them", Double(few / 2) / signsOfFew.wall, "/s"),
      figure("commands with all of them", Double(few / 2) / signsOfAll.wall, "/s"),
      figure("all : a tenth", signsOfFew.wall / signsOfAll.wall, ""),
      figure("timers due at once after an outage", Double(waiting), ""),
      figure("fired, each once, in due order, marked late", Double(waiting) / outage.wall, "/s"),
      figure("a fresh command meanwhile, at the longest", outage.longest, "s", "<= 2"),
    ]
  }

  // MARK: The outage

  private func afterOutage(
    _ worker: Worker<TrackProcessor>, _ waiting: Int, _ publisher: any LogPublisher, _ log: any EventLog
  ) throws -> (wall: Double, longest: Double) {
    let reader = try log.openReader()
    defer { reader.close() }
    let partition = TopicPartition(Topics.cases, 0)
    var position = try reader.bounds(of: partition).upperBound
    var (fired, fresh, longest) = (0, 0, 0.0)
    var lastDue = Instant.distantPast
    var asked: Instant?
    let began = Clock.now()
    while fired < waiting || asked != nil {
      if asked == nil, fired < waiting {
        asked = Clock.now()
        let correction = CaseCommand.correctCategory(CaseCommand.CorrectCategory(by: "总站", category: "民政"))
        _ = try publisher.publish([Self.output(correction, 0, "fresh-\(fresh)", source: "/desk")])
      }
      try worker.step(wait: .zero)
      let chunk = try reader.read(
        from: [partition: position], for: .zero, limit: BatchLimit(records: 100_000, bytes: 256 << 20))
      position = chunk.positions[partition] ?? position
      for record in chunk.records {
        let envelope = try CloudEvent(record.record)
        switch try CaseEvent(type: envelope.type, data: envelope.data) {
        case .signOverdue(let sign):
          let due = envelope.time?.instant ?? .distantPast
          guard sign.lateBy > 0, sign.generation == 1, due >= lastDue else {
            throw Wrong(description: "\(envelope.id) is not marked late, or comes before its turn")
          }
          (fired, lastDue) = (fired + 1, due)
        case .classified:
          if let since = asked { longest = max(longest, (Clock.now() - since).inSeconds) }
          (asked, fresh) = (nil, fresh + 1)
        default: throw Wrong(description: "\(envelope.id) is a \(envelope.type)")
        }
      }
    }
    guard fired == waiting else { throw Wrong(description: "\(fired) timers fired instead of \(waiting)") }
    return ((Clock.now() - began).inSeconds, longest)
  }

  // MARK: Commands

  private func open(_ numbers: Range<Int>, _ publisher: any LogPublisher) throws {
    try publish(numbers, publisher) { Self.opening($0) }
  }

  private func sign(_ numbers: Range<Int>, _ name: String, _ publisher: any LogPublisher) throws {
    let sign = CaseCommand.sign(CaseCommand.Order(by: "县住建局"))
    try publish(numbers, publisher) { Self.output(sign, $0, "\(name)-\($0)", source: "/desk") }
  }

  private func publish(
    _ numbers: Range<Int>, _ publisher: any LogPublisher, _ output: (Int) -> Output
  ) throws {
    for start in stride(from: numbers.lowerBound, to: numbers.upperBound, by: 10_000) {
      _ = try publisher.publish((start..<min(numbers.upperBound, start + 10_000)).map(output))
    }
  }

  private static let received = GivenTime("2026-03-03T09:30:00+08:00") ?? GivenTime(.distantPast)

  private static func opening(_ number: Int) -> Output {
    let opinion = Opinion(channel: "wechat", text: "村口的路灯坏了半个月，晚上很黑，老人孩子出门不方便", code: "S-v\(number % 72)")
    let submission = Submission(
      opinion: OpinionReference(source: "/huiyin/intake", id: "\(number)"), received: received, recorded: received,
      historic: false, statement: Statement(opinion))
    let assignment = Assignment(
      owner: Owner(id: "v\(number % 72)", kind: .station, name: "第\(number % 72)村代表联络站"), reason: "所扫的码属该站",
      directory: "simulated-1", next: ["zjj", "t\(number % 11)", "county"])
    let classification = Classification(category: "城乡建设", confidence: 0.9, why: ["路灯"], version: "m-1")
    return output(
      .open(CaseCommand.Open(submission: submission, classification: classification, assignment: assignment)),
      number, "\(number).0", source: Sources.route)
  }

  private static func output(_ command: CaseCommand, _ number: Int, _ id: String, source: String) -> Output {
    let key = "h4rnd5qaexl2xkq7z\(number)"
    let event = CloudEvent(
      id: id, source: source, type: command.type, subject: key, time: received, data: command.data)
    return Output(to: Topics.commands, event.record(key: Array(key.utf8)))
  }

  private func storedSize() throws -> Int {
    let processor = TrackProcessor(calendar: .builtIn, policy: .standard)
    let output = Self.opening(1)
    let record = StoredRecord(
      partition: TopicPartition(Topics.commands, 0), offset: 0, timestamp: Self.received.instant, record: output.record)
    var state: CaseState?
    _ = try processor.process(try processor.decode(record), state: &state, at: Self.received.instant)
    return try state?.stored().count ?? 0
  }

  // MARK: The worker

  private func makeWorker(
    _ log: any EventLog, _ now: @escaping @Sendable () -> Instant
  ) -> Worker<TrackProcessor> {
    var settings = WorkerSettings(member: "track")
    settings.snapshots = home.snapshots
    settings.sessionTimeout = home.sessionTimeout
    return Worker(
      TrackProcessor(calendar: .builtIn, policy: .standard), log: log, settings: settings, now: now,
      logger: Logger(label: "bench"))
  }

  /// Until all that there is was taken in.
  private func drive(_ worker: Worker<TrackProcessor>) throws {
    repeat {
      while try worker.step(wait: .zero) {}
    } while worker.status.current.phase != .running || worker.status.current.lag > 0
  }
}
