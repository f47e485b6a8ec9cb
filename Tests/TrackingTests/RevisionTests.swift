import Cases
import Streams
import Testing
import Time
import Tracking

/// What becomes of cases when the State Council changes a plan, as on 2020-01-27, or the office its policy.
struct RevisionTests {
  private func change(_ bench: inout Bench, to calendar: WorkingCalendar = .builtIn, policy: ReplyPolicy = .standard) {
    bench.processor = TrackProcessor(calendar: calendar, policy: policy)
  }

  private func deadlineChanged(_ bench: Bench) throws -> CaseEvent.DeadlineChanged {
    let all = (bench.events["c"] ?? []).compactMap {
      if case .deadlineChanged(let changed) = $0.event { changed } else { nil }
    }
    return try #require(all.last)
  }

  @Test func `a calendar of another version moves an open deadline and sets its timers anew`() throws {
    var bench = Bench(Samples.firstPlanOf2020, now: "2020-01-16T10:00")
    bench.open()
    #expect(try bench.summary().deadline.due.description == "2020-01-31")
    bench.pass(to: "2020-01-28T10:00")
    change(&bench)
    bench.pass(to: "2020-01-31T23:59:59")
    #expect(!bench.names().contains("deadline-changed"))
    bench.pass(to: "2020-02-01T00:00")
    #expect(bench.names().last == "deadline-changed")
    let changed = try deadlineChanged(bench)
    #expect(changed.from.due.description == "2020-01-31")
    #expect(changed.from.calendar == "cn-2020.first")
    #expect(changed.from.generation == 1)
    #expect(changed.to.due.description == "2020-02-03")
    #expect(changed.to.calendar == WorkingCalendar.builtIn.version)
    #expect(changed.to.generation == 2)
    #expect(try bench.last().time == time("2020-02-01T00:00"))
    #expect(bench.timers() == ["overdue": "2020-02-04T00:00:00+08:00"])
    #expect(bench.generations() == ["overdue": 2])
    bench.pass(to: "2020-02-04T00:00")
    guard case .overdue(let overdue) = try bench.last().event else { return #expect(Bool(false)) }
    #expect(overdue.generation == 2)
    #expect(overdue.due.description == "2020-02-03")
  }

  @Test func `a reply is judged by the deadline in force`() throws {
    var bench = Bench(Samples.firstPlanOf2020, now: "2020-01-16T10:00")
    bench.open()
    change(&bench)
    bench.now = time("2020-02-03T10:00").instant
    bench.send(Samples.reply(), id: "r", at: time("2020-02-03T09:00"))
    #expect(!bench.names().contains("overdue"))
    #expect(bench.names().filter { $0 == "deadline-changed" }.count == 1)
    #expect(try bench.summary().overdue == false)
    #expect(try bench.summary().deadline.due.description == "2020-02-03")
  }

  @Test func `a deadline that another calendar leaves where it is stays as it was`() throws {
    var bench = Bench(Samples.firstPlanOf2020, now: "2020-01-15T10:00")
    bench.open()
    change(&bench)
    bench.pass(to: "2020-01-25T00:00")
    #expect(bench.names() == ["opened", "classified", "assigned", "reminded", "overdue"])
    #expect(try bench.summary().deadline.calendar == "cn-2020.first")
  }

  @Test func `a reminder not yet said moves with its deadline`() throws {
    var bench = Bench(Samples.firstPlanOf2020, now: "2020-01-20T10:00")
    bench.open()
    #expect(bench.timers()["reminder"] == "2020-02-01T09:00:00+08:00")
    bench.now = time("2020-01-28T10:00").instant
    change(&bench)
    bench.send(Samples.delivery(of: "none"), id: "d")
    #expect(
      bench.timers() == ["reminder": "2020-02-04T09:00:00+08:00", "overdue": "2020-02-07T00:00:00+08:00"])
    #expect(bench.generations() == ["reminder": 2, "overdue": 2])
    bench.pass(to: "2020-02-10T00:00")
    #expect(bench.names().filter { $0 == "reminded" || $0 == "overdue" } == ["reminded", "overdue"])
  }

  @Test func `a moved deadline has a reminder of its own if the time for that is yet to come`() throws {
    var bench = Bench(now: "06-01T10:00")
    bench.open()
    bench.pass(to: "06-08T10:00")
    #expect(bench.names().last == "reminded")
    change(&bench, policy: Samples.policy("reply-10") { $0.reply = .workingDays(10) })
    bench.send(Samples.delivery(of: "none"), id: "d")
    #expect(
      bench.timers() == ["reminder": "2026-06-11T09:00:00+08:00", "overdue": "2026-06-16T00:00:00+08:00"])
    bench.pass(to: "06-20T00:00")
    let generations: [Int] = try #require(bench.events["c"]).compactMap {
      if case .reminded(let event) = $0.event { event.generation } else { nil }
    }
    #expect(generations == [1, 2])
  }

  @Test func `a policy of another version moves an open deadline and is named in it`() throws {
    var bench = Bench()
    bench.open()
    change(&bench, policy: Samples.policy("reply-5") { $0.reply = .workingDays(5) })
    bench.send(Samples.delivery(of: "none"), id: "d")
    let changed = try deadlineChanged(bench)
    #expect((changed.to.workingDays, changed.to.policy) == (5, "reply-5"))
    #expect(changed.to.due.description == "2026-06-08")
    #expect((changed.from.workingDays, changed.from.policy) == (7, "reply-1"))
  }

  @Test func `a deadline moved into the past is overdue at once, and says how late`() throws {
    var bench = Bench()
    bench.open()
    bench.pass(to: "06-05T10:00")
    change(&bench, policy: Samples.policy("reply-3") { $0.reply = .workingDays(3) })
    bench.send(Samples.delivery(of: "none"), id: "d")
    bench.pass(to: "06-05T10:00")
    #expect(bench.names().suffix(2) == ["reminded", "overdue"])
    #expect(try bench.last().time == time("06-05T00:00"))
    guard case .overdue(let event) = try bench.last().event else { return #expect(Bool(false)) }
    #expect(event.lateBy == 36000)
  }

  @Test(arguments: ["answered", "closed", "overdue"])
  func `cases that are answered, closed or overdue keep what they were judged by`(phase: String) throws {
    var bench = Bench(Samples.firstPlanOf2020, now: "2020-01-16T10:00")
    bench.open()
    if phase != "overdue" { bench.send(Samples.reply(), id: "r") }
    if phase == "closed" { bench.send(Samples.delivery(of: "c.4.0"), id: "d") }
    if phase == "overdue" { bench.pass(to: "2020-02-01T00:00") }
    let deadline = try bench.summary().deadline
    change(&bench)
    bench.pass(to: "2020-03-01T00:00")
    bench.send(Samples.reply(), id: "r2")
    bench.send(Samples.delivery(of: "none"), id: "d2")
    #expect(!bench.names().contains("deadline-changed"))
    #expect(try bench.summary().deadline == deadline)
    #expect(try bench.summary().overdue == (phase == "overdue"))
  }

  @Test func `a provisional deadline becomes final when the plan comes`() throws {
    let year = try #require(CalendarDate("2027-01-01"))
    let plan = HolidayPlan(year: 2027, days: [HolidayPlan.Day(date: year, name: "元旦", isOff: true)])
    let complete = WorkingCalendar(version: "with-2027", plans: HolidayPlan.builtIn + [plan])
    var bench = Bench(now: "12-28T10:00")
    bench.open()
    bench.pass(to: "12-29T10:00")
    change(&bench, to: complete)
    bench.pass(to: "2027-01-05T09:00")
    let changed = try deadlineChanged(bench)
    #expect(changed.from.provisional)
    #expect(changed.to.provisional == false)
    #expect(changed.from.due == changed.to.due)
    #expect(bench.names() == ["opened", "classified", "assigned", "deadline-changed", "reminded"])
  }

  // MARK: By a control record

  /// reference.md B8: when each was due by the plan as it stood before 27 January 2020, and after.
  private static let moved: [(received: String, old: String, new: String)] = [
    ("01-15", "01-23", "01-23"), ("01-16", "01-31", "02-03"), ("01-17", "02-01", "02-04"),
    ("01-19", "02-03", "02-05"), ("01-20", "02-04", "02-06"), ("01-21", "02-05", "02-07"),
    ("01-22", "02-06", "02-10"), ("01-23", "02-07", "02-11"),
  ]

  @Test func `on 2020-01-27 every open case is moved at once, and each moved one says from when to when`() throws {
    var bench = Bench(Samples.firstPlanOf2020, now: "2020-01-15T10:00")
    for (received, old, _) in Self.moved {
      bench.pass(to: "2020-\(received)T10:00")
      bench.open(received)
      #expect(try bench.summary(received).deadline.due.description == "2020-" + old)
    }
    bench.give(Samples.reply(), to: "01-20")
    bench.send(Samples.delivery(of: "01-20.4.0"), to: "01-20", id: "d")
    bench.pass(to: "2020-01-27T10:00")
    try bench.adopt(CaseRules(policy: Samples.answersOnly, calendar: .builtIn))
    for (received, old, new) in Self.moved {
      let summary = try bench.summary(received)
      switch received {
      // Its deadline had passed; and one that is closed keeps what it was judged by.
      case "01-15", "01-20":
        #expect(!bench.names(received).contains("deadline-changed"))
        #expect(summary.deadline.due.description == "2020-" + old)
      default:
        #expect(summary.deadline.due.description == "2020-" + new)
        guard case .deadlineChanged(let change) = try bench.last(received).event else { return #expect(Bool(false)) }
        #expect(change.from.due.description == "2020-" + old)
        #expect(try bench.last(received).time == time("2020-01-27T10:00"))
      }
    }
    try bench.adopt(CaseRules(policy: Samples.answersOnly, calendar: .builtIn))
    for (received, _, _) in Self.moved {
      #expect(bench.names(received).filter { $0 == "deadline-changed" }.count <= 1)
    }
  }

  @Test func `a new policy by a control record moves what is open, and what is paused when it goes on`() throws {
    var bench = Life.bench(in: .paused)
    bench.open("open")
    let five = Samples.policy("five") { policy in
      policy.reply = .workingDays(5)
      policy.pause = 10
    }
    try bench.adopt(CaseRules(policy: five, calendar: .builtIn))
    #expect(try bench.summary("open").deadline.due.description == "2026-06-08")
    #expect(bench.names().last == "paused")
    bench.pass(to: "06-04T10:00")
    bench.give(.resume)
    #expect(try bench.summary().deadline.due.description == "2026-06-11")
  }

  @Test func `rules that can't be read are refused with the reason, and change nothing`() {
    let bench = Bench()
    #expect(throws: Rejection.self) { try bench.processor.adopting(Array("{}".utf8)) }
  }
}
