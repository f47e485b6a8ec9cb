import EventLog
import Foundation
import ReferenceJob
import Streams
import Synchronization
import Testing
import Time

struct ReferenceProcessorTests {
  private struct Line: Decodable, Equatable {
    var `case`: String
    var count: Int
    var lastSeq: Int
    var title: String
    var time: String
  }

  private let reports = Reports()

  private func process(_ key: String?, _ value: String?, _ state: inout CaseTally?) throws -> [Effect] {
    let processor = ReferenceProcessor(name: "job", input: "in", output: "out", changelog: "kept") {
      [reports] _, reason in reports.add(reason)
    }
    #expect(processor.changelog == "kept")
    let record = StoredRecord(
      partition: TopicPartition("in", 0), offset: 7, timestamp: Instant(milliseconds: 0),
      record: Record(key: key.map { Array($0.utf8) }, value: value.map { Array($0.utf8) }))
    return try processor.process(processor.decode(record), state: &state, at: Instant(milliseconds: 0))
  }

  private func line(_ effects: [Effect]) throws -> Line {
    let record = try #require(
      effects.lazy.compactMap { effect in
        if case .emit("out", let record) = effect { record } else { nil }
      }.first)
    #expect(effects.count == 1)
    return try JSONDecoder().decode(Line.self, from: Data(record.value ?? []))
  }

  @Test func `records of a case are counted, and the last one is told of`() throws {
    var state: CaseTally?
    _ = try process("c", #"{"seq":3,"title":"a","time":"t1"}"#, &state)
    let effects = try process("c", #"{"seq":9,"title":"路\"灯\"\n","time":"t2"}"#, &state)
    #expect(try line(effects) == Line(case: "c", count: 2, lastSeq: 9, title: "路\"灯\"\n", time: "t2"))
    #expect(try state.map { try CaseTally(stored: $0.stored()) } == state)
    #expect(state?.count == 2 && state?.lastSeq == 9)
  }

  @Test func `any key makes valid JSON`() throws {
    var state: CaseTally?
    let key = "a\"b\\c\u{1}\n路"
    #expect(try line(process(key, #"{"seq":1,"title":"","time":"t"}"#, &state)).case == key)
  }

  @Test(
    arguments: [("c", nil), (nil, #"{"seq":1,"title":"","time":"t"}"#), ("c", "{"), ("c", "")] as [(String?, String?)])
  func `what can't be read changes nothing, and is told of`(key: String?, value: String?) throws {
    var state: CaseTally? = CaseTally(count: 1, lastSeq: 2, lastTime: Array("3".utf8)[...])
    let before = state
    let effects = try process(key, value, &state)
    #expect(effects == [.count(Counted("reference_unreadable"))])
    #expect(state == before)
    #expect(reports.all.count == 1)
  }

  @Test func `a state that was not written by this job is refused`() {
    for text in ["", "{}", #"{"count":1,"lastSeq":2}"#, #"{"count":"1","lastSeq":2,"lastTime":3}"#] {
      #expect(throws: (any Error).self) { _ = try CaseTally(stored: Array(text.utf8)) }
    }
  }
}

private final class Reports: Sendable {
  private let reasons = Mutex<[String]>([])
  var all: [String] { reasons.withLock { $0 } }
  func add(_ reason: String) { reasons.withLock { $0.append(reason) } }
}
