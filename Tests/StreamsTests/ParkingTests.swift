import EventLog
import Streams
import Testing
import Time
import TwoStages

struct ParkingTests {
  @Test func `a record at the head that can't be handled parks its key and only that`() throws {
    let scene = try Scene()
    try scene.publish("a", "reject;emit a0")
    for number in 1...3 { try scene.publish("a", "emit a\(number)") }
    for number in 0...3 { try scene.publish("b", "emit b\(number)") }
    let worker = scene.worker { $0.batch.records = 3 }
    try scene.settle(worker)
    #expect(try scene.out() == ["b0", "b1", "b2", "b3"])
    #expect(worker.status.current.parkedKeys == 1)
    let letters = try scene.deadLetters()
    #expect(letters.count == 1)
    let letter = try #require(letters.first)
    #expect(letter.id == "in/0/0" && letter.parked && letter.status == .open && letter.retries == 0)
    #expect(letter.reason == "can't handle this" && letter.stage == "script")
    #expect(letter.original.value == Array("reject;emit a0".utf8))
  }

  @Test func `a retry that succeeds lets what waited follow in order`() throws {
    let scene = try Scene()
    try scene.publish("a", "reject;note x;emit a0")
    for number in 1...5 { try scene.publish("a", "emit a\(number)") }
    let worker = scene.worker { $0.batch.records = 2 }
    try scene.settle(worker)
    scene.script.fault.set(false)
    try scene.retry()
    try scene.publish("a", "emit a6")
    try scene.settle(worker)
    #expect(try scene.out() == (0...6).map { "a\($0)" })
    #expect(try scene.deadLetters().map(\.status) == [.retried])
    #expect(worker.status.current.parkedKeys == 0)
    #expect(try scene.state().count == 1)
  }

  @Test func `a parked key's timers still run`() throws {
    let scene = try Scene()
    try scene.publish("a", "set alarm 1 1000;emit a0")
    try scene.publish("a", "reject;emit a1")
    try scene.publish("a", "cancel alarm")
    let worker = scene.worker()
    try scene.settle(worker)
    scene.clock.advance(by: .seconds(2))
    try scene.settle(worker)
    #expect(try scene.out() == ["a0", "alarm 1 late 1000"])
  }

  @Test func `a timer that releases what waits lets nothing pass a parked record`() throws {
    let scene = try Scene()
    try scene.publish("a", "wait;emit a0")
    try scene.publish("a", "set release 1 1000")
    try scene.publish("a", "reject;emit a1")
    try scene.publish("a", "emit a2")
    let worker = scene.worker()
    try scene.settle(worker)
    // What made it fail is gone, but nobody has said that it may be tried again.
    scene.script.fault.set(false)
    scene.clock.advance(by: .seconds(2))
    try scene.settle(worker)
    #expect(try scene.out() == ["release 1 late 1000", "a0"])
    #expect(worker.status.current.parkedKeys == 1)
    try scene.retry()
    try scene.settle(worker)
    #expect(try scene.out() == ["release 1 late 1000", "a0", "a1", "a2"])
  }

  @Test func `a retry that fails is counted, and after three only dropping is left`() throws {
    let scene = try Scene()
    try scene.publish("a", "reject;emit a0")
    try scene.publish("a", "emit a1")
    let worker = scene.worker()
    try scene.settle(worker)
    for retry in 1...3 {
      try scene.retry()
      try scene.settle(worker)
      let letter = try #require(scene.deadLetters().first)
      #expect(letter.retries == retry)
      #expect(letter.status == (retry < 3 ? .open : .quarantined))
    }
    let letter = try #require(scene.deadLetters().first)
    #expect(letter.retrying() == nil)
    scene.script.fault.set(false)
    // A control record that somebody kept from earlier doesn't help either.
    var earlier = letter
    earlier.retries = 0
    try scene.publish(try #require(earlier.retrying()))
    try scene.settle(worker)
    #expect(try scene.out() == [])
    try scene.publish(letter.dropping())
    try scene.settle(worker)
    #expect(try scene.out() == ["a1"])
    #expect(try scene.deadLetters().map(\.status) == [.dropped])
  }

  @Test func `what waits may park the key again`() throws {
    let scene = try Scene()
    for number in 0...3 { try scene.publish("a", number % 2 == 0 ? "reject;emit a\(number)" : "emit a\(number)") }
    let worker = scene.worker()
    try scene.settle(worker)
    try scene.publish(try #require(scene.deadLetters().first).dropping())
    try scene.settle(worker)
    #expect(try scene.out() == ["a1"])
    #expect(try scene.deadLetters().map(\.status) == [.dropped, .open])
    scene.script.fault.set(false)
    try scene.retry()
    try scene.settle(worker)
    #expect(try scene.out() == ["a1", "a2", "a3"])
    #expect(try scene.state().isEmpty)
  }

  @Test func `a parked key is restored with all that waits`() throws {
    let scene = try Scene(partitions: 4)
    for key in 0..<8 {
      try scene.publish("key-\(key)", "reject;emit \(key)-0")
      try scene.publish("key-\(key)", "emit \(key)-1", headers: [Header("traceparent", "trace-\(key)")])
    }
    try scene.settle()
    for key in 0..<8 { try scene.publish("key-\(key)", "emit \(key)-2") }
    let second = scene.worker("two")
    try scene.settle(second)
    #expect(second.status.current.parkedKeys == 8)
    second.finish()
    scene.script.fault.set(false)
    for letter in try scene.deadLetters() { try scene.publish(try #require(letter.retrying())) }
    try scene.settle()
    for key in 0..<8 { #expect(try scene.out("key-\(key)") == (0...2).map { "\(key)-\($0)" }) }
    let traced = try scene.contents.records(of: "out").filter { $0.record.header("traceparent") != nil }
    #expect(traced.count == 8)
    #expect(try scene.state().isEmpty)
  }

  @Test func `a stale or forged control record changes nothing`() throws {
    let scene = try Scene()
    try scene.publish("a", "reject;emit a0")
    try scene.publish("a", "emit a1")
    let worker = scene.worker()
    try scene.settle(worker)
    let before = try scene.state()
    let letter = try #require(scene.deadLetters().first)
    func control(_ verb: String, _ id: String, key: String?) throws {
      let headers = [Header("huiyin_control", verb), Header("huiyin_dead_letter", id)]
      try scene.publish(key, nil, headers: headers, partition: 0)
    }
    scene.script.fault.set(false)
    try control("retry", "in/0/1", key: "a")
    try control("drop", "in/0/999", key: "a")
    try control("retry", "nonsense", key: "a")
    try control("retry", letter.id, key: "b")
    try control("drop", letter.id, key: nil)
    try scene.settle(worker)
    #expect(try scene.out() == [])
    #expect(try scene.state() == before)
    #expect(try scene.deadLetters().map(\.status) == [.open])
    // Settled once, the same control record a second time is stale.
    for _ in 0..<2 { try control("retry", letter.id, key: "a") }
    try scene.settle(worker)
    try control("drop", letter.id, key: "a")
    try scene.settle(worker)
    #expect(try scene.out() == ["a0", "a1"])
    #expect(try scene.deadLetters().map(\.status) == [.retried])
  }

  @Test func `a record with a value is handled, even if it looks like a control record`() throws {
    let scene = try Scene()
    let headers = [Header("huiyin_control", "drop"), Header("huiyin_dead_letter", "in/0/0")]
    try scene.publish("a", "emit a0", headers: headers)
    try scene.settle()
    #expect(try scene.out() == ["a0"])
  }

  @Test func `what can't be decoded becomes a dead letter and holds nothing up`() throws {
    let scene = try Scene()
    try scene.publish("a", "?")
    try scene.publish("a", "emit a1")
    try scene.settle()
    #expect(try scene.out() == ["a1"])
    let letter = try #require(scene.deadLetters().first)
    #expect(!letter.parked && letter.reason == "unreadable")
    #expect(try scene.state().isEmpty)
  }

  @Test func `a dead letter without parking is sent again at most three times`() throws {
    let scene = try Scene()
    try scene.publish("a", "?")
    let worker = scene.worker()
    try scene.settle(worker)
    for _ in 0..<3 {
      try scene.retry()
      try scene.settle(worker)
    }
    let letters = try scene.deadLetters()
    #expect(letters.map(\.status) == [.retried, .retried, .retried, .quarantined])
    #expect(letters.map(\.retries) == [0, 1, 2, 3])
    #expect(try #require(letters.last).retrying() == nil)
    try scene.publish(try #require(letters.last).dropping())
    #expect(try scene.deadLetters().last?.status == .dropped)
  }

  @Test func `what can't be decoded doesn't wait behind a parked record`() throws {
    let scene = try Scene()
    try scene.publish("a", "reject")
    try scene.publish("a", "?")
    try scene.settle()
    #expect(try scene.deadLetters().map(\.parked) == [true, false])
  }
}
