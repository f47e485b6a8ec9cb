import Cases
import Testing
import Time

struct CodeTests {
  @Test func `what is said after a scan is said under its code, until it is sent`() {
    var bench = Bench()
    bench.scan("c-1", at: "10:00")
    bench.text("路灯坏了", at: "10:01")
    bench.finish(at: "10:02")
    bench.text("还有井盖", at: "10:03")
    bench.finish(at: "10:04")
    #expect(bench.opinions.map(\.code) == ["c-1", nil])
    #expect(bench.opinions.map(\.scan) == [Samples.board, nil])
  }

  @Test func `to subscribe by a code is a scan, without one it is nothing`() {
    var bench = Bench()
    bench.send(Samples.message(.subscribe), at: "09:00")
    bench.text("你好", at: "09:01")
    bench.send(Samples.message(.subscribe, code: "c-1"), at: "10:00")
    bench.text("路灯坏了", at: "10:01")
    bench.pass(to: "11:00")
    #expect(bench.texts == ["你好", "路灯坏了"] && bench.opinions.map(\.code) == [nil, "c-1"])
  }

  @Test func `a scan of another code sends what was said under the one before`() {
    var bench = Bench()
    bench.text("零", at: "09:59")
    bench.scan("c-1", at: "10:00")
    #expect(bench.texts == ["零"])
    bench.text("一", at: "10:01")
    bench.scan("c-2", at: "10:02")
    #expect(bench.texts == ["零", "一"])
    bench.text("二", at: "10:03")
    bench.pass(to: "11:00")
    #expect(bench.texts == ["零", "一", "二"] && bench.opinions.map(\.code) == [nil, "c-1", "c-2"])
  }

  @Test func `a scan of the same code goes on with what is being said under it`() {
    var bench = Bench()
    bench.scan("c-1", at: "10:00")
    bench.text("一", at: "10:01")
    bench.scan("c-1", at: "10:02")
    bench.text("二", at: "10:03")
    bench.pass(to: "10:20")
    #expect(bench.texts == ["一\n二"])
    bench.scan("c-1", at: "10:30")
    bench.text("三", at: "10:31")
    bench.scan("c-1", at: "10:42")
    bench.text("四", at: "10:43")
    bench.pass(to: "12:00")
    #expect(bench.texts == ["一\n二", "三", "四"] && bench.opinions.map(\.code) == ["c-1", "c-1", "c-1"])
  }

  @Test func `a code waits an hour for the first word`() {
    for (moment, code) in [("10:59:59", "c-1"), ("11:00:00", nil)] {
      var bench = Bench()
      bench.scan("c-1", at: "10:00")
      bench.finish(at: "10:01")
      bench.text("路灯坏了", at: moment)
      bench.pass(to: "12:00")
      #expect(bench.opinions.map(\.code) == [code])
    }
  }

  @Test func `a scan that is read after what was said under it still counts`() {
    var bench = Bench()
    bench.text("路灯坏了", at: "10:01")
    bench.scan("c-1", at: "10:00", read: "10:01:05")
    bench.text("在幸福路", at: "10:02")
    bench.pass(to: "11:00")
    #expect(bench.texts == ["路灯坏了\n在幸福路"] && bench.opinions.map(\.code) == ["c-1"])
  }

  @Test func `a scan older than the last one changes nothing`() {
    var bench = Bench()
    bench.scan("c-2", at: "10:01")
    bench.text("一", at: "10:02")
    bench.scan("c-1", at: "10:00", read: "10:02:05")
    bench.text("二", at: "10:03")
    bench.pass(to: "11:00")
    #expect(bench.texts == ["一\n二"] && bench.opinions.map(\.code) == ["c-2"])
  }

  @Test func `a scan of long ago doesn't bind what is being said`() {
    var bench = Bench()
    bench.text("一", at: "12:00")
    bench.scan("c-1", at: "11:00", read: "12:00:05")
    bench.text("二", at: "12:01")
    bench.pass(to: "13:00")
    #expect(bench.texts == ["一\n二"] && bench.opinions.map(\.code) == [nil])
  }

  @Test func `a late message is said under the code of its time`() {
    var bench = Bench()
    bench.scan("c-1", at: "10:00")
    bench.text("二", at: "10:02")
    bench.text("零", at: "09:59", read: "10:02:05")
    #expect(bench.texts == ["二"])
    bench.text("三", at: "10:03")
    bench.finish(at: "10:05")
    bench.text("四", at: "10:04", read: "10:05:05")
    bench.pass(to: "11:00")
    #expect(bench.texts == ["二", "零", "三", "四"])
    #expect(bench.opinions.map(\.code) == ["c-1", nil, "c-1", "c-1"])
  }

  @Test func `what is split for its size stays under its code`() {
    var bench = Bench()
    bench.scan("c-1", at: "10:00")
    for second in 10..<60 { bench.text("\(second)", at: "10:50:\(second)") }
    for second in 10..<60 { bench.text("\(second)", at: "10:55:\(second)") }
    // At the last moment of which it would have joined, had there been room.
    bench.text("more", at: "11:05:59")
    bench.pass(to: "12:00")
    #expect(bench.opinions.map(\.code) == ["c-1", "c-1"] && bench.texts.last == "more")
  }
}
