import Cases
import Testing
import Time
import Tracking

struct DeliveryTests {
  /// A case that was replied to at once: the answer is `c.4.0`.
  private func answered() -> Bench {
    var bench = Bench()
    bench.open()
    bench.send(Samples.reply(), id: "r")
    return bench
  }

  private func delivery(_ emitted: Bench.Emitted?) throws -> CaseEvent.Delivery {
    switch try #require(emitted).event {
    case .delivered(let delivery), .undelivered(let delivery): return delivery
    default: return CaseEvent.Delivery(feedback: "none", channel: "none")
    }
  }

  private func outcome(_ bench: Bench) throws -> CaseEvent.Closed.Outcome? {
    if case .closed(let closed) = try bench.last().event { closed.outcome } else { nil }
  }

  @Test func `a recorded delivery closes the case`() throws {
    var bench = answered()
    bench.pass(to: "06-02T10:00")
    bench.send(Samples.delivery(of: "c.4.0"), id: "d", at: time("06-02T09:00"))
    #expect(bench.names().suffix(3) == ["replied", "delivered", "closed"])
    #expect(try outcome(bench) == .answered)
    let delivered = try delivery(bench.events["c"]?.dropLast().last)
    #expect(delivered == CaseEvent.Delivery(feedback: "c.4.0", channel: "wechat"))
    #expect(try bench.last().time == time("06-02T09:00"))
    #expect(bench.timers() == [:])
    #expect(try bench.summary().phase == .closed)
  }

  @Test func `a failed delivery closes the case as unreachable, with the reason`() throws {
    var bench = answered()
    bench.send(Samples.delivery(of: "c.4.0", .failed, reason: "号码为空号"), id: "d")
    #expect(bench.names().suffix(3) == ["replied", "undelivered", "closed"])
    #expect(try delivery(bench.events["c"]?.dropLast().last).reason == "号码为空号")
    #expect(try outcome(bench) == .unreachable)
    #expect(bench.timers() == [:])
  }

  @Test func `a failed delivery without a reason still records one`() throws {
    var bench = answered()
    bench.send(Samples.delivery(of: "c.4.0", .failed), id: "d")
    #expect(try delivery(bench.events["c"]?.dropLast().last).reason == "no reason given")
  }

  @Test func `if nobody confirms for three working days the citizen counts as not reached`() throws {
    var bench = answered()
    #expect(bench.timers() == ["delivery": "2026-06-05T00:00:00+08:00"])
    bench.pass(to: "06-04T23:59:59")
    #expect(bench.names().last == "replied")
    bench.pass(to: "06-05T00:00")
    #expect(bench.names().suffix(3) == ["replied", "undelivered", "closed"])
    #expect(
      try delivery(bench.events["c"]?.dropLast().last).reason
        == "nobody confirmed within 3 working days that it arrived")
    #expect(try outcome(bench) == .unreachable)
    #expect(try bench.last().time == time("06-05T00:00"))
  }

  @Test func `a historic answer is waited for from now on, not from then on`() {
    var bench = Bench()
    bench.open(received: time("2015-06-01T10:00"))
    bench.send(Samples.reply(), id: "r", at: time("2015-06-02T10:00"), historic: true)
    #expect(bench.timers() == ["delivery": "2026-06-05T00:00:00+08:00"])
  }

  @Test(arguments: ["c.4", "c.4.1", "c.3.0", "other.4.0", ""])
  func `a delivery of anything but an answer on its way is refused`(feedback: String) throws {
    var bench = answered()
    let timers = bench.timers()
    bench.send(Samples.delivery(of: feedback), id: "d")
    guard case .refusedCommand(let refused) = try bench.last().event else { return #expect(Bool(false)) }
    #expect(refused.reason == "it names no answer of this case that is on its way")
    #expect(refused.type == "cn.huiyin.case.record-delivery.v1")
    #expect(bench.timers() == timers)
    #expect(try bench.summary().phase == .replied)
  }

  @Test func `a confirmation of an answer that is settled already changes nothing`() throws {
    var bench = answered()
    bench.send(Samples.delivery(of: "c.4.0"), id: "d1")
    let names = bench.names()
    bench.send(Samples.delivery(of: "c.4.0"), id: "d2")
    #expect(bench.names() == names)
  }

  @Test func `the delivery of a second answer after closing is recorded and closes nothing again`() throws {
    var bench = answered()
    bench.send(Samples.reply(), id: "r2")
    #expect(bench.names().suffix(2) == ["replied", "replied"])
    bench.send(Samples.delivery(of: "c.4.0"), id: "d1")
    #expect(bench.names().suffix(2) == ["delivered", "closed"])
    #expect(bench.timers().keys.sorted() == ["delivery"])
    bench.send(Samples.delivery(of: "c.5.0"), id: "d2")
    #expect(bench.names().suffix(3) == ["delivered", "closed", "delivered"])
    #expect(bench.timers() == [:])
  }

  @Test func `a case waits for its second answer when the first did not arrive`() throws {
    var bench = answered()
    bench.send(Samples.reply(), id: "r2")
    bench.send(Samples.delivery(of: "c.4.0", .failed), id: "d1")
    #expect(bench.names().last == "undelivered")
    #expect(try bench.summary().phase == .replied)
    bench.send(Samples.delivery(of: "c.5.0"), id: "d2")
    #expect(try outcome(bench) == .answered)
  }

  @Test func `a case whose answers all got lost is closed once`() throws {
    var bench = answered()
    bench.send(Samples.reply(), id: "r2")
    bench.pass(to: "07-01T00:00")
    #expect(bench.names().suffix(4) == ["replied", "undelivered", "undelivered", "closed"])
    #expect(try outcome(bench) == .unreachable)
  }

  @Test func `a reply to a closed case is told too, and leaves it closed`() throws {
    var bench = answered()
    bench.send(Samples.delivery(of: "c.4.0"), id: "d1")
    bench.send(Samples.reply(), id: "r2")
    #expect(bench.timers().keys.sorted() == ["delivery"])
    bench.pass(to: "07-01T00:00")
    #expect(bench.names().suffix(3) == ["closed", "replied", "undelivered"])
    #expect(try bench.summary().phase == .closed)
  }

  @Test func `the same delivery again changes nothing and is counted`() {
    var bench = answered()
    bench.send(Samples.delivery(of: "c.4.0"), id: "d")
    let state = bench.state()
    bench.send(Samples.delivery(of: "c.4.0"), id: "d")
    #expect(bench.names().suffix(2) == ["delivered", "closed"])
    #expect(bench.state() == state)
    #expect(bench.counts.values.reduce(0, +) == 1)
  }
}
