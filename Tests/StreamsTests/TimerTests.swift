import EventLog
import Streams
import Testing
import Time
import TwoStages

struct TimerTests {
  @Test func `timers fire once, in due order, not before they are due`() throws {
    let scene = try Scene()
    try scene.publish("a", "set late 1 3000")
    try scene.publish("b", "set early 1 1000;set middle 1 2000")
    let worker = scene.worker()
    try scene.settle(worker)
    scene.clock.advance(by: .milliseconds(999))
    try scene.settle(worker)
    #expect(try scene.out() == [])
    scene.clock.advance(by: .milliseconds(1))
    try scene.settle(worker)
    #expect(try scene.out() == ["early 1 late 0"])
    scene.clock.advance(by: .seconds(3600))
    try scene.settle(worker)
    try scene.settle(worker)
    #expect(try scene.out() == ["early 1 late 0", "middle 1 late 3599000", "late 1 late 3598000"])
  }

  @Test func `a restart between setting a timer and its time changes nothing, nor does one after it`() throws {
    let scene = try Scene(partitions: 4)
    for number in 0..<20 { try scene.publish("key-\(number)", "set alarm 1 \(1000 + number)") }
    try scene.settle()
    scene.clock.advance(by: .seconds(5))
    try scene.settle()
    #expect(try scene.out().sorted() == (0..<20).map { "alarm 1 late \(4000 - $0)" }.sorted())
    scene.clock.advance(by: .seconds(5))
    try scene.settle()
    #expect(try scene.out().count == 20)
    #expect(try scene.state().isEmpty)
  }

  @Test func `a timer that was replaced or cancelled never fires`() throws {
    let scene = try Scene()
    try scene.publish("a", "set alarm 1 1000")
    try scene.publish("a", "set alarm 2 2000")
    try scene.publish("b", "set alarm 1 1000;set other 1 1500")
    let worker = scene.worker { $0.batch.records = 1 }
    try scene.settle(worker)
    try scene.publish("b", "cancel alarm")
    try scene.settle(worker)
    scene.clock.advance(by: .seconds(10))
    try scene.settle(worker)
    #expect(try scene.out() == ["other 1 late 8500", "alarm 2 late 8000"])
    #expect(worker.status.current.timersPending == 0)
  }

  @Test func `a timer that is void when its time comes takes no transaction`() throws {
    let scene = try Scene()
    try scene.publish("a", "set alarm 1 1000")
    let worker = scene.worker()
    try scene.settle(worker)
    try scene.publish("a", "cancel alarm")
    try scene.settle(worker)
    #expect(scene.log.commits == 2)
    scene.clock.advance(by: .seconds(2))
    for _ in 0..<10 { #expect(try !worker.step(wait: .zero)) }
    #expect(scene.log.commits == 2)
  }

  @Test func `a timer may set itself anew, also into the past`() throws {
    let scene = try Scene()
    try scene.publish("a", "set again 1 1000")
    let worker = scene.worker()
    try scene.settle(worker)
    scene.clock.advance(by: .seconds(10))
    try scene.settle(worker)
    #expect(try scene.out() == ["again 1 late 9000", "again 2 late 8000", "again 3 late 7000"])
  }

  @Test func `a record that was there when a timer fell due comes before it`() throws {
    let scene = try Scene()
    try scene.publish("a", "set alarm 1 1000")
    try scene.settle()
    for number in 0..<5 { try scene.publish("b", "emit \(number)") }
    try scene.publish("a", "cancel alarm;emit in-time")
    scene.clock.advance(by: .seconds(30))
    let worker = scene.worker("two") { $0.batch.records = 1 }
    try scene.settle(worker)
    #expect(try scene.out() == ["0", "1", "2", "3", "4", "in-time"])
  }

  @Test func `a timer waits for its partition no longer than the timer wait`() throws {
    let scene = try Scene()
    try scene.publish("a", "set alarm 1 1000")
    let worker = scene.worker {
      $0.batch.records = 1
      $0.timerWait = .seconds(60)
    }
    try scene.settle(worker)
    for number in 0..<10 { try scene.publish("b", "emit \(number)") }
    scene.clock.advance(by: .seconds(31))
    for _ in 0..<3 { #expect(try worker.step(wait: .zero)) }
    #expect(try scene.out() == ["0", "1", "2"])
    scene.clock.advance(by: .seconds(30))
    #expect(try worker.step(wait: .zero))
    #expect(try scene.out() == ["0", "1", "2", "3", "alarm 1 late 60000"])
  }

  @Test func `a backlog after a restart gets the timer wait anew`() throws {
    let scene = try Scene()
    try scene.publish("a", "set alarm 1 1000")
    try scene.settle()
    for number in 0..<5 { try scene.publish("b", "emit \(number)") }
    try scene.publish("a", "cancel alarm")
    scene.clock.advance(by: .seconds(86400))
    try scene.settle(scene.worker("two") { $0.batch.records = 1 })
    #expect(try scene.out() == ["0", "1", "2", "3", "4"])
  }

  @Test func `records whose batch was undone count as unread again`() throws {
    let scene = try Scene()
    try scene.publish("a", "set alarm 1 1000")
    let worker = scene.worker()
    try scene.settle(worker)
    scene.clock.advance(by: .seconds(2))
    for number in 0..<5 { try scene.publish("b", "emit \(number)") }
    try scene.publish("a", "cancel alarm")
    let firstCommit = Once()
    scene.log.plan { call, _ in
      switch call {
      case .commit where firstCommit.take(): .undone
      // All at once at first, afterwards one by one.
      case .poll where firstCommit.isTaken: .atMost(1)
      default: nil
      }
    }
    try scene.settle(worker)
    #expect(try scene.out() == ["0", "1", "2", "3", "4"])
  }

  @Test func `a due timer waits for records without a busy loop`() throws {
    let scene = try Scene()
    try scene.publish("a", "set alarm 1 1000")
    let worker = scene.worker()
    try scene.settle(worker)
    scene.clock.advance(by: .seconds(2))
    try scene.publish("b", "emit 0")
    scene.log.plan { call, _ in call == .poll ? .atMost(0) : nil }
    try worker.step(wait: .zero)
    // From now on nothing comes, though the partition goes on: the poll must be given time.
    let begin = ContinuousClock.now
    try worker.step(wait: .milliseconds(30))
    #expect(ContinuousClock.now - begin >= .milliseconds(30))
    #expect(try scene.out() == [])
  }

  @Test func `what many void timers leave behind does not make the others fire too early`() throws {
    let scene = try Scene()
    let keys = 2000
    try scene.publish((0..<keys).map { Self.output($0, "set alarm 1 1000") })
    try scene.settle()
    scene.clock.advance(by: .seconds(86400))
    try scene.publish((0..<keys - 10).map { Self.output($0, "cancel alarm") })
    // Most are cancelled long before the last are, and by then the queue has been built anew.
    let worker = scene.worker("two") { $0.batch.records = 300 }
    try scene.settle(worker)
    #expect(try scene.out().count == 10)
    #expect(worker.status.current.timersPending == 0)
  }

  @Test func `a long tail of timers in one partition does not keep those of another waiting`() throws {
    let scene = try Scene(partitions: 2)
    let names = (0..<100).map { "key-\($0)" }
    let byPartition = Dictionary(grouping: names) { Partitioner.partition(of: Array($0.utf8), among: 2) }
    for (index, key) in (byPartition[0] ?? []).prefix(20).enumerated() {
      try scene.publish(key, "set tail 1 \(1000 * (index + 1))")
    }
    try scene.publish(try #require(byPartition[1]?.first), "set lonely 1 5500")
    let worker = scene.worker { $0.timersPerBatch = 3 }
    try scene.settle(worker)
    scene.clock.advance(by: .seconds(86400))
    try scene.settle(worker)
    let transactions = scene.log.outcomes.map { outcome in
      outcome.outputs.filter { $0.topic == "out" }.map { String(decoding: $0.record.value ?? [], as: UTF8.self) }
    }
    let lonely = try #require(transactions.firstIndex { $0.contains { $0.hasPrefix("lonely") } })
    let tails = transactions.prefix(lonely).joined().count
    // Five of the tail were due before it, and at most a transaction's rest comes with them.
    #expect((3...7).contains(tails))
    #expect(transactions.joined().count == 21)
  }

  static func output(_ key: Int, _ value: String) -> Output {
    Output(to: "in", Record(key: Array("key-\(key)".utf8), value: Array(value.utf8)))
  }
}
