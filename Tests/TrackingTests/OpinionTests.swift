import Cases
import Streams
import Testing
import Time
import Tracking

struct OpinionTests {
  private let duplicates = Counted("huiyin_duplicates_suppressed", ["type": "cn.huiyin.case.open.v1"])

  @Test func `an opinion opens its case with three events in sequence and derived ids`() throws {
    var bench = Bench()
    bench.open(received: time("06-01T09:30"))
    #expect(bench.names() == ["opened", "classified", "assigned"])
    let events = try #require(bench.events["c"])
    #expect(events.map(\.sequence) == ["1", "2", "3"])
    #expect(events.map(\.id) == ["c.1", "c.2", "c.3"])
    #expect(events.allSatisfy { $0.time == time("06-01T09:30") })
  }

  @Test func `the events carry the opinion, its category and its owner, and not the citizen`() throws {
    var bench = Bench()
    bench.open()
    let events = try #require(bench.events["c"]).map(\.event)
    guard case .opened(let opened) = events[0], case .classified(let classified) = events[1],
      case .assigned(let assigned) = events[2]
    else { return #expect(Bool(false), "other events") }
    #expect(opened.submission.statement.text == "路灯坏了")
    #expect(opened.submission.opinion == OpinionReference(source: "/gateway", id: "c"))
    #expect(classified.category == "城乡建设")
    #expect(assigned.owner.id == "d-1")
    #expect(events.allSatisfy { !String(decoding: $0.data, as: UTF8.self).contains("王小明") })
  }

  @Test func `the same opinion again changes nothing and is counted`() {
    var bench = Bench()
    bench.open()
    let (state, timers) = (bench.state(), bench.timers())
    bench.open()
    bench.open()
    #expect(bench.names() == ["opened", "classified", "assigned"])
    #expect(bench.state() == state)
    #expect(bench.timers() == timers)
    #expect(bench.counts == [duplicates: 2])
  }

  @Test func `the same opinion is a duplicate even in a command of another id`() {
    var bench = Bench()
    bench.open()
    let again = Samples.open("c", received: GivenTime(bench.now), recorded: bench.now)
    bench.send(again, id: "routed-anew", source: "/huiyin/route")
    #expect(bench.names() == ["opened", "classified", "assigned"])
    #expect(bench.counts == [duplicates: 1])
  }

  @Test func `two sources may give two opinions the same id`() throws {
    var bench = Bench()
    bench.open(opinion: "1")
    var other = Samples.open("1", received: GivenTime(bench.now), recorded: bench.now)
    if case .open(var open) = other {
      open.submission.opinion = OpinionReference(source: "/another-gateway", id: "1")
      other = .open(open)
    }
    bench.send(other, id: "1.0", source: Sources.route)
    #expect(bench.names() == ["opened", "classified", "assigned", "supplemented"])
    #expect(bench.counts == [:])
  }

  @Test func `another opinion of the same subject supplements the case and leaves its deadline`() throws {
    var bench = Bench()
    bench.open()
    let timers = bench.timers()
    bench.pass(to: "06-02T10:00")
    bench.open(opinion: "second")
    #expect(bench.names() == ["opened", "classified", "assigned", "supplemented"])
    #expect(try bench.last().id == "c.4")
    guard case .supplemented(let submission) = try bench.last().event else { return #expect(Bool(false)) }
    #expect(submission.opinion.id == "second")
    #expect(bench.timers() == timers)
  }

  @Test func `an addition to a closed case is kept and opens nothing anew`() throws {
    var bench = Bench()
    bench.open()
    bench.send(Samples.reply(), id: "r")
    bench.send(Samples.delivery(of: "c.4.0"), id: "d")
    bench.open(opinion: "second")
    #expect(bench.names().suffix(2) == ["closed", "supplemented"])
    #expect(bench.timers() == [:])
    #expect(try bench.summary().phase == .closed)
  }

  @Test func `a case is known only by its own key`() {
    var bench = Bench()
    bench.open("a")
    bench.open("b")
    bench.send(Samples.reply(), to: "a", id: "r")
    #expect(bench.names("a") == ["opened", "classified", "assigned", "replied"])
    #expect(bench.names("b") == ["opened", "classified", "assigned"])
  }
}
