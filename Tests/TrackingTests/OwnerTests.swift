import Cases
import Testing
import Time
import Tracking

/// Who answers for a case: offering, signing, returning, handing on.
struct OwnerTests {
  private static let water = Owner(id: "d-2", kind: .department, name: "水务局")

  private func assignment(
    _ owner: Owner = water, next: [String]? = nil, supervisor: Owner? = nil, carried: Bool? = nil
  ) -> CaseCommand {
    .assign(
      CaseCommand.Assign(
        assignment: Assignment(
          owner: owner, reason: "转办", directory: "dir-2", supervisor: supervisor, next: next, carried: carried),
        because: .decided))
  }

  private func answer(to event: String, _ owner: Owner = water) -> CaseCommand {
    .assign(
      CaseCommand.Assign(
        assignment: Assignment(owner: owner, reason: "依次接办", directory: "dir-2"), because: .returned, event: event))
  }

  @Test func `an owner who was found for what is no longer asked is not put in charge`() throws {
    var bench = Life.bench(in: .signed)
    bench.give(.return)
    let asked = try bench.last().id
    bench.give(.reply)
    bench.give(.reopen)
    bench.give(answer(to: asked))
    #expect(bench.refusal == "it answers what is no longer asked")
    #expect(try bench.summary().offered?.id == "d-1")
  }

  @Test func `nobody returns it twice before the next one is found`() throws {
    var bench = Life.bench(in: .signed)
    bench.give(.return)
    let asked = try bench.last().id
    bench.give(.return)
    #expect(bench.refusal == "another owner is being looked for")
    bench.give(.transfer)
    #expect(bench.refusal == "another owner is being looked for")
    bench.give(answer(to: asked))
    #expect(try bench.summary().offered?.id == "d-2")
    bench.give(.return)
    #expect(try bench.summary().returns == 2)
  }

  @Test func `what was said in time and read after an escalation was said by who had it then`() throws {
    var bench = Life.bench(in: .signed)
    bench.pass(to: "06-18T08:00")
    bench.give(answer(to: try bench.last().id, Owner(id: "county", kind: .station, name: "总站")))
    bench.send(Samples.reply(), id: "r", at: time("06-10T12:00"))
    #expect(try bench.summary().owner?.id == "d-1")
    #expect(try bench.summary().overdue == false)
  }

  @Test func `a department can't give itself a higher congress's term`() throws {
    var bench = Life.bench(in: .signed)
    bench.give(
      .escalate(CaseCommand.Escalate(by: "住建局", reason: "办不了", level: "city")),
      as: Actor(role: .department, id: "d-1"))
    #expect(bench.refusal == "only a station or those above may have it taken to a higher congress")
  }

  @Test func `an office that can't sign, since it is handled with another, isn't accused of it`() throws {
    var bench = Life.bench(in: .assigned)
    bench.give(.merge)
    bench.pass(to: "06-05T00:00")
    #expect(!bench.names().contains("sign-overdue"))
    bench.give(.unmerge)
    #expect(bench.timers()["sign"] == "2026-06-09T00:00:00+08:00")
  }

  @Test func `a closed day of whoever it is offered to puts off when it must be signed for`() throws {
    var bench = Life.bench(in: .signed)
    let day = try #require(CalendarDate(year: 2026, month: 6, day: 2))
    bench.give(
      .assign(
        CaseCommand.Assign(
          assignment: Assignment(owner: Self.water, reason: "r", directory: "d", closedDays: [day]), because: .decided))
    )
    #expect(bench.timers()["sign"] == "2026-06-04T00:00:00+08:00")
    #expect(try bench.summary().deadline.due.description == "2026-06-10")
    bench.give(.raise)
    bench.give(.reply)
    bench.give(.recordDelivery)
    #expect(bench.refusal == nil)
  }

  @Test func `the owner answers for it until another has signed`() throws {
    var bench = Life.bench(in: .signed)
    bench.give(.transfer)
    #expect(bench.names().last == "transferred")
    bench.give(assignment())
    #expect(try bench.summary().owner?.id == "d-1")
    #expect(try bench.summary().offered?.id == "d-2")
    bench.give(.sign)
    #expect(try bench.summary().owner?.id == "d-2")
    #expect(try bench.summary().offered == nil)
  }

  @Test func `whoever answers what they were offered has taken it`() throws {
    var bench = Life.bench(in: .signed)
    bench.give(assignment())
    bench.give(.reply)
    #expect(try bench.summary().owner?.id == "d-2")
  }

  @Test func `an answer of the owner so far leaves it with them`() throws {
    var bench = Life.bench(in: .signed)
    bench.give(assignment())
    bench.give(.reply, as: Actor(role: .department, id: "d-1"))
    #expect(bench.refusal == nil)
    #expect(try bench.summary().owner?.id == "d-1")
    #expect(try bench.summary().offered == nil)
  }

  @Test func `who was asked, and who comes next, travels with what is returned`() throws {
    var bench = Life.bench(in: .assigned)
    bench.give(assignment(next: ["s-1", "county"]))
    bench.give(.return)
    guard case .returned(let first) = try bench.last().event else { return #expect(Bool(false)) }
    #expect(first.from.id == "d-2")
    #expect(first.tried == ["d-1", "d-2"])
    #expect(first.next == ["s-1", "county"])
    #expect(first.count == 1)
    #expect(first.limit == 2)
    bench.give(answer(to: try bench.last().id, Owner(id: "s-1", kind: .station, name: "临溪站")))
    bench.give(.return)
    guard case .returned(let second) = try bench.last().event else { return #expect(Bool(false)) }
    #expect(second.tried == ["d-1", "d-2", "s-1"])
    #expect(second.count == 2)
  }

  @Test func `the time to sign begins anew with each offer, and is said once for each`() throws {
    var bench = Life.bench(in: .assigned)
    #expect(bench.timers()["sign"] == "2026-06-03T00:00:00+08:00")
    bench.pass(to: "06-03T08:00")
    #expect(bench.names().filter { $0 == "sign-overdue" }.count == 1)
    bench.give(assignment())
    #expect(bench.timers()["sign"] == "2026-06-05T00:00:00+08:00")
    #expect(bench.generations()["sign"] == 2)
    bench.pass(to: "06-05T08:00")
    guard case .signOverdue(let late) = try bench.last().event else { return #expect(Bool(false)) }
    #expect(late.owner.id == "d-2")
    #expect(late.generation == 2)
    #expect(late.due.description == "2026-06-04")
  }

  @Test func `whoever has signed in time isn't named`() {
    var bench = Life.bench(in: .signed)
    #expect(bench.timers()["sign"] == nil)
    bench.pass(to: "06-05T08:00")
    #expect(!bench.names().contains("sign-overdue"))
  }

  @Test func `what is carried to a higher congress has a term of its own, and what comes back a fresh one`() throws {
    var bench = Life.bench(in: .signed)
    let deputy = Owner(id: "p-1", kind: .deputy, name: "市代表李某")
    let station = Owner(id: "s-1", kind: .station, name: "临溪站")
    bench.give(assignment(deputy, supervisor: station, carried: true))
    #expect(bench.names().last == "deadline-changed")
    #expect(try bench.summary().isCarried)
    #expect(try bench.summary().supervisor?.id == "s-1")
    #expect(try bench.summary().deadline.due.description == "2026-09-01")
    #expect(bench.timers()["overdue"] == "2026-09-02T00:00:00+08:00")
    bench.give(assignment())
    #expect(try bench.summary().isCarried == false)
    #expect(try bench.summary().deadline.due.description == "2026-06-10")
  }

  @Test func `what was carried and isn't answered in time is overdue like any other`() throws {
    var bench = Life.bench(in: .signed)
    bench.give(assignment(Owner(id: "p-1", kind: .deputy, name: "市代表李某"), carried: true))
    bench.give(.sign)
    bench.pass(to: "09-02T00:00")
    #expect(bench.names().last == "overdue")
  }

  @Test func `a transfer to who has it is refused`() {
    var bench = Life.bench(in: .signed)
    bench.give(.transfer(CaseCommand.Transfer(by: "住建局", reason: "r", to: "d-1")))
    #expect(bench.refusal == "d-1 has it")
  }

  @Test func `helpers are named once, and the owner is none`() throws {
    var bench = Life.bench(in: .signed)
    bench.give(.coHandle)
    bench.give(.coHandle(CaseCommand.CoHandle(by: "住建局", with: ["d-2", "s-3"])))
    #expect(try bench.summary().attendants == ["d-2", "s-3"])
    bench.give(.coHandle(CaseCommand.CoHandle(by: "住建局", with: ["d-1"])))
    #expect(bench.refusal != nil)
  }

  @Test func `an offer ends a pause, since somebody else is to begin`() throws {
    var bench = Life.bench(in: .paused)
    bench.give(assignment())
    #expect(bench.names().suffix(2) == ["resumed", "assigned"])
    #expect(try bench.summary().stage == .assigned)
    #expect(bench.timers()["resume"] == nil)
  }
}
