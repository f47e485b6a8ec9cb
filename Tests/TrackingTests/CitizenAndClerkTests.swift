import Cases
import Streams
import Testing
import Tracking

/// What the citizen says of an answer, and what a clerk says of the category.
struct CitizenAndClerkTests {
  private func rate(_ satisfaction: CaseCommand.Rate.Satisfaction, _ text: String? = nil) -> CaseCommand {
    .rate(CaseCommand.Rate(satisfaction: satisfaction, text: text))
  }

  private func refusal(_ bench: Bench) throws -> String {
    guard case .refusedCommand(let refused) = try bench.last().event else { return "it was not refused" }
    return refused.reason
  }

  @Test func `an answer is rated once, also after its case is closed`() throws {
    var bench = Bench()
    bench.open()
    bench.send(Samples.reply(), id: "r")
    bench.send(Samples.delivery(of: "c.4.0"), id: "d")
    bench.send(rate(.fair, "还行"), id: "rate")
    #expect(try bench.last().event == .rated(CaseEvent.Rated(satisfaction: .fair, text: "还行")))
    #expect(try bench.summary().phase == .closed)
    bench.send(rate(.satisfied), id: "rate again")
    #expect(try refusal(bench) == "its latest reply has been rated")
  }

  @Test func `what has not been answered can't be rated`() throws {
    var bench = Bench()
    bench.open()
    bench.send(rate(.unsatisfied), id: "rate")
    #expect(try refusal(bench) == "it has not been answered yet")
    #expect(try bench.summary().phase == .open)
  }

  @Test func `a further reply can be rated again`() throws {
    var bench = Bench()
    bench.open()
    bench.send(Samples.reply(), id: "r1")
    bench.send(rate(.unsatisfied), id: "rate1")
    bench.send(Samples.reply(), id: "r2")
    bench.send(rate(.satisfied), id: "rate2")
    #expect(bench.names().suffix(4) == ["replied", "rated", "replied", "rated"])
  }

  @Test func `the same rating sent again is a duplicate`() {
    var bench = Bench()
    bench.open()
    bench.send(Samples.reply(), id: "r")
    bench.send(rate(.satisfied), id: "rate")
    bench.send(rate(.satisfied), id: "rate")
    #expect(bench.names().filter { $0 == "rated" || $0 == "refused-command" } == ["rated"])
  }

  @Test func `a person's word on the category is an event that says who and why, and moves nothing else`() throws {
    var bench = Bench()
    bench.open()
    let (timers, owner) = (bench.timers(), try bench.summary().owner)
    let correction = CaseCommand.CorrectCategory(by: "县总站", category: "城乡建设", subcategory: "路灯", reason: "说的是路灯")
    bench.send(.correctCategory(correction), id: "correct")
    guard case .classified(let classification) = try bench.last().event else {
      Issue.record("no classification")
      return
    }
    #expect(classification.category == "城乡建设" && classification.subcategory == "路灯")
    #expect(classification.by == .person && classification.sure == true && classification.confidence == 1)
    #expect(classification.correction == Classification.Correction(by: "县总站", reason: "说的是路灯"))
    #expect(bench.timers() == timers)
    #expect(try bench.summary().category == "城乡建设")
    #expect(try bench.summary().owner == owner)
  }
}
