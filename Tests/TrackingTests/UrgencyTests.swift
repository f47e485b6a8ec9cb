import Cases
import Testing
import Time
import Tracking

/// What becomes of an opinion with signs of urgency.
struct UrgencyTests {
  private func open(_ bench: inout Bench, urgent: Bool = true) {
    guard case .open(var open) = Samples.open("c", received: GivenTime(bench.now), recorded: bench.now) else { return }
    let signs = [TextReading.Sign(sign: "燃气泄漏", words: ["漏气"], spans: [.init(field: .text, start: 0, end: 2)])]
    open.classification.reading = TextReading(urgent: urgent ? signs : [], version: "r")
    bench.send(.open(open), id: "c.0")
  }

  private func policy() -> ReplyPolicy { Samples.policy("u-1") { $0.urgent = .workingDays(2) } }

  @Test func `it is due sooner where the policy says so, and its reminder comes in time`() throws {
    var bench = Bench(policy: policy())
    open(&bench)
    #expect(try bench.summary().deadline.due.description == "2026-06-03")
    #expect(try bench.summary().deadline.workingDays == 2)
    #expect(
      bench.timers() == ["reminder": "2026-06-02T09:00:00+08:00", "overdue": "2026-06-04T00:00:00+08:00"])
    bench.pass(to: "06-05T00:00")
    #expect(bench.names() == ["opened", "classified", "assigned", "reminded", "overdue"])
  }

  @Test func `one without signs has the usual time, and so has an urgent one where the policy is silent`() throws {
    var calm = Bench(policy: policy())
    open(&calm, urgent: false)
    #expect(try calm.summary().deadline.workingDays == 7)
    var silent = Bench()
    open(&silent)
    #expect(try silent.summary().deadline.workingDays == 7)
  }

  @Test func `a new policy moves an urgent deadline by what it says of urgent ones`() throws {
    var bench = Bench(policy: policy())
    open(&bench)
    let new = Samples.policy("u-2") {
      $0.reply = .workingDays(10)
      $0.urgent = .workingDays(3)
    }
    bench.processor = TrackProcessor(calendar: .builtIn, policy: new)
    bench.send(Samples.delivery(of: "none"), id: "d")
    let deadline = try bench.summary().deadline
    #expect((deadline.workingDays, deadline.policy, deadline.generation) == (3, "u-2", 2))
    #expect(bench.timers()["overdue"] == "2026-06-05T00:00:00+08:00")
  }

  @Test func `the event keeps the signs`() throws {
    var bench = Bench()
    open(&bench)
    guard case .classified(let classification) = try #require(bench.events["c"])[1].event else {
      return #expect(Bool(false), "another event")
    }
    #expect(classification.reading?.urgent.map(\.sign) == ["燃气泄漏"])
  }
}
