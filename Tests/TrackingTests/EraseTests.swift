import Cases
import Testing
import Time
import Tracking

/// A person is forgotten; the case's history stays.
struct EraseTests {
  @Test func `the citizen's entry becomes a tombstone, and what they wrote is shown no more`() throws {
    var bench = Life.bench(in: .replied)
    bench.give(.erase)
    #expect(bench.names().last == "erased")
    #expect(bench.forgotten == ["c"])
    let summary = try bench.summary()
    #expect(summary.isErased)
    #expect(summary.submission.statement.text == "")
    #expect(summary.reply == "已修复")
    #expect(summary.events == bench.names().count)
  }

  @Test func `they are forgotten once, and again when they write again`() throws {
    var bench = Life.bench(in: .signed)
    bench.give(.erase)
    bench.give(.erase)
    #expect(bench.refusal == "the citizen has been forgotten already")
    bench.give(.open)
    guard case .supplemented(let submission) = try bench.last().event else { return #expect(Bool(false)) }
    #expect(submission.statement.text == "")
    #expect(bench.forgotten == ["c", "c"])
  }

  @Test func `events as they may be shown afterwards hold nothing of what was written`() throws {
    let bench = Life.bench(in: .signed)
    for emitted in try #require(bench.events["c"]) {
      #expect(!String(decoding: emitted.event.erased.data, as: UTF8.self).contains("路灯"))
    }
  }
}
