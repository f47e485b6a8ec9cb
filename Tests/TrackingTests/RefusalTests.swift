import Cases
import Testing
import Time

@testable import Tracking

struct RefusalTests {
  private func refusal(_ bench: Bench) throws -> CaseEvent.RefusedCommand {
    guard case .refusedCommand(let refused) = try bench.last().event else {
      throw Missing(found: try bench.last().event.name)
    }
    return refused
  }

  private struct Missing: Error { var found: String }

  @Test(arguments: [("06-03T15:05", false), ("06-03T15:05:01", true), ("2099-01-01T00:00", true)])
  func `a reply from more than five minutes in the future is refused`(at: String, isRefused: Bool) throws {
    var bench = Bench()
    bench.open()
    bench.pass(to: "06-03T15:00")
    bench.send(Samples.reply(), id: "r", at: time(at))
    #expect(bench.names().last == (isRefused ? "refused-command" : "replied"))
    guard isRefused else { return }
    let refused = try refusal(bench)
    #expect(refused.command == OpinionReference(source: "/desk", id: "r"))
    #expect(refused.type == "cn.huiyin.case.reply.v1")
    #expect(refused.reason == "its time is more than 5 minutes later than its arrival")
  }

  @Test(arguments: [("06-01T10:00", false), ("06-01T09:59:59", true)])
  func `a reply from before the receipt is refused`(at: String, isRefused: Bool) throws {
    var bench = Bench()
    bench.open()
    bench.send(Samples.reply(), id: "r", at: time(at))
    #expect(bench.names().last == (isRefused ? "refused-command" : "replied"))
    if isRefused { #expect(try refusal(bench).reason == "its time is before the case was received") }
  }

  @Test func `a refused command changes nothing else`() throws {
    var bench = Bench()
    bench.open()
    let (timers, opened, before) = (bench.timers(), bench.state()?.opened, try bench.summary())
    bench.send(Samples.reply(), id: "r", at: time("2099-01-01T00:00"))
    bench.send(Samples.delivery(of: "c.9.0"), id: "d")
    #expect(bench.names().suffix(2) == ["refused-command", "refused-command"])
    #expect(bench.timers() == timers)
    #expect(bench.state()?.opened == opened)
    var after = try bench.summary()
    after.events = before.events
    #expect(after == before)
  }

  @Test func `a refused command sent again is not refused twice`() {
    var bench = Bench()
    bench.open()
    for _ in 1...3 { bench.send(Samples.reply(), id: "r", at: time("2099-01-01T00:00")) }
    #expect(bench.names().filter { $0 == "refused-command" }.count == 1)
    #expect(bench.counts.values.reduce(0, +) == 2)
  }

  @Test func `a command that waited is judged by when it arrived, not by when its case came`() {
    var bench = Bench()
    bench.send(Samples.reply(), id: "r", at: time("06-01T12:00"))
    bench.pass(to: "06-01T13:00")
    bench.open(received: time("06-01T09:00"))
    #expect(bench.names().last == "refused-command")
  }
}
