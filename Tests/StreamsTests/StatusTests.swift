import EventLog
import Streams
import Testing
import Time
import TwoStages

struct StatusTests {
  @Test func `a worker is ready once its state is there`() throws {
    let scene = try Scene()
    for number in 0..<30 { try scene.publish("key-\(number)", "note n\(number)") }
    try scene.settle()
    let worker = scene.worker("two") { $0.restoreChunk = BatchLimit(records: 10, bytes: 1 << 20) }
    let status = worker.status
    #expect(status.notReady(at: scene.clock.now) == "script is joining its group")
    try worker.step(wait: .zero)
    #expect(status.notReady(at: scene.clock.now)?.hasPrefix("script restores its state") == true)
    try worker.step(wait: .zero)
    #expect(status.notReady(at: scene.clock.now) == "script restores its state, 20 records to go")
    try scene.settle(worker)
    #expect(status.notReady(at: scene.clock.now) == nil)
    #expect(status.current.partitions == 1)
    worker.finish()
    #expect(status.notReady(at: scene.clock.now) == "script has stopped")
    #expect(status.notLive == nil)
  }

  @Test func `a worker that makes no progress is not ready, but live`() throws {
    let scene = try Scene()
    let worker = scene.worker { $0.batch.records = 1 }
    try scene.settle(worker)
    for number in 0..<3 { try scene.publish("a", "emit \(number)") }
    scene.log.plan { call, _ in call == .commit ? .undone : nil }
    try worker.step(wait: .zero)
    #expect(worker.status.current.lag == 2)
    #expect(worker.status.notReady(at: scene.clock.now) == nil)
    scene.clock.advance(by: .seconds(61))
    try worker.step(wait: .zero)
    #expect(worker.status.notReady(at: scene.clock.now) == "script makes no progress, lag 2")
    #expect(worker.status.notLive == nil)
    scene.log.plan { _, _ in nil }
    try scene.settle(worker)
    #expect(worker.status.notReady(at: scene.clock.now) == nil)
    #expect(worker.status.current.lag == 0)
  }

  @Test func `a worker tells of timers and parked keys`() throws {
    let scene = try Scene()
    try scene.publish("a", "set one 1 1000;set two 1 2000")
    try scene.publish("b", "reject")
    let worker = scene.worker()
    try scene.settle(worker)
    #expect(worker.status.current.timersPending == 2)
    #expect(worker.status.current.parkedKeys == 1)
    #expect(try worker.nextTimer() == scene.start + .seconds(1))
    scene.clock.advance(by: .seconds(3))
    try scene.settle(worker)
    #expect(worker.status.current.timersPending == 0)
    #expect(try worker.nextTimer() == nil)
  }
}
