import CaseStories
import Cases
import EventLog
import Logging
import MetricsTestKit
import Monitoring
import Streams
import Synchronization
import Testing
import Time

struct FollowerTests {
  private struct Desk {
    let log = ReadableLog()
    let model: ReadModel
    let metrics = TestMetrics()
    let pauses: Pauses
    let follower: Follower

    init(path: String = ":memory:", at now: String = "2026-10-20T09:00:00+08:00") throws {
      let model = try ReadModel(path: path)
      let pauses = Pauses()
      let now = try moment(now)
      self.model = model
      self.pauses = pauses
      follower = Follower(
        log: log, model: model, calendar: .builtIn, clock: { now }, pause: { pauses.add($0) },
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, metrics: metrics)
    }

    /// Runs until the log has been read to its end, or for so many pauses.
    func run(pauses limit: Int = 100) {
      let start = pauses.count
      follower.run { follower.status.isReady && follower.status.remaining == 0 || pauses.count - start >= limit }
    }
  }

  private final class Pauses: Sendable {
    private let all = Mutex<[Duration]>([])
    private let actions = Mutex<[@Sendable () -> Void]>([])
    var count: Int { all.withLock { $0.count } }
    var sum: Duration { all.withLock { $0.reduce(.zero, +) } }

    /// What happens during the next pause.
    func then(_ action: @escaping @Sendable () -> Void) { actions.withLock { $0.append(action) } }

    func add(_ duration: Duration) {
      all.withLock { $0.append(duration) }
      let action = actions.withLock { $0.isEmpty ? nil : $0.removeFirst() }
      action?()
    }
  }

  private static let away = LogError(.unreachable, "no broker", recovery: .retry)

  @Test func `it waits for the topic to exist, says so, and reads all that comes`() throws {
    let desk = try Desk()
    desk.run(pauses: 3)
    #expect(desk.follower.status.trouble?.contains("cases") == true)
    #expect(!desk.follower.status.isReady)
    let stories = try Story.sample()
    let log = desk.log
    desk.pauses.then {
      for story in stories { for record in story.records { log.append(record) } }
    }
    desk.run()
    #expect(desk.follower.status.isReady)
    #expect(desk.follower.status.remaining == 0)
    #expect(desk.follower.status.trouble == nil)
    for story in stories { #expect(try desk.model.history(of: story.id)?.events.count == story.records.count) }
    #expect(log.openReaders == 0)
  }

  @Test func `an empty topic is read at once`() throws {
    let desk = try Desk()
    desk.log.createCases()
    desk.run(pauses: 1)
    #expect(desk.follower.status.isReady)
    #expect(desk.pauses.count == 0)
  }

  @Test func `trouble with the log is waited out with growing pauses, and loses and repeats nothing`() throws {
    let desk = try Desk()
    let stories = try Story.sample()
    for story in stories { for record in story.records { desk.log.append(record) } }
    desk.log.meet(Self.away, Self.away, Self.away, LogError(.fenced, "fenced", recovery: .restart))
    desk.run()
    #expect(desk.pauses.sum == .milliseconds(100 + 200 + 400 + 800))
    for story in stories { #expect(try desk.model.history(of: story.id)?.events.count == story.records.count) }
    let folded = try desk.metrics.expectCounter("huiyin_monitor_records", [("outcome", "folded")]).totalValue
    #expect(folded == Int64(stories.flatMap(\.records).count))
    #expect(desk.log.openReaders == 0)
  }

  @Test func `pauses grow to five seconds and no further, and a stop ends them`() throws {
    let desk = try Desk()
    desk.run(pauses: 1000)
    // 0.1 + 0.2 + … + 3.2 seconds, then 5 seconds each, in steps of 0.1.
    #expect(desk.pauses.count == 1000)
    #expect(desk.pauses.sum == .seconds(100))
  }

  @Test func `it goes on where it was after a restart`() throws {
    let folder = try TemporaryFolder()
    let stories = try Story.sample()
    let first = try Desk(path: folder.path("model.sqlite"))
    for story in stories { for record in story.records { first.log.append(record) } }
    first.run()
    let second = try Desk(path: folder.path("model.sqlite"))
    for story in stories { for record in story.records { second.log.append(record) } }
    let more = try Story("more")
    second.log.append(more.records[0])
    second.run()
    #expect(try second.metrics.expectCounter("huiyin_monitor_records", [("outcome", "folded")]).totalValue == 1)
    #expect(try second.metrics.expectCounter("huiyin_monitor_records", [("outcome", "repeated")]).totalValue == 0)
    #expect(try second.model.history(of: more.id) != nil)
  }

  @Test func `another log, or one that lost its records, is read anew`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("model.sqlite")
    let old = try Story("old")
    let new = try Story("new")
    let first = try Desk(path: path)
    first.log.append(old.records[0])
    first.run()
    let second = try Desk(path: path)
    second.log.becomeAnother("two")
    second.log.append(new.records[0])
    second.run()
    #expect(try second.model.history(of: old.id) == nil)
    #expect(try second.model.history(of: new.id) != nil)
    second.log.truncate()
    let third = try Desk(path: path)
    third.log.becomeAnother("two")
    third.log.createCases()
    third.run()
    #expect(try third.model.history(of: new.id) == nil)
  }

  @Test func `gauges and counters tell how cases stand`() throws {
    let desk = try Desk()
    for story in try Story.sample() { for record in story.records { desk.log.append(record) } }
    desk.log.append(Record(key: nil, value: nil))
    desk.run()
    #expect(try desk.metrics.expectGauge("huiyin_cases_open").lastValue == 1)
    #expect(try desk.metrics.expectGauge("huiyin_case_overdue").lastValue == 1)
    #expect(try desk.metrics.expectGauge("huiyin_cases_replied").lastValue == 2)
    #expect(try desk.metrics.expectGauge("huiyin_cases_closed").lastValue == 1)
    #expect(try desk.metrics.expectCounter("huiyin_monitor_records", [("outcome", "undecodable")]).totalValue == 1)
  }

  @Test func `a topic that comes later is read from its beginning, and one that is missing holds nothing up`() throws {
    let log = ReadableLog()
    let model = try ReadModel(path: ":memory:")
    let clock = Mutex(try moment("2026-10-20T09:00:00+08:00"))
    let follower = Follower(
      log: log, model: model, calendar: .builtIn,
      clock: {
        clock.withLock { now in
          now = now + .seconds(1)
          return now
        }
      }, pause: { _ in }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, metrics: TestMetrics())
    let story = try Story("a")
    log.append(story.records[0])
    follower.run { follower.status.isReady }
    #expect(try model.history(of: story.id) != nil)
    log.append(try Town.letter(0).record, to: "dead-letters")
    var asked = 0
    follower.run {
      asked += 1
      return (try? model.parkedKeys()) == 1 || asked > 100
    }
    var settled = try Town.letter(2)
    settled.status = .dropped
    log.append(try Town.letter(3).record, try Town.letter(2).record, settled.record, to: "dead-letters")
    asked = 0
    follower.run {
      asked += 1
      return (try? model.deadLetter("commands/0/2"))?.status == .dropped || asked > 100
    }
    // As `huiyin dead-letters list` tells it.
    let waiting = try DeadLetter.all(in: log).filter { !$0.status.isSettled }.map(\.id)
    #expect(waiting == ["commands/0/0", "commands/1/3"])
    #expect(try Set(model.deadLetters(after: nil, limit: 10).letters.map(\.id)) == Set(waiting))
    #expect(log.openReaders == 0)
  }

  @Test func `records that went with their time are no reason to begin anew`() throws {
    let folder = try TemporaryFolder()
    let story = try Story("a")
    let told = try (0..<6).map { try Town.told(story.id, "f-\($0)", to: "owner") }
    func fill(_ log: ReadableLog, _ count: Int) {
      log.append(story.records[0])
      for record in told.prefix(count) { log.append(record, to: "feedback") }
    }
    let first = try Desk(path: folder.path("model.sqlite"))
    fill(first.log, 2)
    first.run()
    let second = try Desk(path: folder.path("model.sqlite"))
    fill(second.log, 6)
    second.log.expire("feedback", before: 4)
    second.run()
    #expect(try second.metrics.expectCounter("huiyin_monitor_records", [("outcome", "folded")]).totalValue == 2)
    #expect(try second.metrics.expectCounter("huiyin_monitor_records", [("outcome", "repeated")]).totalValue == 0)
    #expect(try second.model.told(of: story.id).map(\.id) == ["f-0", "f-1", "f-4", "f-5"])
  }

  @Test func `how far a model is that is built anew can be told, and that it is there`() throws {
    let folder = try TemporaryFolder()
    let stories = try Story.sample()
    let first = try Desk(path: folder.path("model.sqlite"))
    for story in stories { for record in story.records { first.log.append(record) } }
    var seen: [Follower.Rebuilding] = []
    first.follower.run {
      if let rebuilding = first.follower.status.rebuilding { seen.append(rebuilding) }
      return first.follower.status.isReady
    }
    let total = Int64(stories.flatMap(\.records).count)
    #expect(seen.map(\.done) == Array(stride(from: 2, to: total, by: 2)))
    #expect(seen.allSatisfy { $0.total == total && (0.0...1).contains($0.share) })
    #expect(first.follower.status.rebuilding == nil)
    let second = try Desk(path: folder.path("model.sqlite"))
    for story in stories { for record in story.records { second.log.append(record) } }
    second.log.append(try Story("more").records[0])
    second.follower.run {
      #expect(second.follower.status.rebuilding == nil)
      return second.follower.status.isReady
    }
  }
}
