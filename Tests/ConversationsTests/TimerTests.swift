import Cases
import Conversations
import Streams
import Testing
import Time

struct TimerTests {
  private func due(_ bench: Bench) -> Instant? { bench.entry().timers["send"]?.due }

  @Test
  func
    `the time is up ten minutes after the last message or an hour after the first, and what is on its way is waited for`()
  {
    var bench = Bench()
    bench.text("一", at: "10:00", read: "10:00:02")
    #expect(due(bench) == time("10:10:30"))
    for minute in ["08", "16", "24", "32", "40", "48", "56"] { bench.text(minute, at: "10:\(minute)") }
    #expect(due(bench) == time("11:00:30"))
    bench.pass(to: "11:00:29")
    #expect(bench.opinions.isEmpty)
    bench.pass(to: "11:00:30")
    #expect(bench.opinions.count == 1 && due(bench) == nil)
  }

  @Test func `a message that came long after it was written waits for its companions`() {
    var bench = Bench()
    bench.text("一", at: "10:00", read: "15:00")
    #expect(due(bench) == time("15:00:30"))
  }

  @Test func `each way to end a draft takes its timer with it`() {
    let endings = [
      Samples.message(.finish), Samples.message(.unsubscribe), Samples.message(.revoked),
      Samples.message(.scan, code: "c-1"),
    ]
    for ending in endings {
      var bench = Bench()
      bench.text("一", at: "10:00")
      bench.send(ending, at: "10:01")
      #expect(due(bench) == nil, "\(ending.kind)")
    }
  }

  @Test func `a timer that was replaced or cancelled does nothing, even if it fires`() throws {
    var bench = Bench()
    bench.text("一", at: "10:00")
    let first = try #require(bench.entry().timers["send"])
    bench.text("二", at: "10:05")
    let second = try #require(bench.entry().timers["send"])
    #expect(first.generation != second.generation)
    bench.fire(first, at: time("10:10:30"))
    #expect(bench.opinions.isEmpty)
    bench.finish(at: "10:11")
    bench.text("三", at: "10:12")
    bench.fire(first, at: time("10:15:30"))
    bench.fire(second, at: time("10:15:30"))
    #expect(bench.texts == ["一\n二"])
    bench.pass(to: "11:00")
    bench.fire(second, at: time("12:00"))
    #expect(bench.texts == ["一\n二", "三"])
  }

  @Test func `generations go on while a citizen is remembered`() throws {
    var bench = Bench()
    var seen: Set<Int> = []
    for minute in 10..<40 {
      bench.text("\(minute)", at: "10:\(minute)")
      #expect(seen.insert(try #require(bench.entry().timers["send"]).generation).inserted)
      if minute.isMultiple(of: 3) { bench.finish(at: "10:\(minute):30") }
    }
  }

  @Test func `a timer of a citizen or a kind that isn't known does nothing`() {
    var bench = Bench()
    let key = ChatID(account: Delivery.account, openid: "o-1").key
    for kind in ["send", "forget", "other"] {
      bench.fire(Timer(key: key, kind: kind, generation: 1, due: time("10:00")), at: time("10:00"))
    }
    #expect(bench.keys.isEmpty && bench.opinions.isEmpty)
  }

  @Test func `a clock far ahead delays nothing`() {
    var bench = Bench()
    bench.text("一", at: "12-31T10:00", read: "10:00")
    bench.text("二", at: "10:04:59", read: "10:00:01")
    bench.pass(to: "10:16")
    #expect(bench.texts == ["一\n二"] && bench.said.map(\.at) == [time("10:00")])
  }
}
