import Cases
import Testing
import Time

struct CaseSummaryTests {
  private func fold(_ events: [CaseEvent]) throws -> CaseSummary {
    let id = try #require(CaseID("c"))
    var summary = try #require(CaseSummary(id: id, first: Values.opened))
    for event in events { summary.fold(event) }
    return summary
  }

  @Test func `a case begins with opened and with nothing else`() throws {
    let id = try #require(CaseID("c"))
    for (event, name) in Values.events {
      #expect((CaseSummary(id: id, first: event) != nil) == (name == "opened"))
    }
  }

  @Test func `an opened case has a deadline and nothing yet to show`() throws {
    let summary = try fold([])
    #expect(summary.events == 1)
    #expect(summary.phase == .open)
    #expect(summary.deadline == Values.deadline)
    #expect(summary.submission == Values.submission)
    #expect(summary.category == nil && summary.owner == nil && summary.replied == nil && summary.workingDays == nil)
    #expect(summary.overdue == false)
  }

  @Test func `category is the one said last, and the owner the first until another has signed`() throws {
    var classification = Values.classification
    classification.category = "教育"
    var assignment = Values.assignment
    assignment.owner.id = "s-2"
    var summary = try fold([
      .classified(Values.classification), .assigned(Values.assignment), .classified(classification),
      .assigned(assignment),
    ])
    #expect(summary.category == "教育")
    #expect(summary.owner?.id == "s-1")
    #expect(summary.offered?.id == "s-2")
    summary.fold(.signed(CaseEvent.Signed(by: "李主任", owner: assignment.owner)), at: Values.received)
    #expect(summary.owner?.id == "s-2")
    #expect(summary.offered == nil)
    #expect(summary.signed == Values.received)
  }

  @Test func `every event counts`() throws {
    let summary = try fold(Values.events.dropFirst().map(\.0))
    #expect(summary.events == Values.events.count)
  }

  @Test func `overdue is said, and may be withdrawn`() throws {
    #expect(try fold([.overdue(Values.deadlineEvent)]).overdue)
    let withdrawn = CaseEvent.overdueWithdrawn(
      CaseEvent.OverdueWithdrawn(generation: 1, repliedAt: Values.received))
    #expect(try fold([.overdue(Values.deadlineEvent), withdrawn]).overdue == false)
    #expect(try fold([.reminded(Values.deadlineEvent)]).overdue == false)
  }

  @Test func `of several replies the one made first counts, in whatever order they come`() throws {
    let early = Values.replied("2026-06-03T10:00:00+08:00", workingDays: 2)
    let late = Values.replied("2026-06-15T10:00:00+08:00", workingDays: 10, overdue: true)
    for replies in [[early, late], [late, early], [late, early, late]] {
      let summary = try fold(replies)
      #expect(summary.replied?.text == "2026-06-03T10:00:00+08:00")
      #expect(summary.workingDays == 2)
      #expect(summary.overdue == false)
      #expect(summary.phase == .replied)
    }
    #expect(try fold([late]).overdue)
  }

  @Test func `of two replies of the same moment the one told first stays`() throws {
    let here = Values.replied("2026-06-03T10:00:00+08:00", workingDays: 2)
    let there = Values.replied("2026-06-03T02:00:00Z", workingDays: 2)
    #expect(try fold([here, there]).replied?.text == "2026-06-03T10:00:00+08:00")
  }

  @Test func `a changed deadline takes the place of the one before`() throws {
    var new = Values.deadline
    new.generation = 2
    new.due = Values.lastDay.advanced(byDays: 3)
    let changed = CaseEvent.deadlineChanged(CaseEvent.DeadlineChanged(from: Values.deadline, to: new))
    #expect(try fold([changed]).deadline == new)
  }

  @Test func `a closed case stays closed, whatever is said of it later`() throws {
    let reply = Values.replied("2026-06-03T10:00:00+08:00", workingDays: 2)
    // What opens it again isn't said later.
    let reopening: Set = ["opened", "closed", "reopened", "merged", "paused"]
    let later = Values.events.filter { !reopening.contains($0.1) }.map(\.0)
    let summary = try fold([reply, .closed(CaseEvent.Closed(outcome: .unreachable))] + later)
    #expect(summary.phase == .closed)
  }

  @Test func `what only tells of the way changes nothing but the count`() throws {
    let before = try fold([.assigned(Values.assignment)])
    for (event, name) in Values.events
    where ["reminded", "delivered", "undelivered", "supplemented", "similar-found", "refused-command"].contains(name) {
      var after = before
      after.fold(event)
      #expect(after.events == before.events + 1)
      after.events = before.events
      #expect(after == before, "\(name)")
    }
  }
}
