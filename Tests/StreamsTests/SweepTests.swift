import EventLog
import SeededRandom
import Testing
import Time
import TwoStages

@testable import Streams

/// The order in which keys are revised, and what many of them do to fresh records.
struct SweepTests {
  private static func name(_ number: Int) -> [UInt8] { ChangelogKey.entry(Array("\(number)".utf8)).encoded }

  @Test func `all keys come once, in the order of their bytes, also where many are ahead`() {
    let table = PackedTable()
    var random = SeededGenerator(seed: 11)
    let numbers = (0..<70_000).shuffled(using: &random)
    for number in numbers { table.put(Self.name(number), []) }
    table.put(ChangelogKey.held(Array("5".utf8), 1).encoded, [])
    table.put(ChangelogKey.rules.encoded, [])
    var sweep = Sweep()
    var seen: [[UInt8]] = []
    while true {
      let (keys, isEnd) = sweep.next(999, in: table)
      seen += keys
      if let last = keys.last { sweep.advance(to: last) }
      #expect(sweep.remaining == numbers.count - seen.count)
      if isEnd { break }
    }
    #expect(seen == numbers.map { Array("\($0)".utf8) }.sorted { $0.lexicographicallyPrecedes($1) })
  }

  @Test func `keys that come and go meanwhile neither stop it nor make it skip another`() {
    let table = PackedTable()
    for number in 0..<30_000 { table.put(Self.name(number), []) }
    var random = SeededGenerator(seed: 12)
    var sweep = Sweep()
    var seen: [[UInt8]] = []
    var next = 30_000
    while true {
      let (keys, isEnd) = sweep.next(500, in: table)
      seen += keys
      if let last = keys.last { sweep.advance(to: last) }
      if isEnd { break }
      for _ in 0..<100 {
        // Only those that came later go again.
        table.put(Self.name(next), [])
        next += 1
        if next > 31_000 { table.remove(Self.name(Int.random(in: 30_000..<31_000, using: &random))) }
      }
      // As after a restart.
      if Bool.random(using: &random) { sweep = Sweep(after: sweep.last) }
    }
    #expect(Set(seen).count == seen.count)
    #expect(Set(seen).isSuperset(of: (0..<30_000).map { Array("\($0)".utf8) }))
    #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
  }

  @Test func `without keys it ends at once`() {
    var sweep = Sweep()
    let (keys, isEnd) = sweep.next(500, in: PackedTable())
    #expect(keys.isEmpty && isEnd)
  }

  /// Keeps nothing but that a key is there.
  private struct Register: Processor {
    struct Presence: StoredState {
      init(stored bytes: [UInt8]) {}
      init() {}
      func stored() -> [UInt8] { [] }
    }

    var name: String { "script" }
    var inputs: [String] { ["in"] }

    func decode(_ record: StoredRecord) -> Record { record.record }

    func process(_ input: Record, state: inout Presence?, at time: Instant) -> [Effect] {
      state = Presence()
      return input.value == nil ? [] : [.emit(to: "out", Record(key: input.key, value: input.value))]
    }

    func punctuate(_ timer: Timer, state: inout Presence?, at time: Instant) -> [Effect] { [] }

    func adopting(_ rules: [UInt8]) -> Register? { self }

    func revise(_ key: [UInt8], state: inout Presence?, at time: Instant) -> [Effect] {
      [.emit(to: "out", Record(key: key, value: nil))]
    }
  }

  @Test func `while 100,000 keys are revised no fresh record waits for more than one batch`() throws {
    let scene = try Scene()
    let count = 100_000
    for start in stride(from: 0, to: count, by: 10_000) {
      try scene.publish(
        (start..<start + 10_000).map { Output(to: "in", Record(key: Array("\($0)".utf8), value: nil)) })
    }
    let worker = scene.worker(Register()) {
      $0.batch = BatchLimit(records: 10_000, bytes: 8 << 20)
      $0.revisionsPerBatch = 5000
    }
    try scene.settle(worker)
    try scene.publish(rules: "new")
    try worker.step(wait: .zero)
    let before = scene.log.commits
    var fresh = 0
    repeat {
      try scene.publish("fresh-\(fresh)", "fresh")
      fresh += 1
      try worker.step(wait: .zero)
      let outcome = try #require(scene.log.outcomes.last)
      #expect(outcome.outputs.count { $0.topic == "out" && $0.record.value != nil } == 1)
      #expect(outcome.outputs.count { $0.topic == "out" && $0.record.value == nil } <= 5000)
      try #require(fresh < 1000, "it comes to no end")
    } while worker.status.current.toRevise > 0
    try scene.settle(worker)
    #expect(scene.log.commits - before >= count / 5000)
    let revised = try scene.contents.records(of: "out").filter { $0.record.value == nil }.compactMap(\.record.key)
    #expect(Set(revised).count == revised.count)
    #expect(Set(revised).isSuperset(of: (0..<count).map { Array("\($0)".utf8) }))
  }
}
