import SeededRandom
import Cases
import EventLog
import Foundation
import Streams
import Testing
import Time
import Verification

/// Whatever is sent in whatever order, the log of the pipeline is clean.
struct PropertyTests {
  /// Events of a few cases over two months, in order of time.
  private func script(_ random: inout SeededGenerator) throws -> [CloudEvent] {
    let start = try Story.time("2026-01-20T00:00:00+08:00").instant
    let channels = ["web", "wechat", "phone"]
    let methods = CaseCommand.Reply.Method.allCases
    var events: [CloudEvent] = []
    for number in 0..<Int.random(in: 1...25, using: &random) {
      let caseID = "c\(Int.random(in: 0..<8, using: &random))"
      let at = GivenTime(start + .seconds(Int.random(in: 0..<60 * 86_400, using: &random)))
      switch Int.random(in: 0..<14, using: &random) {
      case 0..<4:
        let citizen = Bool.random(using: &random) ? Story.citizen : Citizen()
        let channel = channels[Int.random(in: 0..<3, using: &random)]
        events.append(Story.opinion(caseID, id: "o\(number)", at: at, channel: channel, citizen: citizen))
      case 4..<8:
        let method = methods[Int.random(in: 0..<methods.count, using: &random)]
        events.append(Story.reply(caseID, id: "r\(number)", at: at, method: method))
      case 8..<12:
        let command = Story.command(&random, answer: "\(caseID).\(Int.random(in: 4...8, using: &random)).0")
        events.append(Story.event(command, caseID, id: "k\(number)", at: at))
      case 12:
        let result = Bool.random(using: &random) ? CaseCommand.RecordDelivery.Result.delivered : .failed
        let answer = "\(caseID).\(Int.random(in: 4...8, using: &random)).0"
        let command = CaseCommand.recordDelivery(
          CaseCommand.RecordDelivery(feedback: answer, channel: "wechat", result: result))
        events.append(
          CloudEvent(
            id: "d\(number)", source: "//test", type: command.type, subject: caseID, time: at, data: command.data))
      default:
        if let again = events.randomElement(using: &random) { events.append(again) }
      }
    }
    return events.sorted { ($0.time?.instant ?? .distantPast) < ($1.time?.instant ?? .distantPast) }
  }

  @Test func `a replay of any script leaves a clean log`() throws {
    for seed in UInt64(1)...15 {
      var random = SeededGenerator(seed: seed)
      let events = try script(&random)
      let report = try Story.replay(events, until: try Story.time("2026-04-20T00:00:00+08:00"), policy: Story.policy) {
        log in
        try Verifier(log, calendar: .builtIn, policy: Story.policy).run()
      }
      #expect(report.violations == [], "seed \(seed)")
    }
    print("replayed scripts of the seeds 1 to 15")
  }

  @Test func `between any two commits of live stages a log is clean`() throws {
    for seed in UInt64(1)...10 {
      var random = SeededGenerator(seed: seed)
      let events = try script(&random)
      let pipeline = try Pipeline(
        at: try Story.time("2026-01-20T00:00:00+08:00").instant, batch: Int.random(in: 1...5, using: &random))
      func disturb() throws {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: pipeline.clock.now = pipeline.clock.now + .seconds(Int.random(in: 1...200_000, using: &random))
        case 1...6:
          let stage = Pipeline.Stage.allCases[Int.random(in: 0..<6, using: &random)]
          try pipeline.step(stage)
        default: break
        }
        #expect(try pipeline.verify().violations == [], "seed \(seed)")
      }
      for event in events {
        if Bool.random(using: &random), let time = event.time?.instant {
          pipeline.clock.now = max(pipeline.clock.now, time)
        }
        switch Int.random(in: 0..<12, using: &random) {
        case 0: try pipeline.publish(event, partition: Int.random(in: 0..<4, using: &random))
        case 1:
          let topic = [Topics.opinions, Topics.classifications, Topics.commands][Int.random(in: 0..<3, using: &random)]
          let broken = Record(key: Array("c\(Int.random(in: 0..<8, using: &random))".utf8), value: Array("{".utf8))
          try pipeline.publish([Output(to: topic, broken)])
        default: try pipeline.publish(event)
        }
        for _ in 0..<Int.random(in: 0...4, using: &random) { try disturb() }
      }
      try pipeline.settle()
      pipeline.clock.now = try Story.time("2026-04-20T00:00:00+08:00").instant
      try pipeline.settle()
      let report = try pipeline.verify()
      #expect(report.violations == [], "seed \(seed)")
      #expect(report.counts.inFlight == 0, "seed \(seed)")
      let counts = report.counts
      #expect(counts.opinions == counts.accepted + counts.duplicates + counts.deadLettered, "seed \(seed)")
    }
    print("disturbed live pipelines of the seeds 1 to 10")
  }

  @Test func `a log that changes with every look at it is clean`() throws {
    for seed in UInt64(1)...30 {
      var random = SeededGenerator(seed: seed)
      let events = try script(&random)
      let start = try Story.time("2026-01-20T00:00:00+08:00").instant
      let pipeline = try Pipeline(at: start, batch: Int.random(in: 1...3, using: &random))
      let early = Int.random(in: 0...events.count, using: &random)
      for event in events[..<early] { try pipeline.publish(event) }
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        try pipeline.step(Pipeline.Stage.allCases[Int.random(in: 0..<6, using: &random)])
      }
      let bustle = Bustle(pipeline, Array(events[early...]), random)
      let report = try Verifier(BusyLog(pipeline.log) { bustle.goOn() }, calendar: .builtIn, policy: Story.policy).run()
      #expect(report.violations == [], "seed \(seed)")
      #expect(bustle.trouble == nil, "seed \(seed)")
    }
    print("looked at busy logs of the seeds 1 to 30")
  }

  /// What goes on in a pipeline while somebody looks at its log. All on one thread.
  private final class Bustle: @unchecked Sendable {
    private let pipeline: Pipeline
    private var events: [CloudEvent]
    private var random: SeededGenerator
    private(set) var trouble: (any Error)?

    init(_ pipeline: Pipeline, _ events: [CloudEvent], _ random: SeededGenerator) {
      self.pipeline = pipeline
      self.events = events
      self.random = random
    }

    func goOn() {
      do {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: pipeline.clock.now = pipeline.clock.now + .seconds(Int.random(in: 1...400_000, using: &random))
        case 1, 2: if !events.isEmpty { try pipeline.publish(events.removeFirst()) }
        case 3...7: try pipeline.step(Pipeline.Stage.allCases[Int.random(in: 0..<6, using: &random)])
        default: break
        }
      } catch {
        trouble = error
      }
    }
  }

  private static let realData = ProcessInfo.processInfo.environment["HUIYIN_TEST_DATA"] ?? ""

  private static func isRealDataNamed() -> Bool {
    if realData.isEmpty { print("SKIPPED: real messages leave a clean log: HUIYIN_TEST_DATA names no folder") }
    return !realData.isEmpty
  }

  @Test(.enabled(if: isRealDataNamed())) func `real messages leave a clean log`() throws {
    let report = try Story.replay(file: Self.realData + "/replies-2011-2017.events.jsonl") { log in
      let start = ContinuousClock.now
      defer { print("verified the real messages' log in \(ContinuousClock.now - start)") }
      return try Verifier(log, calendar: .builtIn).run()
    }
    #expect(report.broken == [:])
    #expect(report.counts.cases == 1079)
    // The last one's citizen still has time to rate it.
    #expect(report.counts.closed == 1078 && report.counts.replied == 1)
    #expect(report.counts.replies == 1079)
  }
}
