import EventLog
import Streams
import Testing
import Time
import TwoStages

struct HoldingTests {
  @Test func `what was put aside follows in order once it is released`() throws {
    let scene = try Scene()
    for number in 0...4 { try scene.publish("a", "wait;emit a\(number)") }
    try scene.publish("b", "emit b")
    let worker = scene.worker { $0.batch.records = 2 }
    try scene.settle(worker)
    #expect(try scene.out() == ["b"])
    try scene.publish("a", "open;emit opened")
    try scene.publish("a", "emit after")
    try scene.settle(worker)
    #expect(try scene.out() == ["b", "opened", "a0", "a1", "a2", "a3", "a4", "after"])
    #expect(try scene.state().count == 1)
    #expect(try scene.deadLetters().isEmpty)
  }

  @Test func `what was put aside in one life is released in the next`() throws {
    let scene = try Scene()
    for number in 0...4 { try scene.publish("a", "wait;emit a\(number)") }
    try scene.settle()
    #expect(try scene.state().count == 6)
    try scene.publish("a", "open")
    try scene.settle()
    #expect(try scene.out() == (0...4).map { "a\($0)" })
    #expect(try scene.state().count == 1)
  }

  @Test func `a timer releases, too`() throws {
    let scene = try Scene()
    try scene.publish("a", "wait;emit a0;set again 3 5000")
    try scene.publish("a", "set release 1 1000")
    let worker = scene.worker()
    try scene.settle(worker)
    scene.clock.advance(by: .seconds(2))
    try scene.settle(worker)
    #expect(try scene.out() == ["release 1 late 1000", "a0"])
    scene.clock.advance(by: .seconds(10))
    try scene.settle(worker)
    #expect(try scene.out() == ["release 1 late 1000", "a0", "again 3 late 7000"])
  }

  @Test func `what still has to wait keeps its place`() throws {
    let scene = try Scene()
    try scene.publish("a", "wait;emit a0")
    try scene.publish("a", "wait;open;emit never-first")
    try scene.publish("a", "wait;emit a2")
    let worker = scene.worker()
    try scene.settle(worker)
    // The second opens for itself and those after it only once it is released itself.
    try scene.publish("a", "open")
    try scene.settle(worker)
    #expect(try scene.out() == ["a0", "never-first", "a2"])
  }

  @Test func `one of those that waited may park the key; the rest waits on`() throws {
    let scene = try Scene()
    try scene.publish("a", "wait;emit a0")
    try scene.publish("a", "wait;reject;emit a1")
    try scene.publish("a", "wait;emit a2")
    let worker = scene.worker()
    try scene.settle(worker)
    try scene.publish("a", "open")
    try scene.publish("a", "emit a3")
    try scene.settle(worker)
    #expect(try scene.out() == ["a0"])
    scene.script.fault.set(false)
    try scene.retry()
    try scene.settle(worker)
    #expect(try scene.out() == ["a0", "a1", "a2", "a3"])
  }

  @Test func `what waits can be buried, all of it and once`() throws {
    let scene = try Scene()
    for number in 0...2 { try scene.publish("a", "wait;emit a\(number)") }
    try scene.publish("a", "set bury 1 1000")
    let worker = scene.worker()
    try scene.settle(worker)
    scene.clock.advance(by: .seconds(2))
    try scene.settle(worker)
    #expect(try scene.deadLetters().map(\.id) == ["in/0/0", "in/0/1", "in/0/2"])
    #expect(try scene.deadLetters().allSatisfy { !$0.parked && $0.reason == "too late" })
    #expect(try scene.state().isEmpty)
    try scene.publish("a", "open")
    try scene.settle(worker)
    #expect(try scene.out() == ["bury 1 late 1000"])
  }

  @Test func `one of those that waited may bury the others, but not itself`() throws {
    let scene = try Scene()
    try scene.publish("a", "wait;bury-held;emit a0")
    try scene.publish("a", "wait;emit a1")
    try scene.publish("a", "wait;emit a2")
    let worker = scene.worker()
    try scene.settle(worker)
    try scene.publish("a", "open")
    try scene.settle(worker)
    #expect(try scene.out() == ["a0"])
    #expect(try scene.deadLetters().map(\.id) == ["in/0/1", "in/0/2"])
  }

  @Test func `a record can be buried without holding anything up`() throws {
    let scene = try Scene()
    try scene.publish("a", "bury;note x")
    try scene.publish("a", "emit a1")
    try scene.settle()
    #expect(try scene.out() == ["a1"])
    let letter = try #require(scene.deadLetters().first)
    #expect(!letter.parked && letter.reason == "as told")
    #expect(try scene.state().count == 1)
  }
}
