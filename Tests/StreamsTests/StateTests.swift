import EventLog
import Streams
import Testing
import Time
import TwoStages

struct StateTests {
  @Test func `a new worker goes on with the state that the old one left`() throws {
    let scene = try Scene(partitions: 4)
    for number in 0..<40 { try scene.publish("key-\(number % 10)", "note n\(number)") }
    try scene.settle()
    let before = try scene.state()
    #expect(before.count == 10)
    for number in 0..<10 { try scene.publish("key-\(number)", "note last;wait;emit done") }
    for number in 0..<10 { try scene.publish("key-\(number)", "open") }
    try scene.settle()
    let text = String(decoding: try #require(scene.state().values.first { !$0.isEmpty }), as: UTF8.self)
    #expect(text.contains(#""open""#) && text.contains(#""last""#) && text.contains(#""n"#))
    #expect(try scene.out().count == 10)
  }

  @Test func `state that a crash kept from being committed never was`() throws {
    let scene = try Scene()
    try scene.publish("a", "note one;emit one")
    try scene.settle()
    try scene.publish("a", "note two;emit two")
    let doomed = scene.worker()
    scene.log.plan { call, _ in
      call == .commit ? .error(LogError(.unreachable, "the plug is out", recovery: .restart)) : nil
    }
    #expect(throws: LogError.self) { try scene.settle(doomed) }
    #expect(try scene.out() == ["one"])
    scene.log.plan { _, _ in nil }
    try scene.settle()
    #expect(try scene.out() == ["one", "two"])
    let entry = try #require(scene.state().values.first)
    #expect(String(decoding: entry, as: UTF8.self).contains(#"["one","two"]"#))
  }

  @Test func `a key of which nothing more need be known ends with a tombstone`() throws {
    let scene = try Scene()
    try scene.publish("a", "note one")
    try scene.publish("a", "forget")
    let worker = scene.worker { $0.batch.records = 1 }
    try scene.settle(worker)
    #expect(try scene.state().isEmpty)
    #expect(try scene.contents.records(of: "script-changelog").map { $0.record.value == nil } == [false, true])
  }

  @Test func `nothing to do takes no transaction and ends the step`() throws {
    let scene = try Scene(partitions: 4)
    let worker = scene.worker()
    try scene.settle(worker)
    #expect(scene.log.commits == 0)
    try scene.publish("a", "note one")
    try scene.settle(worker)
    #expect(scene.log.commits == 1)
    for _ in 0..<100 { #expect(try !worker.step(wait: .zero)) }
    #expect(scene.log.commits == 1)
  }

  @Test func `no batch takes more than its limit in records, nor in bytes`() throws {
    let scene = try Scene()
    for number in 0..<20 { try scene.publish("a", "emit \(number)") }
    let byRecords = scene.worker { $0.batch.records = 7 }
    try scene.settle(byRecords)
    byRecords.finish()
    #expect(scene.log.outcomes.map { $0.outputs.count } == [7, 7, 6])
    for number in 20..<24 { try scene.publish("a", "emit \(number);note \(String(repeating: "x", count: 1000))") }
    try scene.settle(scene.worker("two") { $0.batch.bytes = 2500 })
    let sizes = scene.log.outcomes.dropFirst(3).map { outcome in outcome.outputs.count { $0.topic == "out" } }
    #expect(sizes.allSatisfy { (1...3).contains($0) } && sizes.reduce(0, +) == 4)
    #expect(try scene.out() == (0..<24).map(String.init))
  }

  @Test func `one record larger than the limit in bytes is handled alone`() throws {
    let scene = try Scene()
    try scene.publish("a", "note \(String(repeating: "x", count: 5000));emit large")
    try scene.publish("a", "emit small")
    try scene.settle(scene.worker { $0.batch.bytes = 100 })
    #expect(try scene.out() == ["large", "small"])
    #expect(scene.log.commits == 2)
  }

  @Test func `a batch that took too long makes the next ones smaller, and quick ones larger again`() throws {
    let scene = try Scene()
    for number in 0..<1000 { try scene.publish("a", "emit \(number)") }
    let clock = scene.clock
    let worker = scene.worker {
      $0.batch.records = 100
      $0.batchTime = .seconds(1)
    }
    scene.log.plan { call, number in
      if call == .commit, number < 12 { clock.advance(by: .seconds(2)) }
      return nil
    }
    try scene.settle(worker)
    let sizes = scene.log.outcomes.map(\.outputs.count)
    #expect(sizes.first == 100)
    #expect(try #require(sizes.min()) <= 25)
    #expect(sizes.dropLast().last == 100)
    #expect(try scene.out() == (0..<1000).map(String.init))
  }

  @Test func `a long restore goes on between polls, while other partitions flow`() throws {
    let scene = try Scene(partitions: 2)
    for number in 0..<200 { try scene.publish("key-\(number)", "note n\(number)") }
    try scene.settle()
    scene.log.plan { _, _ in nil }
    let worker = scene.worker("two") { $0.restoreChunk = BatchLimit(records: 10, bytes: 1 << 20) }
    try scene.settle(worker)
    let calls = scene.log.calls
    #expect(calls.count { $0 == .read } >= 20)
    // Two partitions are restored at a time, then it is polled again.
    #expect(calls.count { $0 == .poll } >= 10)
    #expect(scene.log.recordsRead == 200)
  }
}
