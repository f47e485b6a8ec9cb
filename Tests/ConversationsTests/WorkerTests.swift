import Cases
import Conversations
import EventLog
import Logging
import SQLiteLog
import SeededRandom
import Streams
import Testing
import Time
import TwoStages

/// The real worker loop over a real log, with workers that die at their commits.
struct WorkerTests {
  private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  /// What there is in the end.
  private struct Result: Equatable {
    var said: [[UInt8]: [Said]] = [:]
    var states: [[UInt8]: [UInt8]] = [:]
  }

  /// In groups that the log takes in at one moment each; that clock never goes back here, since a worker's timers, unlike
  /// those of a bench, fire for all citizens at once.
  private static func groups(_ scenario: Scenario, _ chance: inout SeededGenerator) -> [[Delivery]] {
    var rest = scenario.deliveries.map { delivery in
      var delivery = delivery
      delivery.isPunctual = true
      return delivery
    }[...]
    var groups: [[Delivery]] = []
    var clock = Instant.distantPast
    while !rest.isEmpty {
      var group = Array(rest.prefix(Int.random(in: 1...40, using: &chance)))
      rest = rest.dropFirst(group.count)
      clock = max(clock, group.last?.recorded ?? clock)
      for index in group.indices { group[index].recorded = clock }
      groups.append(group)
    }
    return groups
  }

  private static func run(_ groups: [[Delivery]], on log: CrashingLog, _ clock: DrivenClock) throws -> Result {
    let publisher = try log.openPublisher(as: "test")
    var worker = Self.worker(log, clock)
    func settle() throws {
      for _ in 0..<10_000 {
        do throws(LogError) {
          if try !worker.step(wait: .zero) { return }
        } catch {
          guard error == CrashingLog.death else { throw error }
          // Nothing of it is left but what is in the log; it said goodbye to nobody.
          worker = Self.worker(log, clock)
        }
      }
      Issue.record("the worker comes to no end")
    }
    for group in groups {
      clock.set(to: group[0].recorded)
      try settle()
      _ = try publisher.publish(group.map { Output(to: Topics.chats, $0.record) })
      try settle()
    }
    clock.advance(by: .seconds(2 * 3600))
    try settle()
    worker.finish()
    let contents = LogContents(of: log)
    #expect(try contents.count(of: Topics.deadLetters) == 0)
    let said = try contents.records(of: Topics.opinions).map { try Said($0.record) }
    return Result(
      said: Dictionary(grouping: said, by: \.key), states: try contents.folded("converse-changelog"))
  }

  private static func worker(_ log: CrashingLog, _ clock: DrivenClock) -> Worker<ConverseProcessor> {
    var settings = WorkerSettings(member: "one")
    settings.batch.records = 16
    settings.timersPerBatch = 5
    return Worker(ConverseProcessor(), log: log, settings: settings, now: { clock.now }, logger: quiet)
  }

  private static func log(_ clock: DrivenClock, oneIn: Int?, seed: UInt64) throws -> CrashingLog {
    let log = try SQLiteLog(SQLiteLog.Settings(path: ":memory:", logger: quiet, now: { clock.now }))
    let plain = [Topics.chats, Topics.opinions, Topics.deadLetters].map {
      TopicSpecification(name: $0, partitions: 4, cleanup: .delete(after: nil), maximumRecordSize: 2 << 20)
    }
    let changelog = TopicSpecification(
      name: "converse-changelog", partitions: 4, cleanup: .compact(tombstones: .seconds(7 * 86_400)),
      maximumRecordSize: 2 << 20)
    _ = try log.create(plain + [changelog])
    return CrashingLog(log, oneIn: oneIn, seed: seed)
  }

  @Test(arguments: [UInt64(1), 2])
  func `workers that die at their commits leave the same opinions as one that doesn't, and as the rules`(
    seed: UInt64
  ) throws {
    print("conversations by workers: seed \(seed)")
    var chance = SeededGenerator(seed: seed)
    let scenario = Scenario(citizens: 150, deliveries: 3000, jumps: 0, &chance)
    let groups = Self.groups(scenario, &chance)
    let wanted = Dictionary(grouping: groups.joined(), by: \.key).mapValues { Reference($0).said }
      .filter { !$0.value.isEmpty }

    let start = groups[0][0].recorded
    func result(oneIn: Int?) throws -> (Result, CrashingLog) {
      let clock = DrivenClock(start)
      let log = try Self.log(clock, oneIn: oneIn, seed: seed)
      return (try Self.run(groups, on: log, clock), log)
    }
    let (undisturbed, _) = try result(oneIn: nil)
    #expect(undisturbed.said == wanted)
    let (disturbed, log) = try result(oneIn: 6)
    #expect(disturbed.said == wanted)
    #expect(disturbed.states == undisturbed.states)
    print(
      "conversations by workers: \(log.commits) commits; \(log.deaths.before) workers died before one, "
        + "\(log.deaths.after) after one")
    #expect(log.deaths.before >= 20 && log.deaths.after >= 20)
  }
}
