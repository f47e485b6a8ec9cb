import Cases
import Streams
import Testing
import Time
import Tracking

struct ReplyTests {
  private func replied(_ bench: Bench, _ index: Int = -1) throws -> CaseEvent.Replied {
    let all = try #require(bench.events["c"]).compactMap {
      if case .replied(let replied) = $0.event { replied } else { nil }
    }
    return try #require(index < 0 ? all.last : all[index])
  }

  @Test func `a reply in time cancels both timers`() throws {
    var bench = Bench()
    bench.open()
    bench.pass(to: "06-03T15:00")
    bench.send(Samples.reply(.phone), id: "r", at: time("06-03T15:00"))
    #expect(bench.names() == ["opened", "classified", "assigned", "replied"])
    #expect(bench.timers().keys.sorted() == ["delivery"])
    bench.pass(to: "07-30T00:00")
    #expect(!bench.names().contains("overdue") && !bench.names().contains("reminded"))
    #expect(try bench.summary().overdue == false)
  }

  @Test func `a reply is shown with its method, who made it, when, and after how many working days`() throws {
    var bench = Bench()
    bench.open()
    bench.pass(to: "06-08T08:00")
    bench.send(Samples.reply(.onTheSpot), id: "r", at: time("06-08T07:30"))
    let reply = try replied(bench)
    #expect(reply.reply == CaseCommand.Reply(by: "住建局", method: .onTheSpot, text: "已修复"))
    #expect(reply.at == time("06-08T07:30"))
    #expect(reply.workingDays == 5)
    #expect(reply.overdue == false)
    #expect(reply.historic == false)
    #expect(try bench.last().time == time("06-08T07:30"))
  }

  @Test func `a reply without a time counts from when the log took it in`() throws {
    var bench = Bench()
    bench.open()
    bench.pass(to: "06-03T15:00")
    bench.send(Samples.reply(), id: "r")
    #expect(try replied(bench).at == time("06-03T15:00"))
    #expect(try replied(bench).recorded == nil)
  }

  @Test(arguments: [("06-03T14:00", true), ("06-03T13:59:59", false), ("06-03T15:05", true)])
  func `arrival is shown too where it differs from the reply's time by over an hour`(at: String, alike: Bool) throws {
    var bench = Bench()
    bench.open()
    bench.pass(to: "06-03T15:00")
    bench.send(Samples.reply(), id: "r", at: time(at))
    #expect(try replied(bench).recorded == (alike ? nil : time("06-03T15:00")))
  }

  @Test func `a historic reply says that it is`() throws {
    var bench = Bench()
    bench.open(received: time("2015-06-01T10:00"))
    bench.send(Samples.reply(), id: "r", at: time("2015-06-02T10:00"), historic: true)
    #expect(try replied(bench).historic)
    #expect(try replied(bench).recorded == GivenTime(bench.now))
    #expect(try bench.summary().overdue == false)
  }

  @Test func `a reply in the last second of the last day is in time, one at midnight is not`() throws {
    for (at, overdue) in [("06-10T23:59:59", false), ("06-11T00:00", true)] {
      var bench = Bench()
      bench.open()
      bench.now = time("06-11T00:00:30").instant
      bench.send(Samples.reply(), id: "r", at: time(at))
      #expect(try replied(bench).overdue == overdue)
      #expect(bench.names().contains("overdue") == overdue)
    }
  }

  @Test func `a reply on the Saturday after the last day is overdue though it has seven working days`() throws {
    var bench = Bench(now: "06-03T10:00")
    bench.open()
    #expect(try bench.summary().deadline.due.description == "2026-06-12")
    bench.pass(to: "06-13T10:00")
    bench.send(Samples.reply(), id: "r", at: time("06-13T10:00"))
    #expect(try replied(bench).workingDays == 7)
    #expect(try replied(bench).overdue)
    #expect(try bench.summary().overdue)
    #expect(try bench.summary().workingDays == 7)
  }

  @Test func `a late reply read before its timers fired says first what was due, in order`() throws {
    var bench = Bench()
    bench.open()
    bench.now = time("06-15T10:00").instant
    bench.send(Samples.reply(), id: "r", at: time("06-15T10:00"))
    #expect(bench.names() == ["opened", "classified", "assigned", "reminded", "overdue", "replied"])
    #expect(try #require(bench.events["c"]).map(\.sequence) == ["1", "2", "3", "4", "5", "6"])
    bench.pass(to: "06-16T10:00")
    #expect(bench.names().count == 6)
  }

  @Test func `a reply after the reminder's time, read before its timer fired, says the reminder first`() throws {
    var bench = Bench()
    bench.open()
    bench.now = time("06-09T10:00").instant
    bench.send(Samples.reply(), id: "r", at: time("06-08T09:00"))
    #expect(bench.names().suffix(2) == ["reminded", "replied"])
  }

  @Test func `a reply made before the reminder and read after its time leaves it unsaid`() throws {
    var bench = Bench()
    bench.open()
    bench.now = time("06-09T10:00").instant
    bench.send(Samples.reply(), id: "r", at: time("06-08T08:59:59"))
    #expect(bench.names() == ["opened", "classified", "assigned", "replied"])
  }

  @Test func `a reply made in time but read after overdue withdraws it`() throws {
    var bench = Bench()
    bench.open()
    bench.pass(to: "06-11T08:00")
    bench.send(Samples.reply(), id: "r", at: time("06-10T17:00"))
    #expect(bench.names().suffix(3) == ["overdue", "overdue-withdrawn", "replied"])
    guard case .overdueWithdrawn(let event) = try #require(bench.events["c"]).dropLast().last?.event else {
      return #expect(Bool(false))
    }
    #expect(event == CaseEvent.OverdueWithdrawn(generation: 1, repliedAt: time("06-10T17:00")))
    #expect(try bench.summary().overdue == false)
    bench.send(Samples.reply(), id: "r2", at: time("06-10T16:00"))
    #expect(bench.names().filter { $0 == "overdue-withdrawn" }.count == 1)
  }

  @Test func `a reply made in time withdraws overdue even after a late one has closed the case`() throws {
    var bench = Bench()
    bench.open()
    bench.pass(to: "06-12T08:00")
    bench.send(Samples.reply(), id: "late")
    bench.send(Samples.delivery(of: "c.6.0"), id: "d")
    #expect(try bench.summary().phase == .closed)
    bench.send(Samples.reply(), id: "early", at: time("06-05T10:00"))
    #expect(bench.names().suffix(3) == ["closed", "overdue-withdrawn", "replied"])
    #expect(try bench.summary().overdue == false)
    #expect(try bench.summary().phase == .closed)
  }

  @Test(arguments: [["06-03T10:00", "06-05T10:00"], ["06-05T10:00", "06-03T10:00"]])
  func `of two replies the one made first counts, in whatever order they are read`(times: [String]) throws {
    var bench = Bench()
    bench.open()
    bench.pass(to: "06-05T11:00")
    for (index, at) in times.enumerated() { bench.send(Samples.reply(), id: "r\(index)", at: time(at)) }
    #expect(bench.names() == ["opened", "classified", "assigned", "replied", "replied"])
    #expect(try bench.summary().replied == time("06-03T10:00"))
    #expect(try bench.summary().workingDays == 2)
  }

  @Test(arguments: [["06-09T10:00", "06-15T10:00"], ["06-15T10:00", "06-09T10:00"]])
  func `of a timely and a late reply the timely one counts, in whatever order they are read`(times: [String]) throws {
    var bench = Bench()
    bench.open()
    bench.now = time("06-15T11:00").instant
    for (index, at) in times.enumerated() { bench.send(Samples.reply(), id: "r\(index)", at: time(at)) }
    bench.pass(to: "06-15T12:00")
    #expect(try bench.summary().overdue == false)
    #expect(try bench.summary().workingDays == 6)
    #expect(try replied(bench, 0).overdue == (times[0] == "06-15T10:00"))
  }

  @Test func `the same reply again changes nothing and is counted`() {
    var bench = Bench()
    bench.open()
    bench.send(Samples.reply(), id: "r")
    let (state, timers) = (bench.state(), bench.timers())
    bench.now = time("06-02T10:00").instant
    bench.send(Samples.reply(.wechat), id: "r")
    #expect(bench.names().filter { $0 == "replied" }.count == 1)
    #expect(bench.state() == state)
    #expect(bench.timers() == timers)
    #expect(bench.counts.map(\.key.labels["type"]) == ["cn.huiyin.case.reply.v1"])
  }

  @Test func `the same id from another source is another reply`() {
    var bench = Bench()
    bench.open()
    bench.send(Samples.reply(), id: "r", source: "/desk/1")
    bench.send(Samples.reply(), id: "r", source: "/desk/2")
    #expect(bench.names().filter { $0 == "replied" }.count == 2)
  }
}
