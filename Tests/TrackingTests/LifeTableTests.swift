import Cases
import Streams
import Testing
import Time
import Tracking

/// The table of a case's life, walked from end to end: every stage with every command and every timer.
struct LifeTableTests {
  /// What must have been said before for a command to make sense, beside the stage.
  private static let before: [CaseCommand.Kind: [CaseCommand.Kind]] = [
    .denyExtension: [.requestExtension], .grantSupervision: [.supervise], .recordUnmerged: [.recordMerged],
    .close: [.recordDelivery],
  ]

  /// Allowed by the stage, and yet refused, since what must have been said before can't be said in it.
  private static func hasNothingBefore(_ kind: CaseCommand.Kind, _ stage: CaseStage) -> Bool {
    switch kind {
    case .grantSupervision: stage == .replied || stage == .closed
    // Nothing is on its way.
    case .recordDelivery: stage != .replied && stage != .closed
    default: false
    }
  }

  @Test(arguments: CaseStage.allCases, CaseCommand.Kind.allCases)
  func `every command does in every stage what the table says`(stage: CaseStage, kind: CaseCommand.Kind) throws {
    var bench = Life.bench(in: stage)
    #expect(try bench.summary().stage == stage)
    for earlier in Self.before[kind] ?? [] { bench.give(earlier) }
    let said = bench.names().count
    bench.give(kind)
    let after = try bench.summary().stage
    switch CaseLife.outcome(of: kind, in: stage) {
    case .refused(let reason):
      #expect(bench.refusal == reason)
      #expect(after == stage)
      #expect(bench.names().count == said + 1)
    case .leads(let stages):
      #expect(stages.contains(after))
      if Self.hasNothingBefore(kind, stage) {
        #expect(bench.refusal != nil)
      } else {
        #expect(bench.refusal == nil)
        // Whatever is done leaves a trace, but for what was known: a delivery, a case that does not follow.
        let isKnown = stage == .closed && kind == .recordDelivery || kind == .recordUnmerged
        #expect(bench.names().count > said || isKnown)
      }
    }
  }

  @Test(arguments: CaseStage.allCases, CaseLife.TimerKind.allCases)
  func `every timer does in every stage what the table says`(stage: CaseStage, kind: CaseLife.TimerKind) throws {
    var bench = Life.bench(in: stage)
    let due = time("12-31T00:00").instant
    bench.now = due
    bench.fire(Streams.Timer(key: Array("c".utf8), kind: kind.rawValue, generation: 1, due: due))
    guard case .leads(let stages) = CaseLife.outcome(of: kind, in: stage) else {
      return #expect(Bool(false), "a timer is refused")
    }
    #expect(stages.contains(try bench.summary().stage))
    #expect(!bench.names().contains("refused-command"))
  }

  @Test(arguments: CaseStage.allCases, CaseCommand.Kind.allCases)
  func `no case that is open is ever without a timer`(stage: CaseStage, kind: CaseCommand.Kind) throws {
    var bench = Life.bench(in: stage)
    bench.give(kind)
    switch try bench.summary().stage {
    case .assigned, .signed, .merged: #expect(bench.timers()["overdue"] != nil)
    case .paused: #expect(bench.timers()["resume"] != nil)
    case .replied: #expect(bench.timers()["delivery"] != nil || bench.timers()["rating"] != nil)
    case .closed: break
    }
  }

  @Test func `each stage can be reached, and left for another`() {
    for stage in CaseStage.allCases {
      let ways = CaseStage.allCases.flatMap { from in
        CaseCommand.Kind.allCases.filter { kind in
          if case .leads(let stages) = CaseLife.outcome(of: kind, in: from) {
            from != stage && stages.contains(stage)
          } else {
            false
          }
        }
      }
      #expect(!ways.isEmpty)
    }
  }
}
