import Cases
import Testing
import Time

struct RedeliveryTests {
  @Test func `a message delivered again is one, whether its opinion is sent or not`() {
    var bench = Bench()
    bench.text("一", at: "10:00", id: "a")
    bench.text("一", at: "10:00", read: "10:00:05", id: "a")
    bench.text("二", at: "10:01", id: "b")
    bench.text("一", at: "10:00", read: "10:01:10", id: "a")
    bench.finish(at: "10:02")
    for day in 24...30 {
      bench.text("一", at: "09-24T10:00", read: "09-\(day)T23:00", id: "a")
      bench.text("二", at: "09-24T10:01", read: "09-\(day)T23:00:01", id: "b")
    }
    bench.text("一", at: "09-24T10:00", read: "10-01T10:00", id: "a")
    bench.pass(to: "10-01T12:00")
    #expect(bench.texts == ["一\n二"])
    #expect(bench.counts["huiyin_duplicates_suppressed"] == 2 + 14 + 1)
  }

  @Test func `an event delivered again is one, too`() {
    var bench = Bench()
    bench.send(Samples.message(.scan, code: "c-1"), at: "10:00", id: "scan")
    bench.text("一", at: "10:01")
    bench.send(Samples.message(.finish), at: "10:02", id: "finish")
    bench.text("二", at: "10:03")
    bench.send(Samples.message(.finish), at: "10:02", read: "10:04", id: "finish")
    bench.send(Samples.message(.scan, code: "c-1"), at: "10:00", read: "10:04", id: "scan")
    bench.text("三", at: "10:05")
    bench.pass(to: "11:00")
    #expect(bench.texts == ["一", "二\n三"])
  }

  @Test func `the same id of another citizen or source is another message`() {
    var bench = Bench()
    bench.text("一", at: "10:00", id: "a")
    bench.send(Samples.message(.text, "二", by: "o-2"), at: "10:00", id: "a")
    var other = Samples.message(.text, "三")
    other.account = "city"
    bench.send(other, at: "10:00", id: "a")
    bench.pass(to: "11:00")
    #expect(Set(bench.texts) == ["一", "二", "三"] && Set(bench.said.map(\.id)).count == 3)
  }

  @Test func `nothing is left of a citizen a week after the last message`() throws {
    var bench = Bench()
    bench.scan("c-1", at: "09-24T10:00")
    bench.text("一", at: "09-24T10:01")
    bench.send(Samples.message(.revoked), at: "09-25T20:00")
    // In UTC, the day of the last message is the 25th.
    bench.pass(to: "10-03T07:59")
    #expect(bench.keys.count == 1)
    #expect(bench.entry().timers.keys.sorted() == ["forget"])
    bench.pass(to: "10-03T08:00")
    #expect(bench.keys.isEmpty)
  }

  @Test func `a day's digests go when their time comes, though others are newer`() throws {
    var bench = Bench()
    for day in 10...30 {
      bench.text("\(day)", at: "09-\(day)T10:00", id: "\(day)")
      bench.finish(at: "09-\(day)T10:01")
    }
    // Two a day, of eight days.
    #expect(try bench.stateSize() < 600)
    bench.text("23", at: "09-23T10:00", read: "09-30T12:00", id: "23")
    #expect(bench.counts["huiyin_duplicates_suppressed"] == 1)
    bench.text("22", at: "09-22T10:00", read: "09-30T12:00", id: "22")
    #expect(bench.counts["huiyin_duplicates_suppressed"] == 1)
  }

  @Test func `one who never stops makes the state grow so far and no further`() throws {
    var bench = Bench()
    let start = time("09-24T10:00")
    func delivery(_ number: Int, read: Int) -> Delivery {
      Delivery(
        id: "\(number)", message: Samples.message(.finish), created: start + .seconds(number),
        recorded: start + .seconds(read))
    }
    for number in 0..<5000 { bench.take(delivery(number, read: number)) }
    bench.take(delivery(0, read: 5000))
    #expect(bench.counts["huiyin_duplicates_suppressed"] == 1)
    for number in 5000..<5100 { bench.take(delivery(number, read: number)) }
    for number in stride(from: 100, to: 5100, by: 50) { bench.take(delivery(number, read: 5200)) }
    #expect(bench.counts["huiyin_duplicates_suppressed"] == 1 + 100)
    #expect(bench.largestState < 55_000, "\(bench.largestState) bytes")
  }
}
