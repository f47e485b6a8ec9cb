import EventLog
import Streams
import Testing
import Time
import TwoStages

/// A hundred thousand timers that fell due while nothing ran.
struct DowntimeTests {
  /// Sets one timer for each record, due as many milliseconds after the start as the value's four bytes say; passes the
  /// others on.
  private struct Bell: Processor {
    struct Nothing: StoredState {
      init(stored bytes: [UInt8]) {}
      func stored() -> [UInt8] { [] }
    }

    var name: String { "script" }
    var inputs: [String] { ["in"] }

    func decode(_ record: StoredRecord) -> Record { record.record }

    func process(_ input: Record, state: inout Nothing?, at time: Instant) -> [Effect] {
      let value = input.value ?? []
      guard value.count == 4 else { return [.emit(to: "out", Record(key: input.key, value: nil))] }
      let milliseconds = value.reduce(0) { $0 << 8 | Int64($1) }
      return [.schedule("bell", generation: 1, at: DrivenStart.instant + .milliseconds(milliseconds))]
    }

    func punctuate(_ timer: Timer, state: inout Nothing?, at time: Instant) -> [Effect] {
      let due = (timer.due - DrivenStart.instant).milliseconds
      return [.emit(to: "out", Record(key: timer.key, value: Self.bytes(due)))]
    }

    static func bytes(_ number: Int64) -> [UInt8] {
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
  }

  @Test func `after a day of downtime 100,000 timers fire once each in due order, and fresh records flow between`()
    throws
  {
    let scene = try Scene()
    let count = 100_000
    for start in stride(from: 0, to: count, by: 10_000) {
      try scene.publish(
        (start..<start + 10_000).map { number in
          // Due within an hour, in an order that is not the keys'.
          let due = Int64(number) * 7919 % 3_600_000
          return Output(to: "in", Record(key: Array("\(number)".utf8), value: Bell.bytes(due)))
        })
    }
    let setter = scene.worker(Bell()) { $0.batch = BatchLimit(records: 10_000, bytes: 8 << 20) }
    try scene.settle(setter)
    setter.finish()
    scene.clock.advance(by: .seconds(86400))
    let before = scene.log.commits
    let perBatch = 5000
    let worker = scene.worker(Bell(), "two") { $0.timersPerBatch = perBatch }
    var fresh = 0
    while try scene.contents.count(of: "out") < count + fresh || fresh == 0 {
      try scene.publish("fresh-\(fresh)", "fresh")
      fresh += 1
      _ = try worker.step(wait: .zero)
      try #require(fresh < 1000, "it comes to no end")
    }
    try scene.settle(worker)

    let records = try scene.contents.records(of: "out")
    let fired = records.filter { $0.record.value != nil }
    #expect(fired.count == count)
    #expect(Set(fired.map(\.record.key)).count == count)
    let dues = fired.map { $0.record.value?.reduce(0) { $0 << 8 | Int64($1) } ?? -1 }
    #expect(zip(dues, dues.dropFirst()).allSatisfy { $0 <= $1 })
    for outcome in scene.log.outcomes.dropFirst(before) {
      #expect(outcome.outputs.count { $0.topic == "out" && $0.record.value != nil } <= perBatch)
    }
    // Fresh records stand all along between the late timers, each at most one transaction behind its coming.
    let places = records.indices.filter { records[$0].record.value == nil }
    #expect(places.count == fresh)
    #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 <= perBatch + 1 })
    #expect(try #require(places.first) <= perBatch)
  }
}
