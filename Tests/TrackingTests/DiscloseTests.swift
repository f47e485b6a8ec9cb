import Cases
import Streams
import Testing
import Time
import Tracking

/// Who looks at personal data, and what follows from which command.
struct DiscloseTests {
  private static let look = CaseCommand.disclose(CaseCommand.Order(by: "李工", reason: "电话答复"))

  @Test func `whoever looks is on record in every stage, and nothing else changes`() throws {
    for stage in CaseStage.allCases {
      var bench = Life.bench(in: stage)
      let before = try bench.summary()
      bench.give(Self.look, as: Actor(role: .administrator, id: "root"))
      guard case .disclosed(let disclosed) = try bench.last().event else {
        Issue.record("\(stage)")
        continue
      }
      #expect(disclosed.by == "李工" && disclosed.reason == "电话答复" && disclosed.actor?.id == "root")
      var after = try bench.summary()
      #expect(after.events == before.events + 1)
      after.events = before.events
      #expect(after == before)
    }
  }

  @Test func `somebody else's case isn't looked at`() throws {
    var bench = Life.bench(in: .signed)
    bench.give(Self.look, as: Actor(role: .department, id: "another"))
    #expect(bench.names().last == "refused-command")
    #expect(!bench.names().contains("disclosed"))
  }

  @Test func `of those who are forgotten there is nothing to look at`() throws {
    var bench = Life.bench(in: .signed)
    bench.give(.erase)
    bench.give(Self.look)
    #expect(bench.refusal == "the citizen has been forgotten")
  }

  @Test func `events name the command that they follow from, also a refusal`() throws {
    var bench = Life.bench(in: .assigned)
    #expect(try #require(bench.events["c"]).allSatisfy { $0.cause == "c.0" })
    bench.send(.sign(CaseCommand.Order(by: "住建局")), id: "form-1")
    #expect(try bench.last().cause == "form-1" && bench.last().event.name == "signed")
    bench.send(.sign(CaseCommand.Order(by: "住建局")), id: "form-2")
    #expect(try bench.last().cause == "form-2" && bench.last().event.name == "refused-command")
  }

  @Test func `what a timer says follows from no command, nor does what was due before one`() throws {
    var bench = Life.bench(in: .signed)
    while let timer = bench.nextTimer, bench.names().last != "overdue" {
      bench.now = max(bench.now, timer.due)
      bench.fire(timer)
    }
    #expect(try bench.last().event.name == "overdue" && bench.last().cause == nil)

    var late = Life.bench(in: .signed)
    late.now = time("2027-06-01T09:00").instant
    late.give(.raise)
    let events = try #require(late.events["c"])
    #expect(events.first { $0.event.name == "overdue" }?.cause == nil)
    #expect(events.last?.event.name == "raised" && events.last?.cause != nil)
  }
}
