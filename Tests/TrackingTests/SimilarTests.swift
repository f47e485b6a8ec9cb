import Cases
import Streams
import Testing
import Time
import Tracking

struct SimilarTests {
  private func similar(to other: String, _ score: Double = 0.8) -> CaseCommand {
    .recordSimilar(CaseCommand.RecordSimilar(other: caseID(other), score: score))
  }

  private func found(_ bench: Bench) -> [CaseEvent.SimilarFound] {
    (bench.events["c"] ?? []).compactMap { if case .similarFound(let found) = $0.event { found } else { nil } }
  }

  @Test func `a case is told of a similar one with the score`() throws {
    var bench = Bench()
    bench.open()
    let timers = bench.timers()
    bench.send(similar(to: "b", 0.83), id: "c.similar.b", at: time("06-01T10:00"))
    #expect(try bench.last().event == .similarFound(CaseEvent.SimilarFound(other: caseID("b"), score: 0.83)))
    #expect(try bench.last().time == time("06-01T10:00"))
    #expect(bench.timers() == timers)
    #expect(try bench.summary().phase == .open)
  }

  @Test func `a pair is told once, whoever says it again`() {
    var bench = Bench()
    bench.open()
    bench.send(similar(to: "b"), id: "c.similar.b", source: Sources.similarity)
    bench.send(similar(to: "b"), id: "c.similar.b", source: Sources.similarity)
    bench.send(similar(to: "b", 0.9), id: "other")
    bench.send(similar(to: "d"), id: "c.similar.d", source: Sources.similarity)
    #expect(found(bench).map(\.other.text) == ["b", "d"])
    #expect(bench.counts == [Counted("huiyin_duplicates_suppressed", ["type": "cn.huiyin.case.record-similar.v1"]): 2])
  }

  @Test func `before its case is opened it waits, like any command`() {
    var bench = Bench()
    bench.send(similar(to: "b"), id: "c.similar.b")
    #expect(bench.heldCount() == 1)
    bench.open()
    #expect(bench.names() == ["opened", "classified", "assigned", "similar-found"])
    var orphan = Bench()
    orphan.send(similar(to: "b"), id: "c.similar.b")
    orphan.pass(to: "06-03T00:00")
    #expect(orphan.deadLetters.count == 1)
    #expect(orphan.events.isEmpty)
  }

  @Test func `an answered or closed case is told too, and stays as it is`() throws {
    var bench = Bench()
    bench.open()
    bench.send(Samples.reply(), id: "r")
    bench.send(similar(to: "b"), id: "c.similar.b")
    bench.send(Samples.delivery(of: "c.4.0"), id: "d")
    bench.send(similar(to: "a"), id: "c.similar.a")
    #expect(bench.names().suffix(5) == ["replied", "similar-found", "delivered", "closed", "similar-found"])
    #expect(try bench.summary().phase == .closed)
  }

  @Test func `of a matter of hundreds twenty are listed`() {
    var bench = Bench()
    bench.open()
    for number in 1...30 { bench.send(similar(to: "b\(number)"), id: "s\(number)") }
    #expect(found(bench).map(\.other.text) == (1...20).map { "b\($0)" })
    #expect(bench.counts == [Counted("huiyin_similar_cases_left_out"): 10])
  }

  @Test func `a case is not similar to itself`() {
    var bench = Bench()
    bench.open()
    bench.send(similar(to: "c"), id: "s")
    #expect(bench.deadLetters.map(\.reason) == ["a case is not similar to itself"])
    #expect(bench.names().count == 3)
  }

  @Test func `a finding about an opinion that says it came earlier than its case is no forgery`() {
    var bench = Bench()
    bench.open()
    bench.send(similar(to: "b"), id: "s", at: time("05-30T10:00"))
    #expect(bench.names().last == "similar-found")
  }
}
