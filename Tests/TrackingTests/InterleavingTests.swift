import SeededRandom
import Cases
import Streams
import Testing
import Time
import Tracking

/// Whatever the order in which commands are read and timers fire, a case ends in the same facts.
struct InterleavingTests {
  enum Clock: CaseIterable {
    /// Each command is read when it is given, or later where others held it up.
    case ofTheCommands
    /// Years later, as in a historic import.
    case farLater
  }

  private static let seeds: ClosedRange<UInt64> = 1...150

  @Test(arguments: Clock.allCases)
  func `any interleaving ends in the same facts`(clock: Clock) throws {
    print("interleavings: seeds \(Self.seeds.lowerBound) to \(Self.seeds.upperBound), clock \(clock)")
    for seed in Self.seeds {
      var chance = SeededGenerator(seed: seed)
      let scenario = Scenario(&chance)
      for round in 1...2 {
        let bench = run(scenario, clock, &chance)
        try check(bench, scenario, "seed \(seed), round \(round), clock \(clock)")
      }
    }
  }

  private func run(_ scenario: Scenario, _ clock: Clock, _ chance: inout SeededGenerator) -> Bench {
    // Commands may be shuffled over weeks of the clock: here none may run out of patience before its case comes.
    var bench = Bench(now: "2025-12-01T00:00", orphanWait: .seconds(400 * 86400))
    if clock == .farLater { bench.now = time("2027-03-01T10:00").instant }
    var steps = scenario.shuffled(&chance)[...]
    var told: [String: Int] = [:]
    while let step = steps.first {
      steps = steps.dropFirst()
      let isSane = step.at.instant < time("2080-01-01T00:00").instant
      if clock == .ofTheCommands, isSane { bench.now = max(bench.now, step.at.instant) }
      fireSome(&bench, &chance)
      bench.send(step.command, to: step.key, id: step.id, at: step.at)
      bench.now = bench.now + .seconds(Int.random(in: 0...60, using: &chance))
      // Some answers are confirmed or fail at once, some later, some never.
      for answer in newAnswers(bench, step.key, &told) where Int.random(in: 0..<3, using: &chance) > 0 {
        let command = Samples.delivery(of: answer, Bool.random(using: &chance) ? .delivered : .failed)
        let delivery = Scenario.Step(id: answer + ".1", key: step.key, command: command, at: GivenTime(bench.now))
        steps.insert(delivery, at: Int.random(in: steps.startIndex...steps.endIndex, using: &chance))
      }
    }
    bench.pass(to: time("2035-01-01T00:00").instant)
    return bench
  }

  /// Timers that are due may fire before the next record or be behind it.
  private func fireSome(_ bench: inout Bench, _ chance: inout SeededGenerator) {
    while let timer = bench.nextTimer, timer.due <= bench.now, Int.random(in: 0..<3, using: &chance) > 0 {
      bench.fire(timer)
    }
  }

  private func newAnswers(_ bench: Bench, _ key: String, _ told: inout [String: Int]) -> [String] {
    let events = bench.events[key] ?? []
    let new = events.dropFirst(told[key] ?? 0)
    told[key] = events.count
    return new.filter { $0.event.name == "replied" }.map { $0.id + ".0" }
  }

  private func check(_ bench: Bench, _ scenario: Scenario, _ place: Comment) throws {
    #expect(Set(bench.events.keys) == Set(scenario.expected.keys), place)
    for (key, expected) in scenario.expected {
      let summary = try bench.summary(key)
      let found = Scenario.Facts(
        due: summary.deadline.due, replied: summary.replied?.instant, workingDays: summary.workingDays,
        overdue: summary.overdue, isClosed: summary.phase == .closed)
      #expect(found == expected, place)
      let events = bench.events[key] ?? []
      #expect(events.map(\.sequence) == (1...events.count).map(String.init), place)
      #expect(events.map(\.id) == (1...events.count).map { "\(key).\($0)" }, place)
      #expect(bench.timers(key) == [:] && bench.heldCount(key) == 0, place)
      checkOnce(events, place)
      // Who was accused and had replied in time was cleared again, nobody else.
      let names = events.map(\.event.name)
      #expect(names.contains("overdue-withdrawn") == (names.contains("overdue") && !expected.overdue), place)
    }
    for orphan in scenario.orphans { #expect(bench.state(orphan) == nil && bench.heldCount(orphan) == 0, place) }
    #expect(Set(bench.deadLetters.map(\.reason)).count == 1 && bench.deadLetters.count == 2, place)
  }

  private func checkOnce(_ events: [Bench.Emitted], _ place: Comment) {
    var deadlines: [String: Int] = [:]
    for emitted in events {
      switch emitted.event {
      case .reminded(let event), .overdue(let event):
        deadlines["\(emitted.event.name) \(event.generation)", default: 0] += 1
      case .closed, .overdueWithdrawn: deadlines[emitted.event.name, default: 0] += 1
      default: break
      }
    }
    #expect(deadlines.values.allSatisfy { $0 == 1 }, place)
  }
}
