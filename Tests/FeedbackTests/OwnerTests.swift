import Cases
import Streams
import Testing
import Time

@testable import Feedback

/// Which offices a case is told to while it goes from hand to hand.
struct OwnerTests {
  /// With an attendant and a supervisor.
  private func helped() throws -> Desk {
    var desk = try Desk()
    try desk.open(
      Events.opinion(channel: "web"), Events.assignment(supervisor: Events.station, attendant: Events.fellow))
    return desk
  }

  @Test func `until whoever it is offered to has signed, whoever had it is urged as well, and then no more`() throws {
    var desk = try Desk()
    try desk.open(channel: "web")
    let offered = try desk.tell(Events.assigned(Events.station), "c.4")
    #expect(try offered.messages.map(\.owner) == [Events.station])
    for (number, event) in [
      CaseEvent.reminded(Events.missed), .overdue(Events.missed), .reported(Events.missed),
      .supervised(CaseEvent.Supervised(step: .ladder)),
    ].enumerated() {
      let told = try desk.tell(event, "c.\(5 + number)")
      #expect(try told.messages.map(\.owner) == [Events.department, Events.station], "\(event.name)")
      #expect(try told.messages.allSatisfy { $0.to == .owner }, "\(event.name)")
    }
    try desk.tell(.signed(CaseEvent.Signed(by: "李主任", owner: Events.station)), "c.9")
    #expect(try desk.tell(.overdue(Events.missed), "c.10").messages.map(\.owner) == [Events.station])
  }

  @Test func `whoever answered is told what follows, not whom it was offered to`() throws {
    let again = CaseEvent.reopened(.init(by: "citizen", reason: "没修好", count: 1, deadline: Events.deadline()))
    for (answer, owner) in [
      (Events.replied(.writing), Events.department), (Events.refused, Events.department),
      (Events.replied(.writing, owner: Events.station), Events.station),
    ] {
      var desk = try Desk()
      try desk.open(channel: "web")
      try desk.tell(Events.assigned(Events.station), "c.4")
      try desk.tell(answer, "c.5")
      for (number, event) in [
        .rated(CaseEvent.Rated(satisfaction: .unsatisfied)), again, .overdue(Events.missed),
      ].enumerated() {
        let told = try desk.tell(event, "c.\(6 + number)")
        #expect(try told.messages.compactMap(\.owner) == [owner], "\(event.name)")
      }
    }
    // Taken up again by whoever has it, even if it had been offered since.
    var desk = try Desk()
    try desk.open(channel: "web")
    try desk.tell(Events.replied(.writing), "c.4")
    try desk.tell(Events.assigned(Events.station), "c.5")
    #expect(try desk.tell(again, "c.6").messages(to: .owner).map(\.owner) == [Events.department])
  }

  @Test func `others are told to whom it is offered, who hasn't signed, and who answers for it when it is late`() throws
  {
    var desk = try helped()
    let offered = try desk.tell(.assigned(Events.assignment(Events.fellow, supervisor: Events.station)), "c.4")
    #expect(try offered.messages(to: .supervisor)[0].text.contains("承办：柳河联络站"))
    let unsigned = CaseEvent.signOverdue(
      CaseEvent.SignOverdue(
        owner: Events.fellow, due: Events.lastDay, generation: 1, firedAt: Events.time, lateBy: 0))
    let late = try desk.tell(unsigned, "c.5")
    #expect(try late.messages(to: .owner).map(\.owner) == [Events.fellow])
    #expect(try late.messages(to: .supervisor)[0].text.contains("承办：柳河联络站"))
    #expect(try desk.tell(.overdue(Events.missed), "c.6").messages(to: .supervisor)[0].text.contains("承办：住建局"))
  }

  @Test func `a station that answers for a case until another signs is told what its supervisor is told`() throws {
    var desk = try Desk()
    try desk.open(Events.opinion(channel: "web"), Events.assignment(Events.station))
    try desk.tell(.assigned(Events.assignment(supervisor: Events.station)), "c.3")
    let asked = CaseEvent.extensionRequested(.init(by: "李工", reason: "等材料", workingDays: 5))
    let told = try desk.tell(asked, "c.4").messages
    #expect(told.map(\.to) == [.supervisor] && told.map(\.owner) == [Events.station])
  }

  @Test func `whoever helps is told of it, of its dates and of its answer, whether named at once or later`() throws {
    var desk = try helped()
    let shared = CaseEvent.coHandled(
      .init(by: "李工", reason: "涉及两家", with: ["d-7", "s-2", "s-1"]))
    let told = try desk.tell(shared, "c.3").messages(to: .attendant)
    #expect(
      told.map(\.owner) == [
        Owner(id: "d-7", kind: .department, name: "d-7"), Events.fellow, Events.station,
      ])
    #expect(told[0].text == "20260601-7K3M-9Q2X由你单位协办。\n主办：住建局\n理由：涉及两家\n答复期限：2026年6月10日")
    let more = CaseEvent.coHandled(.init(by: "李工", with: ["d-8"]))
    #expect(try desk.tell(more, "c.4").messages(to: .attendant).compactMap(\.owner?.id) == ["d-8"])
    // Another owner keeps those who help.
    try desk.tell(.assigned(Events.assignment(Events.fellow)), "c.5")
    try desk.tell(.signed(CaseEvent.Signed(by: "陈主任", owner: Events.fellow)), "c.6")
    let from = Events.deadline()
    let to = Events.deadline(CalendarDate(dayNumber: Events.lastDay.dayNumber + 5))
    for (number, event) in [
      .reminded(Events.missed), .extended(.init(from: from, to: to, by: "王主任")),
      .deadlineChanged(.init(from: from, to: to)), .resumed(.init(from: from, to: to, by: "李工")),
      .raised(.init(from: from, to: to, by: "李工")), Events.replied(.writing), Events.refused,
      .reopened(.init(by: "citizen", reason: "没修好", count: 1, deadline: to)),
    ].enumerated() {
      let told = try desk.tell(event, "c.\(7 + number)").messages(to: .attendant)
      #expect(told.compactMap(\.owner?.id).contains("d-7") && told.count >= 2, "\(event.name)")
      #expect(told.allSatisfy { $0.owner?.id != "s-2" }, "\(event.name): they are its owner now")
    }
  }
}
