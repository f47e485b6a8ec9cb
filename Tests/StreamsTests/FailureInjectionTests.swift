import EventLog
import Streams
import Testing
import TwoStages

/// Lets every single call to the log fail in every way in which it can, one at a time, and compares what there is in the
/// end with a run in which nothing failed.
struct FailureInjectionTests {
  enum Way: String, CaseIterable, Sendable {
    case retry, abort, restart, undone, rebalance, unknownOutcome, unheard
    /// Three calls in a row can be repeated, the third is the end of the member.
    case series

    func applies(to call: FaultyLog.Call) -> Bool {
      switch self {
      case .retry, .restart, .series: call != .leave && call != .committed
      case .abort: call == .poll || call == .commit || call == .read
      case .undone: call == .commit
      case .rebalance: call == .poll || call == .commit
      case .unknownOutcome: call == .commit || call == .committed
      case .unheard: call == .leave
      }
    }

    func fault(at distance: Int) -> FaultyLog.Fault? {
      guard distance >= 0, distance < (self == .series ? 3 : 1) else { return nil }
      switch self {
      case .retry: return .error(LogError(.busy, "injected", recovery: .retry))
      case .abort: return .error(LogError(.other, "injected", recovery: .abort))
      case .restart: return .error(LogError(.unreachable, "injected", recovery: .restart))
      case .unknownOutcome: return .error(LogError(.unknownOutcome, "injected", recovery: .restart))
      case .undone: return .undone
      case .rebalance: return .rebalance
      case .unheard: return .unheard
      case .series: return .error(LogError(.busy, "injected", recovery: distance < 2 ? .retry : .restart))
      }
    }
  }

  private static func undisturbed() throws -> (result: TwoStageRun.Result, calls: [FaultyLog.Call]) {
    let run = try TwoStageRun { _, _ in nil }
    // What ``TwoStageRun/result()`` ends with forgets the calls: they are counted along the way.
    let calls = CallList()
    run.log.plan { call, _ in
      calls.append(call)
      return nil
    }
    return (try run.result(), calls.all)
  }

  @Test func `the undisturbed run is what it should be`() throws {
    let (result, calls) = try Self.undisturbed()
    #expect(result.deadLetters == 0)
    #expect(result.pages.count == TwoStageRun.keys)
    for pages in result.pages.values {
      let tallies = TwoStageRun.deedsPerKey + TwoStageRun.echoesPerKey
      #expect(pages.count == tallies + 1)
      #expect(pages.last == #"{"kind":"closing","number":0,"sequence":\#(tallies + 1)}"#)
    }
    #expect(result.states.values.allSatisfy { $0.count == TwoStageRun.keys })
    #expect(Set(calls) == Set(FaultyLog.Call.allCases))
    #expect(calls.count { $0 == .commit } >= 12, "\(calls.count) calls")
  }

  @Test(arguments: Way.allCases)
  func `after any single failure the run ends as if there had been none`(way: Way) throws {
    let (wanted, calls) = try Self.undisturbed()
    var failures = 0
    for (step, call) in calls.enumerated() where way.applies(to: call) {
      let run = try TwoStageRun { call, number in
        // Of a series, not all calls that follow can fail in this way.
        call == .leave && way != .unheard || call == .committed && way != .unknownOutcome
          ? nil : way.fault(at: number - step)
      }
      let isAsWanted = try run.result() == wanted
      failures += 1
      #expect(isAsWanted, "\(way.rawValue) at step \(step), \(call.rawValue)")
    }
    #expect(failures >= 6, "of \(calls.count)")
  }

  @Test func `after any restart with snapshots the run ends as if there had been none`() throws {
    let (wanted, calls) = try Self.undisturbed()
    for (step, call) in calls.enumerated() where [.commit, .committed, .leave].contains(call) {
      let way = call == .leave ? Way.unheard : .restart
      let run = try TwoStageRun(snapshots: true) { _, number in way.fault(at: number - step) }
      let isAsWanted = try run.result() == wanted
      #expect(isAsWanted, "step \(step), \(call.rawValue)")
    }
  }
}
