import Cases
import EventLog
import SQLiteLog
import Streams
import Testing
import Time
import Verification

/// Logs that are looked at while the stages work on them.
struct LiveTests {
  private func day(_ number: Int, _ hour: Int = 10) throws -> GivenTime {
    GivenTime(try Story.time("2026-03-01T00:00:00+08:00").instant + .seconds(number * 86_400 + hour * 3600))
  }

  @Test func `a log where nothing happened yet is clean`() throws {
    let report = try Pipeline(at: try day(1).instant).verify()
    #expect(report.isClean)
    #expect(report.counts == Counts())
  }

  @Test func `an opinion between two stages is in flight`() throws {
    let pipeline = try Pipeline(at: try day(1).instant)
    try pipeline.publish(Story.opinion("a", at: try day(1)))
    for stages: [Pipeline.Stage] in [[], [.classify], [.route]] {
      try pipeline.settle(stages)
      let report = try pipeline.verify()
      #expect(report.violations == [])
      #expect(report.counts.inFlight == 1)
      #expect(report.counts.cases == 0)
    }
    try pipeline.settle([.track])
    let report = try pipeline.verify()
    #expect(report.violations == [])
    #expect(report.counts.accepted == 1)
    #expect(report.counts.inFlight == 0)
  }

  @Test func `an answer that feedback has not made yet is to come`() throws {
    let pipeline = try Pipeline(at: try day(3).instant)
    try pipeline.publish(Story.opinion("a", at: try day(1)))
    try pipeline.publish(Story.reply("a", at: try day(2)))
    try pipeline.settle([.classify, .route, .track])
    let report = try pipeline.verify()
    #expect(report.violations == [])
    #expect(report.counts.answersToCome == 1)
  }

  @Test func `a command that waits for its case is in flight, and then a dead letter`() throws {
    let pipeline = try Pipeline(at: try day(1).instant)
    try pipeline.publish(Story.reply("a", at: try day(1)))
    try pipeline.settle()
    let waiting = try pipeline.verify()
    #expect(waiting.violations == [])
    #expect(waiting.counts.waitingCommands == 1)
    pipeline.clock.now = try day(3).instant
    try pipeline.settle()
    let buried = try pipeline.verify()
    #expect(buried.violations == [])
    #expect(buried.counts.waitingCommands == 0)
    #expect(buried.counts.deadLettersOpen == 1)
  }

  @Test func `a record that a foreign producer put elsewhere is to be forwarded, and then was`() throws {
    let pipeline = try Pipeline(at: try day(1).instant)
    let event = Story.opinion("a", at: try day(1))
    let wrong = (Partitioner.partition(of: Array("a".utf8), among: 4) + 1) % 4
    try pipeline.publish(event, partition: wrong)
    let before = try pipeline.verify()
    #expect(before.violations == [])
    #expect(before.counts.toForward == 1)
    #expect(before.counts.inFlight == 1)
    try pipeline.settle()
    let after = try pipeline.verify()
    #expect(after.violations == [])
    #expect(after.counts.forwarded == 1)
    #expect(after.counts.opinions == 1)
    #expect(after.counts.accepted == 1)
  }

  @Test func `an expiry that is withdrawn leaves a clean log`() throws {
    let pipeline = try Pipeline(at: try day(1).instant)
    try pipeline.publish(Story.opinion("a", at: try day(1)))
    try pipeline.settle()
    pipeline.clock.now = try day(30).instant
    try pipeline.settle()
    try pipeline.publish(Story.reply("a", at: try day(2)))
    try pipeline.settle()
    let report = try pipeline.verify()
    #expect(report.violations == [])
    #expect(report.counts.overdue == 1)
    #expect(report.counts.overdueWithdrawn == 1)
  }

  @Test func `what was deleted by age raises no alarm`() throws {
    let pipeline = try Pipeline(at: try day(1).instant)
    for number in 0..<20 {
      try pipeline.publish(Story.opinion("a\(number)", at: try day(1)))
      if number % 2 == 0 { try pipeline.publish(Story.reply("a\(number)", at: try day(2))) }
      pipeline.clock.now = try day(2 + 30 * number).instant
      try pipeline.settle()
      try pipeline.log.maintain()
    }
    let reader = try pipeline.log.openReader()
    for topic in [Topics.opinions, Topics.classifications, Topics.commands, Topics.feedback] {
      #expect(try (0..<4).contains { try reader.bounds(of: TopicPartition(topic, $0)).lowerBound > 0 })
    }
    let report = try pipeline.verify()
    #expect(report.violations == [])
    #expect(report.counts.cases == 20)
    #expect(report.counts.opinions < 20)
    #expect(report.counts.answersExpired > 0)
  }

  @Test func `a log without the pipeline's topics can't be checked`() throws {
    let settings = SQLiteLog.Settings(
      path: ":memory:", logger: Story.logger, now: { Instant(milliseconds: 0) })
    let log = try SQLiteLog(settings)
    #expect(throws: LogError.self) { try Verifier(log, calendar: .builtIn).run() }
  }

  @Test func `progress grows to its total`() throws {
    let log = try Story.goodLog().log()
    nonisolated(unsafe) var steps: [(done: Int64, total: Int64)] = []
    _ = try Verifier(log, calendar: .builtIn).run { steps.append(($0, $1)) }
    #expect(Set(steps.map(\.total)).count == 1)
    #expect(steps.map(\.done) == steps.map(\.done).sorted())
    #expect(steps.last?.done == steps.last?.total)
  }
}
