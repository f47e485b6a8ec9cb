import EventLog
import Testing
import Time

@testable import Outbox

@Suite(.timeLimit(.minutes(1))) struct RecentEntriesTests {
  private static let limit = BatchLimit(records: 3, bytes: 100)

  private static func entries(_ sequences: ClosedRange<Int64>, size: Int = 10) -> [Spool.Entry] {
    sequences.map { Spool.Entry(sequence: $0, outputs: [], size: size) }
  }

  private func sequences(_ recent: RecentEntries, after sequence: Int64) -> [Int64]? {
    recent.first(after: sequence, limit: Self.limit)?.map(\.sequence)
  }

  @Test func `what came since is given from memory, what was there before only from the file`() {
    var recent = RecentEntries(after: 5)
    #expect(sequences(recent, after: 5) == [])
    recent.add(Self.entries(6...9))
    #expect(sequences(recent, after: 4) == nil)
    #expect(sequences(recent, after: 5) == [6, 7, 8])
    #expect(sequences(recent, after: 8) == [9])
    recent.remove { $0.sequence <= 6 || $0.sequence == 8 }
    #expect(sequences(recent, after: 5) == [7, 9])
  }

  @Test func `a batch is as long as its limits say, and at least one entry`() {
    var recent = RecentEntries(after: 0)
    recent.add(Self.entries(1...2, size: 60) + Self.entries(3...3, size: 200))
    #expect(sequences(recent, after: 0) == [1])
    #expect(sequences(recent, after: 2) == [3])
  }

  @Test func `more than may be held, or what may have failed, is left to the file`() {
    var recent = RecentEntries(after: 0)
    recent.add(Self.entries(1...4000))
    #expect(sequences(recent, after: 0) == [1, 2, 3])
    recent.add(Self.entries(4001...4001))
    #expect(sequences(recent, after: 4000) == nil)
    recent.add(Self.entries(4002...4002))
    #expect(sequences(recent, after: 4001) == [4002])
    recent.forget(through: 4003)
    #expect(sequences(recent, after: 4002) == nil)
    #expect(sequences(recent, after: 4003) == [])
  }

  @Test func `more than memory holds waits in the file, and reaches the log once and in order`() async throws {
    let post = try Post()
    post.log.setAway(true)
    for number in 10_000..<14_500 { #expect(await post.put("\(number)") == .durable) }
    post.log.setAway(false)
    #expect(await post.put("late") == .durable)
    await post.finish()
    let texts = try post.log.records().flatMap { $0 }.map { String(decoding: $0.value ?? [], as: UTF8.self) }
    #expect(texts == (10_000..<14_500).map { "\($0)" } + ["late"])
  }
}
