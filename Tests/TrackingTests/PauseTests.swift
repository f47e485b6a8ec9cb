import Cases
import Testing
import Time
import Tracking

/// A pause, where the policy allows one, counts exactly.
struct PauseTests {
  @Test func `the working days that were left are left when it goes on`() throws {
    var bench = Life.bench(in: .signed)
    bench.pass(to: "06-03T10:00")
    bench.give(.pause)
    #expect(bench.timers().keys.sorted() == ["resume"])
    bench.pass(to: "06-09T16:00")
    bench.give(.resume)
    // 3 June was the second of seven working days; five are left after 9 June.
    #expect(try bench.summary().deadline.due.description == "2026-06-16")
    guard case .resumed(let resumed) = try bench.last().event else { return #expect(Bool(false)) }
    #expect(resumed.to.generation == 2)
    #expect(bench.timers()["overdue"] == "2026-06-17T00:00:00+08:00")
    #expect(bench.timers()["resume"] == nil)
  }

  @Test func `a pause of less than a day changes nothing`() throws {
    var bench = Life.bench(in: .paused)
    bench.pass(to: "06-01T17:00")
    bench.give(.resume)
    #expect(try bench.summary().deadline.due.description == "2026-06-10")
  }

  @Test func `it goes on by itself when it has stood still as long as it may`() throws {
    var bench = Life.bench(in: .paused)
    guard case .paused(let paused) = try bench.last().event else { return #expect(Bool(false)) }
    // Ten working days after 1 June.
    #expect(paused.until.text == "2026-06-16T00:00:00+08:00")
    bench.pass(to: "06-16T00:00")
    #expect(bench.names().last == "resumed")
    #expect(try bench.summary().stage == .signed)
    bench.give(.pause)
    #expect(bench.refusal == "it has stood still as long as the policy allows")
  }

  @Test func `a pause lasts as long whether its end or a later command is read first`() throws {
    var early = Life.bench(in: .paused)
    early.pass(to: "06-16T00:00")
    early.pass(to: "06-18T10:00")
    early.give(.transfer)
    var late = Life.bench(in: .paused)
    late.now = time("06-18T10:00").instant
    late.give(.transfer)
    #expect(late.names() == early.names())
    #expect(try late.summary().deadline == early.summary().deadline)
    #expect(late.names().suffix(2) == ["resumed", "transferred"])
  }

  @Test func `nobody pauses what has gone by already`() throws {
    var bench = Life.bench(in: .signed)
    bench.pass(to: "06-03T10:00")
    bench.give(.pause)
    bench.pass(to: "06-05T10:00")
    bench.give(.resume)
    bench.send(Life.command(.pause, answer: nil), id: "again", at: time("06-04T10:00"))
    #expect(bench.refusal == "its time is before what has moved its deadline since")
  }

  @Test func `nothing falls due while it stands still`() {
    var bench = Life.bench(in: .paused)
    bench.pass(to: "06-15T00:00")
    #expect(bench.names().last == "paused")
  }

  @Test func `a policy that knows no pause allows none`() {
    var bench = Bench()
    bench.open()
    bench.give(.sign)
    bench.give(.pause)
    #expect(bench.refusal == "the policy knows no pause")
  }

  @Test func `what has expired can't be paused`() {
    var bench = Life.bench(in: .signed)
    bench.pass(to: "06-12T00:00")
    bench.give(.pause)
    #expect(bench.refusal == "its deadline has passed")
  }

  @Test func `an answer ends a pause`() throws {
    var bench = Life.bench(in: .paused)
    bench.pass(to: "06-04T10:00")
    bench.give(.reply)
    #expect(bench.names().suffix(2) == ["resumed", "replied"])
    #expect(bench.timers()["resume"] == nil)
  }

  @Test func `a new calendar moves what was paused by the days that were left`() throws {
    var bench = Life.bench(in: .signed)
    bench.pass(to: "06-03T10:00")
    bench.give(.pause)
    bench.pass(to: "06-09T16:00")
    bench.give(.resume)
    let longer = Samples.policy("life-2") {
      $0.reply = .workingDays(9)
      $0.pause = 10
    }
    bench.processor = TrackProcessor(calendar: .builtIn, policy: longer)
    bench.give(.correctCategory)
    #expect(try bench.summary().deadline.due.description == "2026-06-18")
  }

  @Test func `terms of hours stand still to the millisecond`() throws {
    var bench = Bench(
      policy: Samples.policy("hours") {
        $0.reply = .hours(24)
        $0.pause = 10
      })
    bench.open()
    #expect(bench.timers()["overdue"] == "2026-06-02T10:00:00+08:00")
    bench.give(.sign)
    bench.pass(to: "06-01T14:00")
    bench.give(.pause)
    bench.pass(to: "06-03T09:30")
    bench.give(.resume)
    #expect(bench.timers()["overdue"] == "2026-06-04T05:30:00+08:00")
    #expect(try bench.summary().deadline.expires.text == "2026-06-04T05:30:00+08:00")
  }
}
