import Cases
import EventLog
import Testing
import Time
import Tracking

struct OrphanTests {
  @Test func `commands before their case wait, and are handled in order when it opens`() throws {
    var bench = Bench()
    bench.send(Samples.reply(.phone), id: "r1", at: time("06-01T10:00"))
    bench.send(Samples.reply(.writing), id: "r2", at: time("06-01T10:00"))
    #expect(bench.events == [:])
    #expect(bench.heldCount() == 2)
    #expect(bench.timers() == ["orphan": "2026-06-02T10:00:00+08:00"])
    bench.pass(to: "06-01T18:00")
    bench.open(received: time("06-01T09:00"))
    #expect(bench.names() == ["opened", "classified", "assigned", "replied", "replied"])
    let methods: [CaseCommand.Reply.Method] = try #require(bench.events["c"]).compactMap {
      if case .replied(let replied) = $0.event { replied.reply.method } else { nil }
    }
    #expect(methods == [.phone, .writing])
    #expect(bench.heldCount() == 0)
    #expect(bench.timers()["orphan"] == nil)
    #expect(bench.deadLetters.isEmpty)
  }

  @Test func `a late reply that waited says overdue before it is handled`() {
    var bench = Bench(now: "06-20T10:00")
    bench.send(Samples.reply(), id: "r", at: time("06-19T10:00"))
    bench.open(received: time("06-01T10:00"))
    #expect(bench.names() == ["opened", "classified", "assigned", "reminded", "overdue", "replied"])
  }

  @Test func `the hundred and first command for a missing case is a dead letter`() {
    var bench = Bench()
    for number in 1...103 { bench.send(Samples.reply(), id: "r\(number)") }
    #expect(bench.heldCount() == 100)
    #expect(bench.deadLetters.map(\.record.offset) == [100, 101, 102])
    #expect(bench.deadLetters.allSatisfy { $0.reason == "100 commands wait for this case already" })
    bench.open(received: GivenTime(bench.now))
    #expect(bench.names().filter { $0 == "replied" }.count == 100)
  }

  @Test func `after twenty-four hours all that wait become dead letters and nothing remains`() {
    var bench = Bench()
    bench.send(Samples.reply(), id: "r1")
    bench.pass(to: "06-01T20:00")
    bench.send(Samples.reply(), id: "r2")
    bench.pass(to: "06-02T09:59:59")
    #expect(bench.heldCount() == 2)
    bench.pass(to: "06-02T10:00")
    #expect(bench.deadLetters.count == 2)
    #expect(bench.deadLetters.allSatisfy { $0.reason.hasPrefix("no case of this id was opened within ") })
    #expect(bench.heldCount() == 0)
    #expect(bench.state() == nil)
    #expect(bench.timers() == [:])
    #expect(bench.events == [:])
  }

  @Test func `a dead letter may be sent again once the case is there`() {
    var bench = Bench()
    bench.send(Samples.reply(), id: "r")
    bench.pass(to: "06-03T10:00")
    bench.open(received: time("06-01T09:00"))
    bench.send(Samples.reply(), id: "r")
    #expect(bench.names() == ["opened", "classified", "assigned", "replied"])
  }

  @Test func `a copy of a command that waits is counted and takes no place`() {
    var bench = Bench()
    for _ in 1...150 { bench.send(Samples.reply(), id: "r") }
    #expect(bench.heldCount() == 1)
    #expect(bench.counts.values.reduce(0, +) == 149)
    #expect(bench.deadLetters.isEmpty)
    bench.open(received: GivenTime(bench.now))
    #expect(bench.names().filter { $0 == "replied" }.count == 1)
  }

  @Test func `a command that waits goes on waiting when it is looked at again`() {
    var bench = Bench()
    bench.send(Samples.reply(), id: "r")
    let state = bench.state()
    bench.drain("c")
    #expect(bench.heldCount() == 1)
    #expect(bench.state() == state)
    bench.open(received: GivenTime(bench.now))
    #expect(bench.names().last == "replied")
  }
}
