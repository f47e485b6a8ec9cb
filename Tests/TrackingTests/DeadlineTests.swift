import Cases
import Testing
import Time
import Tracking

struct DeadlineTests {
  @Test(arguments: [
    ("06-01T10:00", "2026-06-10"), ("09-24T10:00", "2026-10-12"), ("02-14T10:00", "2026-03-03"),
    ("06-01T23:59:59", "2026-06-10"), ("06-02T00:00", "2026-06-11"),
  ])
  func `the reply is due seven working days after the day of receipt`(received: String, due: String) throws {
    var bench = Bench(now: received)
    bench.open()
    guard case .opened(let opened) = try #require(bench.events["c"])[0].event else { return #expect(Bool(false)) }
    let day = try #require(CalendarDate(due))
    #expect(opened.deadline.due == day)
    #expect(opened.deadline.expires.text == "\(day.advanced(byDays: 1))T00:00:00+08:00")
    #expect(opened.deadline.workingDays == 7)
    #expect(opened.deadline.generation == 1)
    #expect(opened.deadline.provisional == false)
  }

  @Test func `the day of receipt is that of Shanghai, whatever offset it is given in`() throws {
    var bench = Bench()
    let received = try #require(GivenTime("2026-05-31T16:30:00Z"))
    bench.open(received: received)
    #expect(try bench.summary().deadline.due.description == "2026-06-10")
    #expect(try bench.summary().submission.received.text == "2026-05-31T16:30:00Z")
  }

  @Test func `a deadline names the calendar and the policy it was worked out by`() throws {
    let policy = Samples.policy("swift-3") { $0.reply = .workingDays(3) }
    var bench = Bench(policy: policy)
    bench.open()
    let deadline = try bench.summary().deadline
    #expect(deadline.calendar == WorkingCalendar.builtIn.version)
    #expect(deadline.policy == "swift-3")
    #expect(deadline.workingDays == 3)
    #expect(deadline.due.description == "2026-06-04")
  }

  @Test func `both timers are set when a case is opened`() {
    var bench = Bench()
    bench.open()
    #expect(
      bench.timers() == ["reminder": "2026-06-08T09:00:00+08:00", "overdue": "2026-06-11T00:00:00+08:00"])
    #expect(bench.generations() == ["reminder": 1, "overdue": 1])
  }

  @Test func `the reminder comes at nine, two working days before the last day, and once`() throws {
    var bench = Bench()
    bench.open()
    bench.pass(to: "06-08T08:59:59")
    #expect(bench.names().count == 3)
    bench.pass(to: "06-08T09:00")
    #expect(bench.names().last == "reminded")
    #expect(try bench.last().time == time("06-08T09:00"))
    guard case .reminded(let event) = try bench.last().event else { return #expect(Bool(false)) }
    #expect(event.due.description == "2026-06-10")
    #expect(event.generation == 1)
    #expect(event.lateBy == 0)
    bench.pass(to: "06-10T23:59:59")
    #expect(bench.names().filter { $0 == "reminded" }.count == 1)
  }

  @Test func `the last day ends at midnight, and then the case is overdue`() throws {
    var bench = Bench()
    bench.open()
    bench.pass(to: "06-10T23:59:59")
    #expect(bench.names().last == "reminded")
    bench.pass(to: "06-11T00:00")
    #expect(bench.names().last == "overdue")
    #expect(try bench.last().time == time("06-11T00:00"))
    #expect(bench.timers() == [:])
    #expect(try bench.summary().overdue)
  }

  @Test func `after downtime what came due is said in order, with how late`() throws {
    var bench = Bench()
    bench.open()
    bench.now = time("06-12T00:00:01").instant
    bench.pass(to: "06-12T00:00:01")
    let said = try #require(bench.events["c"]).suffix(2)
    #expect(said.map(\.event.name) == ["reminded", "overdue"])
    #expect(said.map(\.time) == [time("06-08T09:00"), time("06-11T00:00")])
    let data: [CaseEvent.DeadlineEvent] = said.compactMap {
      switch $0.event {
      case .reminded(let event), .overdue(let event): event
      default: nil
      }
    }
    #expect(data.map(\.firedAt) == [time("06-12T00:00:01"), time("06-12T00:00:01")])
    #expect(data.map(\.lateBy) == [313_201, 86_401])
  }

  @Test func `a deadline in a year without a plan is provisional`() throws {
    var bench = Bench(now: "12-28T10:00")
    bench.open()
    #expect(try bench.summary().deadline.provisional)
    #expect(try bench.summary().deadline.due.description == "2027-01-07")
  }
}
