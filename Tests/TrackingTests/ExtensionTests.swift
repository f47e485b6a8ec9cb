import Cases
import Testing
import Time
import Tracking

/// 延期: asked for before expiry, granted or denied by somebody else, bounded.
struct ExtensionTests {
  private func request(_ days: Int) -> CaseCommand {
    .requestExtension(CaseCommand.RequestExtension(by: "住建局", reason: "等材料", workingDays: days))
  }

  @Test func `what was asked for and granted is added in working days`() throws {
    var bench = Life.bench(in: .signed)
    bench.give(request(5))
    #expect(try bench.summary().extensionRequested == 5)
    bench.give(.extend(CaseCommand.Extend(by: "督办室")))
    guard case .extended(let extended) = try bench.last().event else { return #expect(Bool(false)) }
    #expect(extended.from.due.description == "2026-06-10")
    #expect(extended.to.due.description == "2026-06-17")
    #expect(extended.to.workingDays == 12)
    #expect(extended.to.generation == 2)
    #expect(try bench.summary().extensionRequested == nil)
    #expect(bench.timers()["overdue"] == "2026-06-18T00:00:00+08:00")
    #expect(bench.timers()["reminder"] == "2026-06-15T09:00:00+08:00")
    bench.pass(to: "06-17T23:00")
    #expect(!bench.names().contains("overdue"))
    bench.pass(to: "06-18T00:00")
    #expect(bench.names().last == "overdue")
  }

  @Test func `what is denied changes nothing`() throws {
    var bench = Life.bench(in: .signed)
    bench.give(request(5))
    bench.give(.denyExtension)
    #expect(bench.names().last == "extension-denied")
    #expect(try bench.summary().deadline.due.description == "2026-06-10")
    bench.give(.denyExtension)
    #expect(bench.refusal == "nobody has asked for an extension")
  }

  @Test func `a second request waits for the first one's answer`() {
    var bench = Life.bench(in: .signed)
    bench.give(request(5))
    bench.give(request(4))
    #expect(bench.refusal == "an extension has been asked for and is not decided")
  }

  @Test func `after expiry there is none, neither to ask for nor to grant`() {
    var bench = Life.bench(in: .signed)
    bench.give(request(5))
    bench.pass(to: "06-11T00:00")
    bench.give(.extend)
    #expect(bench.refusal == "its deadline has passed")
    bench.give(.denyExtension)
    #expect(bench.refusal == nil)
    bench.give(request(5))
    #expect(bench.refusal == "its deadline has passed")
  }

  @Test func `it is given once, and for no more days than the policy allows`() {
    var bench = Life.bench(in: .signed)
    bench.give(request(8))
    #expect(bench.refusal == "8 working days are more than the 7 that the policy allows")
    bench.give(.extend)
    #expect(bench.refusal == nil)
    bench.give(.extend)
    #expect(bench.refusal == "it has been extended 1 times, as often as may be")
  }

  @Test func `a grant without a number or a request is none`() {
    var bench = Life.bench(in: .signed)
    bench.give(.extend(CaseCommand.Extend(by: "督办室")))
    #expect(bench.refusal == "nobody has asked for an extension, and none is named")
  }

  @Test func `a policy may know no extension`() {
    var bench = Bench(policy: Samples.policy("none") { $0.extensions = 0 })
    bench.open()
    bench.give(request(1))
    #expect(bench.refusal == "the policy knows no extension")
  }

  @Test func `new rules move the deadline under an extension, which stays on top`() throws {
    var bench = Life.bench(in: .signed)
    bench.give(.extend)
    bench.processor = TrackProcessor(
      calendar: .builtIn,
      policy: Samples.policy("life-2") {
        $0.reply = .workingDays(5)
        $0.sign = .workingDays(1)
      })
    bench.give(.correctCategory)
    // 5 working days from 1 June are 8 June, and 3 more 11 June.
    #expect(try bench.summary().deadline.due.description == "2026-06-11")
  }

  // MARK: Formal suggestions

  @Test func `a formal suggestion has three months, and six at the longest`() throws {
    var bench = Life.bench(in: .signed)
    bench.give(.raise)
    #expect(try bench.summary().isSuggestion)
    #expect(try bench.summary().deadline.due.description == "2026-09-01")
    bench.give(request(60))
    #expect(bench.refusal == nil)
    bench.give(.extend(CaseCommand.Extend(by: "督办室")))
    #expect(bench.refusal == nil)
    #expect(try bench.summary().deadline.due.description == "2026-11-30")
    bench.give(.raise)
    #expect(bench.refusal == "it is a formal suggestion already")
  }

  @Test func `what becomes a formal suggestion is no longer overdue`() throws {
    var bench = Life.bench(in: .signed)
    bench.pass(to: "06-17T10:00")
    #expect(try bench.summary().step == .supervision)
    bench.give(.raise)
    #expect(try bench.summary().overdue == false)
    #expect(try bench.summary().step == nil)
  }

  @Test func `a reminder that was said isn't said again for a moment that has gone by`() throws {
    var bench = Life.bench(in: .replied)
    bench.give(.recordDelivery)
    bench.give(.reopen)
    bench.pass(to: "06-09T10:00")
    #expect(bench.names().filter { $0 == "reminded" }.count == 1)
    // One working day more puts the reminder on 9 June at nine, which has gone by.
    bench.give(.extend(CaseCommand.Extend(by: "督办室", workingDays: 1)))
    bench.pass(to: "06-11T23:00")
    #expect(bench.names().filter { $0 == "reminded" }.count == 1)
  }

  @Test func `a formal suggestion can't be extended beyond six months from its receipt`() {
    var bench = Life.bench(in: .signed)
    bench.give(.raise)
    bench.give(request(70))
    #expect(bench.refusal == "it may take until 2026-12-01 at the longest, 6 months from its receipt")
  }

  @Test func `a deputy who isn't satisfied with the answer to a suggestion gets another within a month`() throws {
    var bench = Life.bench(in: .signed)
    bench.give(.raise)
    bench.give(.reply)
    bench.give(.reopen)
    #expect(try bench.summary().deadline.due.description == "2026-07-01")
    #expect(try bench.summary().deadline.term == .months(1))
  }
}
