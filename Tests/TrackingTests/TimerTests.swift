import Cases
import Streams
import Testing
import Time
import Tracking

/// A timer that fires when it no longer should, or is of a kind that another version knows, does no harm.
struct TimerTests {
  enum Phase: CaseIterable { case unknown, waiting, open, reminded, overdue, answered, closed }

  private func bench(in phase: Phase) -> Bench {
    var bench = Bench()
    switch phase {
    case .unknown: break
    case .waiting: bench.send(Samples.reply(), id: "r")
    case .open: bench.open()
    case .reminded:
      bench.open()
      bench.pass(to: "06-08T09:00")
    case .overdue:
      bench.open()
      bench.pass(to: "06-11T00:00")
    case .answered:
      bench.open()
      bench.send(Samples.reply(), id: "r")
    case .closed:
      bench.open()
      bench.send(Samples.reply(), id: "r")
      bench.send(Samples.delivery(of: "c.4.0"), id: "d")
    }
    return bench
  }

  /// What each kind may say, fired far later than anything is due; in all other phases nothing at all.
  private static let said: [Phase: [String: [String]]] = [
    .open: ["reminder": ["reminded", "overdue"], "overdue": ["reminded", "overdue"]],
    .reminded: ["reminder": ["overdue"], "overdue": ["overdue"]],
    .answered: ["delivery": ["undelivered", "closed"]],
  ]

  @Test(arguments: Phase.allCases, ["reminder", "overdue", "delivery", "orphan", "of another version"])
  func `every kind of timer has a harmless end in every phase`(phase: Phase, kind: String) {
    var bench = bench(in: phase)
    let (before, state, held, timers) = (bench.names(), bench.state(), bench.heldCount(), bench.timers())
    let due = time("12-31T00:00").instant
    bench.now = due
    bench.fire(Streams.Timer(key: Array("c".utf8), kind: kind, generation: 9, due: due))
    let said = Self.said[phase]?[kind] ?? []
    #expect(Array(bench.names().dropFirst(before.count)) == said)
    if phase == .waiting, kind == "orphan" {
      #expect(bench.state() == nil)
      #expect(bench.heldCount() == 0)
      #expect(bench.deadLetters.count == 1)
    } else {
      #expect(bench.heldCount() == held)
      #expect(bench.deadLetters.isEmpty)
      if said.isEmpty {
        #expect(bench.state() == state)
        #expect(bench.timers() == timers.filter { $0.key != kind })
      }
    }
  }

  @Test(arguments: Phase.allCases, ["reminder", "overdue", "delivery", "orphan"])
  func `a timer that fires again says nothing again`(phase: Phase, kind: String) {
    var bench = bench(in: phase)
    let due = time("12-31T00:00").instant
    bench.now = due
    let timer = Streams.Timer(key: Array("c".utf8), kind: kind, generation: 9, due: due)
    bench.fire(timer)
    let (names, state) = (bench.names(), bench.state())
    bench.fire(timer)
    #expect(bench.names() == names)
    #expect(bench.state() == state)
  }

  @Test func `a timer of an earlier, shorter deadline accuses nobody`() {
    var bench = bench(in: .open)
    bench.fire(
      Streams.Timer(key: Array("c".utf8), kind: "overdue", generation: 0, due: time("06-05T00:00").instant))
    #expect(bench.names() == ["opened", "classified", "assigned"])
  }

  @Test(arguments: [[UInt8](), [0xff], Array("two words".utf8)])
  func `a timer of a key that is no case does nothing`(key: [UInt8]) {
    let processor = TrackProcessor(calendar: .builtIn, policy: .standard)
    var state: CaseState? = CaseState()
    let timer = Streams.Timer(key: key, kind: "overdue", generation: 1, due: Instant(milliseconds: 0))
    #expect(processor.punctuate(timer, state: &state, at: Instant(milliseconds: 0)) == [])
    #expect(state == CaseState())
  }
}
