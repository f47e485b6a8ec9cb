import EventLog
import Foundation
import KafkaLog
import Streams
import Testing
import Time
import TwoStages

/// Rules and broadcasts over Kafka, as `StreamsTests` has them over SQLite.
private struct MindfulLife {
  static let keys = (0..<20).map { "key-\($0)" }

  let log: KafkaLog
  let worker: Worker<Mindful>
  private let envelope = CloudEvent(id: "test", source: "test", type: "test")

  init(on log: KafkaLog) {
    self.log = log
    var settings = WorkerSettings(member: "one")
    settings.sessionTimeout = .seconds(6)
    settings.revisionsPerBatch = 3
    worker = Worker(
      Mindful(), log: log, settings: settings,
      now: { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }, logger: .quiet)
  }

  func say(_ word: String) throws {
    let news = Broadcast("news", [Array("word".utf8): Array(word.utf8), Broadcast.wholeKey: []])
    _ = try log.publish(news.outputs(from: [:], as: envelope))
  }

  func rule(_ rules: String) throws {
    _ = try log.publish(RulesRecord.outputs(Array(rules.utf8), as: envelope, to: Mindful.topics[0]))
  }

  func ask(_ text: String) throws {
    _ = try log.publish(Self.keys.map { Output(to: "in", Record(key: Array($0.utf8), value: Array(text.utf8))) })
  }

  /// Works until each key has said all of this, each once and in this order, and says nothing else for a while.
  func work(until wanted: [String]) throws {
    let all = Dictionary(uniqueKeysWithValues: Self.keys.map { ($0, wanted as [String?]) })
    let end = ContinuousClock.now + .seconds(60)
    while try LogContents(of: log).valuesByKey(of: "out") != all {
      if ContinuousClock.now > end {
        Issue.record("\(try LogContents(of: log).valuesByKey(of: "out")) instead of \(wanted)")
        throw GaveUp(waitingFor: "\(wanted)")
      }
      try step(for: 10)
    }
    try step(for: 30)
    #expect(try LogContents(of: log).valuesByKey(of: "out") == all)
    #expect(try LogContents(of: log).count(of: "dead-letters") == 0)
  }

  private func step(for times: Int) throws {
    for _ in 0..<times {
      do throws(LogError) {
        try worker.step(wait: .milliseconds(20))
      } catch {
        if error.recovery == .stop { throw error }
      }
    }
  }

  /// - Returns: what each key has said in the end.
  func run() throws -> [String] {
    try say("first")
    try ask("a")
    var said = ["a first none"]
    try work(until: said)
    try rule("one")
    said += ["revised first one"]
    try work(until: said)
    try say("second")
    try step(for: 30)
    try ask("b")
    said += ["b second one"]
    try work(until: said)
    return said
  }
}

@Suite struct MockMindfulTests {
  @Test func `over the mock, rules reach every key once, and what is broadcast is heard`() throws {
    let mock = try MockCluster()
    for topic in Mindful.topics { mock.create(topic.name) }
    let life = MindfulLife(on: try mock.log())
    _ = try life.run()
    life.worker.finish()
  }
}

extension RealBroker {
  @Suite struct BrokerMindfulTests {
    @Test func `over a broker, rules reach every key once, what is broadcast is heard, and a restart keeps both`()
      throws
    {
      let trial = try BrokerTrial()
      let log = try trial.open()
      #expect(try log.create(Mindful.topics).allSatisfy { $0.result == .created })
      let life = MindfulLife(on: log)
      var said = try life.run()
      try life.rule("two")
      life.worker.finish()
      let next = MindfulLife(on: log)
      said += ["revised second two"]
      try next.work(until: said)
      try next.ask("c")
      try next.work(until: said + ["c second two"])
      next.worker.finish()
      let standings = try RulesStanding.all(of: "mindful", input: "in", changelog: "mindful-changelog", in: log)
      #expect(standings.map(\.newest) == Array(repeating: Array("two".utf8), count: 4))
      #expect(standings.allSatisfy { !$0.isRevising && $0.coming == nil })
    }
  }
}
