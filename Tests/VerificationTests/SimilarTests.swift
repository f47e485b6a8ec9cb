import Cases
import SQLiteLog
import Streams
import Testing
import Time
import Verification

/// That what track is told of similar cases comes to something.
struct SimilarTests {
  private func similar(_ caseID: String, to other: String, id: String? = nil) throws -> CloudEvent {
    let other = CaseID(opinion: OpinionReference(source: "", id: ""), subject: other)
    let command = CaseCommand.recordSimilar(CaseCommand.RecordSimilar(other: other, score: 0.8))
    return CloudEvent(
      id: id ?? "\(caseID).similar.\(other)", source: Sources.similarity, type: command.type, subject: caseID,
      time: try Story.time("2026-03-18T12:00:00+08:00"), data: command.data)
  }

  private func verify(_ log: SQLiteLog) throws -> VerificationReport {
    try Verifier(log, calendar: .builtIn).run()
  }

  @Test func `a log with similar cases is clean, copies and those left out included`() throws {
    var events = try Story.events()
    for number in 1...25 { events.append(try similar("waiting", to: "s\(number)")) }
    events.append(try similar("waiting", to: "s1"))
    events.append(try similar("waiting", to: "s2", id: "again"))
    events.append(try similar("answered", to: "silent"))
    try Story.replay(events) { log in
      #expect(try verify(log).violations == [])
      let told = try Contents(of: log).entries.filter { $0.topic == "cases" && $0.key == "waiting" }
        .filter { $0.envelope?.type == "cn.huiyin.case.similar-found.v1" }
      #expect(told.count == CaseCommand.RecordSimilar.maximum)
    }
  }

  @Test func `a finding that track swallowed is told`() throws {
    try Story.replay(try Story.events() + [try similar("waiting", to: "silent")]) { log in
      var contents = try Contents(of: log)
      let refusal = CaseEvent.RefusedCommand(
        command: OpinionReference(source: "//test", id: "none"), type: "t", reason: "r")
      try contents.replace(try contents.index("cases", "waiting", "similar-found"), by: .refusedCommand(refusal))
      let violations = try verify(try contents.log()).violations
      #expect(violations.map(\.caseID) == ["waiting"])
      #expect(violations.map(\.sentence) == ["track took this command in, and nothing came of it"])
    }
  }
}
