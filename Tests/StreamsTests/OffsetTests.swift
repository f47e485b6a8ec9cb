import EventLog
import Streams
import Testing
import Time
import TwoStages

struct OffsetTests {
  @Test func `a committed offset before the first record goes on at the first`() throws {
    let scene = try Scene(retention: .seconds(3600))
    for number in 0..<3 { try scene.publish("a", "note n\(number);emit \(number)") }
    try scene.settle()
    for number in 3..<8 { try scene.publish("a", "emit \(number)") }
    scene.clock.advance(by: .seconds(7200))
    try scene.maintain()
    for number in 8..<10 { try scene.publish("a", "note n\(number);emit \(number)") }
    try scene.settle()
    #expect(try scene.out() == ["0", "1", "2", "8", "9"])
    let entry = try #require(scene.state().values.first)
    #expect(String(decoding: entry, as: UTF8.self).contains(#"["n0","n1","n2","n8","n9"]"#))
  }

  @Test func `a committed offset after the end begins again at the first record`() throws {
    let scene = try Scene()
    for number in 0..<3 { try scene.publish("a", "emit \(number)") }
    let partition = TopicPartition("in", 0)
    let member = try scene.inner.join(Membership(group: "script", topics: ["in"], member: "one"))
    let polled = try member.poll(for: .zero, limit: BatchLimit(records: 1, bytes: 1), paused: [])
    let commit = try member.commit(Outcome(outputs: [], positions: [partition: 999], metadata: polled.metadata))
    #expect(commit != .undone)
    member.leave()
    try scene.settle()
    #expect(try scene.out() == ["0", "1", "2"])
    #expect(try scene.inner.openReader().committedOffsets(of: "script")[partition] == 3)
  }

  @Test func `an empty topic is ordinary`() throws {
    let scene = try Scene(partitions: 4)
    let worker = scene.worker()
    try scene.settle(worker)
    #expect(worker.status.notReady(at: scene.clock.now) == nil)
    #expect(worker.status.current.lag == 0)
  }
}
