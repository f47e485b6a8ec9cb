import Cases
import Testing
import Time
import Tracking

/// After expiry: 催办 at once, 督办 after 3 working days, 通报 and 提级 after 5.
struct LadderTests {
  private func times(_ bench: Bench) -> [String: String] {
    Dictionary(
      (bench.events["c"] ?? []).map { ($0.event.name, $0.time?.text ?? "") }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `each step is said when so many working days have passed since the last day`() throws {
    var bench = Life.bench(in: .signed)
    bench.pass(to: "07-10T00:00")
    let times = times(bench)
    #expect(times["overdue"] == "2026-06-11T00:00:00+08:00")
    // 11, 12 and 15 June are working days, and so are 16 and 17; 13 and 14 are a weekend.
    #expect(times["supervised"] == "2026-06-16T00:00:00+08:00")
    #expect(times["reported"] == "2026-06-18T00:00:00+08:00")
    #expect(times["escalated"] == "2026-06-18T00:00:00+08:00")
    #expect(bench.names().suffix(4) == ["overdue", "supervised", "reported", "escalated"])
    #expect(try bench.summary().step == .report)
    #expect(bench.timers().isEmpty)
  }

  @Test func `the ladder counts make-up days and leaves out holidays`() {
    // Due on 30 September 2026: 1–7 October are off, 10 October is a make-up day.
    var bench = Bench(policy: Life.policy, now: "09-20T10:00")
    bench.open()
    bench.give(.sign)
    bench.pass(to: "11-01T00:00")
    #expect(times(bench)["overdue"] == "2026-10-01T00:00:00+08:00")
    #expect(times(bench)["supervised"] == "2026-10-11T00:00:00+08:00")
    #expect(times(bench)["reported"] == "2026-10-14T00:00:00+08:00")
  }

  @Test func `an answer ends it where it is`() throws {
    var bench = Life.bench(in: .signed)
    bench.pass(to: "06-17T10:00")
    bench.give(.reply)
    bench.pass(to: "06-18T10:00")
    #expect(!bench.names().contains("reported"))
    #expect(try bench.summary().overdue)
    #expect(try bench.summary().step == .supervision)
  }

  @Test func `a reply in time that is read late takes all of it back`() throws {
    var bench = Life.bench(in: .signed)
    bench.pass(to: "06-17T10:00")
    bench.send(Samples.reply(), id: "r", at: time("06-10T12:00"))
    #expect(bench.names().suffix(2) == ["overdue-withdrawn", "replied"])
    #expect(try bench.summary().overdue == false)
    #expect(try bench.summary().step == nil)
    bench.pass(to: "06-20T10:00")
    #expect(!bench.names().contains("reported"))
  }

  @Test func `after downtime all that came due is said in due order, with how late it is`() throws {
    var bench = Life.bench(in: .assigned)
    bench.now = time("07-10T00:00").instant
    bench.pass(to: bench.now)
    #expect(
      bench.names().suffix(6) == ["sign-overdue", "reminded", "overdue", "supervised", "reported", "escalated"])
    guard case .reported(let reported) = try #require(bench.events["c"]?.dropLast().last?.event) else {
      return #expect(Bool(false))
    }
    #expect(reported.lateBy == 22 * 86400)
    #expect(reported.firedAt == time("07-10T00:00"))
  }

  @Test func `steps that the policy leaves out aren't taken`() {
    var bench = Bench(policy: Samples.policy("p") { $0.report = 5 })
    bench.open()
    bench.pass(to: "07-10T00:00")
    #expect(bench.names().suffix(2) == ["overdue", "reported"])
  }

  @Test func `what the ladder hands up carries who has been asked`() throws {
    var bench = Life.bench(in: .signed)
    bench.pass(to: "06-18T00:00")
    guard case .escalated(let escalated) = try bench.last().event else { return #expect(Bool(false)) }
    #expect(escalated.step == .ladder)
    #expect(escalated.from.id == "d-1")
    #expect(escalated.tried == ["d-1"])
  }

  @Test func `a merged case's own deadline goes on`() {
    var bench = Life.bench(in: .merged)
    bench.pass(to: "06-18T00:00")
    #expect(bench.names().suffix(4) == ["overdue", "supervised", "reported", "escalated"])
  }
}
