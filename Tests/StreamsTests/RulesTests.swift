import EventLog
import SeededRandom
import Streams
import Testing
import Time
import TwoStages

/// Rules that change while a worker runs.
struct RulesTests {
  @Test func `rules hold for what comes after them in their partition, and for no other partition`() throws {
    let scene = try Scene(partitions: 2)
    func key(in partition: Int) throws -> String {
      try #require(
        (0..<100).map { "key-\($0)" }.first { Partitioner.partition(of: Array($0.utf8), among: 2) == partition })
    }
    let (first, second) = (try key(in: 0), try key(in: 1))
    for key in [first, second] { try scene.publish(key, "say-rules before") }
    try scene.publish(rules: "new", partition: 0)
    for key in [first, second] { try scene.publish(key, "say-rules after") }
    try scene.settle()
    #expect(try scene.out(first) == ["before by given", "after by given+new"])
    #expect(try scene.out(second) == ["before by given", "after by given"])
    #expect(try scene.deadLetters().isEmpty)
  }

  @Test(arguments: [1, 2, 3, 1000])
  func `the size of a batch changes nothing of where rules begin to hold`(records: Int) throws {
    let scene = try Scene()
    try scene.publish("a", "note x;say-rules one")
    try scene.publish(rules: "new")
    try scene.publish("a", "say-rules two")
    try scene.publish(rules: "newer")
    try scene.publish("a", "say-rules three")
    try scene.settle(scene.worker { $0.batch.records = records })
    let out = try scene.out("a").filter { !$0.contains("under") }
    #expect(out == ["one by given", "two by given+new", "three by given+newer"])
    #expect(try scene.out("a").last == "a under given+newer")
  }

  @Test func `timers and records that waited go by the rules of the moment at which they are handled`() throws {
    let scene = try Scene()
    try scene.publish("a", "set rules 1 1000")
    try scene.publish("a", "wait;say-rules waited")
    try scene.publish(rules: "new")
    try scene.publish("a", "open")
    let worker = scene.worker()
    try scene.settle(worker)
    scene.clock.advance(by: .seconds(2))
    try scene.settle(worker)
    #expect(try scene.out("a").contains("waited by given+new"))
    #expect(try scene.out("a").suffix(2) == ["rules 1 late 1000", "rules by given+new"])
  }

  @Test func `a parked record is retried by the newest rules`() throws {
    let scene = try Scene()
    try scene.publish("a", "reject;say-rules late")
    let worker = scene.worker()
    try scene.settle(worker)
    try scene.publish(rules: "new")
    scene.script.fault.set(false)
    try scene.retry()
    try scene.settle(worker)
    #expect(try scene.out("a") == ["late by given+new"])
  }

  @Test func `after a restart a partition goes by the rules that came, not by those that the worker is given`() throws {
    let scene = try Scene()
    try scene.publish(rules: "new")
    try scene.settle()
    var other = scene.script
    other.rules = "other"
    try scene.publish("a", "say-rules again")
    try scene.settle(scene.worker(other, "two"))
    #expect(try scene.out("a") == ["again by other+new"])
  }

  @Test func `what a worker is given counts until rules come`() throws {
    let scene = try Scene()
    try scene.publish("a", "note x")
    try scene.settle()
    var other = scene.script
    other.rules = "other"
    try scene.publish("a", "say-rules again")
    try scene.settle(scene.worker(other, "two"))
    #expect(try scene.out("a") == ["again by other"])
  }

  @Test func `every key with state is visited once, in the order of the keys' bytes`() throws {
    let scene = try Scene()
    var random = SeededGenerator(seed: 7)
    for number in (0..<50).shuffled(using: &random) { try scene.publish("key-\(number)", "note n") }
    try scene.publish("no-state", "set alarm 1 1000000")
    try scene.publish(rules: "new")
    let worker = scene.worker { $0.revisionsPerBatch = 7 }
    try scene.settle(worker)
    let keys = (0..<50).map { "key-\($0)" }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(try scene.out() == keys.map { "\($0) under given+new" })
    #expect(scene.log.outcomes.dropFirst().allSatisfy { outcome in outcome.outputs.count { $0.topic == "out" } <= 7 })
    #expect(worker.status.current.toRevise == 0)
  }

  @Test func `fresh records and due timers go on between the batches of a sweep`() throws {
    let scene = try Scene()
    for number in 0..<100 { try scene.publish("key-\(number)", "note n") }
    // A key without state: it is passed by.
    try scene.publish("bell", "set alarm 1 1000")
    let worker = scene.worker { $0.revisionsPerBatch = 10 }
    try scene.settle(worker)
    try scene.publish(rules: "new")
    try worker.step(wait: .zero)
    #expect(try scene.out().isEmpty)
    scene.clock.advance(by: .seconds(2))
    for round in 1...5 {
      try scene.publish("fresh-\(round)", "note x;say-rules \(round)")
      try worker.step(wait: .zero)
      #expect(try scene.out("fresh-\(round)") == ["\(round) by given+new"])
      #expect(try scene.out("bell") == ["alarm 1 late 1000"])
      #expect(try scene.out().count { $0.contains("under") } == 10 * round - 1)
      #expect(worker.status.current.toRevise == 101 - 10 * (round - 1))
    }
    try scene.settle(worker)
    #expect(Set(try scene.out()).isSuperset(of: (0..<100).map { "key-\($0) under given+new" }))
  }

  @Test func `the same rules again change nothing, also while their sweep is under way`() throws {
    let scene = try Scene()
    for number in 0..<10 { try scene.publish("key-\(number)", "note n") }
    try scene.publish(rules: "new")
    let worker = scene.worker { $0.revisionsPerBatch = 4 }
    for _ in 0..<2 { try worker.step(wait: .zero) }
    try scene.publish(rules: "new")
    try scene.settle(worker)
    try scene.publish(rules: "new")
    try scene.settle(worker)
    #expect(try scene.out().count == 10)
    #expect(try scene.contents.records(of: "script-changelog").count { $0.record.key == [3] } == 1)
  }

  @Test func `newer rules begin the sweep anew`() throws {
    let scene = try Scene()
    for number in 0..<10 { try scene.publish("key-\(number)", "note n") }
    try scene.publish(rules: "new")
    let worker = scene.worker { $0.revisionsPerBatch = 4 }
    for _ in 0..<4 where try scene.out().isEmpty { try worker.step(wait: .zero) }
    try scene.publish(rules: "newer")
    try scene.settle(worker)
    #expect(try scene.out().count { $0.hasSuffix("given+new") } < 10)
    #expect(try scene.out().filter { $0.hasSuffix("given+newer") } == (0..<10).map { "key-\($0) under given+newer" })
  }

  @Test func `rules that the processor can't go by are a dead letter and change nothing`() throws {
    let scene = try Scene()
    try scene.publish("a", "note x")
    try scene.publish(rules: "good")
    try scene.publish(rules: "?bad")
    try scene.publish("a", "say-rules still")
    try scene.settle()
    #expect(try scene.out("a") == ["still by given+good", "a under given+good"])
    #expect(try scene.deadLetters().map(\.reason) == ["no such rules"])
    #expect(try scene.deadLetters().map(\.parked) == [false])
    // A retry brings them again, into their partition.
    try scene.retry()
    try scene.settle()
    #expect(try scene.deadLetters().count == 2)
  }

  @Test func `rules that the changelog has no room for are a dead letter`() throws {
    let scene = try Scene()
    try scene.publish(rules: String(repeating: "x", count: 900_000))
    try scene.publish("a", "say-rules still")
    try scene.settle()
    #expect(try scene.out("a") == ["still by given"])
    #expect(try scene.deadLetters().count == 1)
  }

  @Test func `a worker whose processor can't go by the rules that are in force ends`() throws {
    struct Choosy: Processor {
      let script = ScriptProcessor()
      var name: String { "script" }
      var inputs: [String] { ["in"] }
      func decode(_ record: StoredRecord) throws(Rejection) -> ScriptProcessor.Input { try script.decode(record) }
      func process(
        _ input: ScriptProcessor.Input, state: inout ScriptProcessor.State?, at time: Instant
      ) throws(Rejection) -> [Effect] { try script.process(input, state: &state, at: time) }
      func punctuate(_ timer: Timer, state: inout ScriptProcessor.State?, at time: Instant) -> [Effect] { [] }
    }
    let scene = try Scene()
    try scene.publish(rules: "new")
    try scene.settle()
    let error = #expect(throws: LogError.self) { try scene.settle(scene.worker(Choosy(), "two")) }
    #expect(error?.recovery == .stop)
    #expect(error?.reason.contains("script-changelog/0 holds rules that this version can't go by") == true)
  }

  @Test func `a record that only looks like rules is an ordinary record`() throws {
    let scene = try Scene()
    let type = Header("ce_type", RulesRecord.type)
    try scene.publish("a", "say-rules keyed", headers: [type, Header("huiyin_control", "rules")])
    try scene.publish(nil, "say-rules untold", headers: [type], partition: 0)
    try scene.settle()
    #expect(try scene.out() == ["keyed by given", "untold by given"])
  }
}

extension RulesTests {
  private func standings(_ scene: Scene) throws -> [RulesStanding] {
    try RulesStanding.all(of: "script", input: "in", changelog: "script-changelog", in: scene.inner)
  }

  @Test func `the log tells by which rules each partition goes, and which are coming`() throws {
    let scene = try Scene(partitions: 2)
    for number in 0..<20 { try scene.publish("key-\(number)", "note n") }
    #expect(try standings(scene).map(\.newest) == [nil, nil])
    try scene.publish(rules: "one")
    let one = Array("one".utf8)
    #expect(try standings(scene).map(\.coming) == [one, one])
    let worker = scene.worker { $0.revisionsPerBatch = 1 }
    for _ in 0..<3 { try worker.step(wait: .zero) }
    #expect(try standings(scene).map(\.adopted) == [one, one])
    #expect(try standings(scene).contains { $0.isRevising })
    try scene.publish(rules: "two", partition: 1)
    #expect(try standings(scene).map(\.coming) == [nil, Array("two".utf8)])
    try scene.settle(worker)
    #expect(try standings(scene).map(\.adopted) == [one, Array("two".utf8)])
    #expect(try standings(scene).allSatisfy { !$0.isRevising && $0.coming == nil })
  }
}
