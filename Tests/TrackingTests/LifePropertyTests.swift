import Cases
import SeededRandom
import Streams
import Testing
import Time
import Tracking

/// Random lives: commands of everybody in any order, timers that fire early and late, clocks that jump. The bench puts
/// every state through its stored form between two turns, as a crash would.
struct LifePropertyTests {
  /// The part of `track`'s state that the events must be able to rebuild.
  private struct Kept: Decodable, Equatable {
    struct Opened: Decodable, Equatable {
      var stage: CaseStage
      var owner: Owner
      var offered: Owner?
      var supervisor: String?
      var returns: Int?
      var deadline: CaseEvent.ReplyDeadline
      var extensionAsked: Int?
      var reopened: Int?
      var isKey: Bool?
      var mergedInto: CaseID?
      var members: [CaseID]?
      var erased: Bool?
      var replied: GivenTime?
      var saidOverdue: Bool
    }

    var sequence: Int
    var opened: Opened?

    init(sequence: Int, opened: Opened?) {
      self.sequence = sequence
      self.opened = opened
    }

    init(_ summary: CaseSummary) {
      sequence = summary.events
      func some(_ number: Int) -> Int? { number == 0 ? nil : number }
      opened = summary.owner.map { owner in
        Opened(
          stage: summary.stage, owner: owner, offered: summary.offered, supervisor: summary.supervisor?.id,
          returns: some(summary.returns), deadline: summary.deadline, extensionAsked: summary.extensionRequested,
          reopened: some(summary.reopened), isKey: summary.keySupervision == nil ? nil : true,
          mergedInto: summary.mergedInto, members: summary.members.isEmpty ? nil : summary.members,
          erased: summary.isErased ? true : nil, replied: summary.replied, saidOverdue: summary.overdue)
      }
    }
  }

  private static let seeds: ClosedRange<UInt64> = 1...200

  @Test func `whatever happens, the events rebuild the state, and each deadline event is said once`() throws {
    print("lives: seeds \(Self.seeds.lowerBound) to \(Self.seeds.upperBound)")
    for seed in Self.seeds {
      var chance = SeededGenerator(seed: seed)
      var bench = Bench(policy: Life.policy)
      bench.open()
      for step in 1...40 {
        act(&bench, &chance)
        try check(bench, "seed \(seed), step \(step)")
      }
      bench.pass(to: time("2030-01-01T00:00").instant)
      try check(bench, "seed \(seed), end")
      #expect(bench.deadLetters.isEmpty)
    }
  }

  private func act(_ bench: inout Bench, _ chance: inout SeededGenerator) {
    switch Int.random(in: 0..<10, using: &chance) {
    case 0: bench.now = bench.now + .seconds(Int.random(in: 0...20 * 86400, using: &chance))
    case 1: bench.pass(to: bench.now + .seconds(Int.random(in: 0...9 * 86400, using: &chance)))
    case 2:
      // One that is due, or an old one that should have been forgotten.
      if let timer = bench.nextTimer, timer.due <= bench.now {
        bench.fire(timer)
      } else if let kind = CaseLife.TimerKind.allCases.randomElement(using: &chance) {
        bench.fire(
          Streams.Timer(
            key: Array("c".utf8), kind: kind.rawValue, generation: 1, due: time("2026-06-01T10:00").instant))
      }
    default:
      guard let kind = CaseCommand.Kind.allCases.randomElement(using: &chance), kind != .recordSimilar else { return }
      var command = Life.command(kind, answer: bench.latestAnswer, asked: bench.latest("supervision-requested"))
      if kind == .rate, Bool.random(using: &chance) { command = .rate(CaseCommand.Rate(satisfaction: .unsatisfied)) }
      if kind == .open {
        command = Samples.open("o-\(bench.offset)", received: GivenTime(bench.now), recorded: bench.now)
      }
      let back = Duration.seconds(Bool.random(using: &chance) ? 0 : Int.random(in: 0...86400 * 3, using: &chance))
      bench.send(command, id: "command-\(bench.offset)", at: GivenTime(bench.now - back))
    }
  }

  private func check(_ bench: Bench, _ place: Comment) throws {
    let state = try #require(bench.state())
    let kept = try JSONData.decode(Kept.self, from: state.stored())
    #expect(kept == Kept(try bench.summary()), place)
    var said: [String: Int] = [:]
    var generation = 1
    for emitted in try #require(bench.events["c"]) {
      switch emitted.event {
      case .reminded(let event), .overdue(let event), .reported(let event):
        said["\(emitted.event.name) \(event.generation)", default: 0] += 1
        #expect(event.generation == generation, place)
      case .signOverdue(let event): said["sign \(event.generation)", default: 0] += 1
      case .supervised(let event):
        if let deadline = event.deadline { said["supervised \(deadline.generation)", default: 0] += 1 }
      case .escalated(let event):
        if let deadline = event.deadline { said["escalated \(deadline.generation)", default: 0] += 1 }
      case .deadlineChanged(let change): generation = change.to.generation
      case .raised(let revised), .extended(let revised), .resumed(let revised): generation = revised.to.generation
      case .reopened(let reopened): generation = reopened.deadline.generation
      default: break
      }
    }
    #expect(said.values.allSatisfy { $0 == 1 }, place)
    switch try bench.summary().stage {
    case .assigned, .signed, .merged:
      #expect(bench.timers()["overdue"] != nil || bench.names().contains("overdue"), place)
    case .paused: #expect(bench.timers()["resume"] != nil, place)
    case .replied: #expect(bench.timers()["delivery"] != nil || bench.timers()["rating"] != nil, place)
    case .closed: break
    }
  }
}
