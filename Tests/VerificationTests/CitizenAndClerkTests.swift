import Cases
import SQLiteLog
import Streams
import Testing
import Time
import Verification

/// That what citizens and clerks say of a case comes to something.
struct CitizenAndClerkTests {
  private func command(_ command: CaseCommand, _ caseID: String, id: String) throws -> CloudEvent {
    CloudEvent(
      id: id, source: "/desk", type: command.type, subject: caseID,
      time: try Story.time("2026-03-18T12:00:00+08:00"), data: command.data)
  }

  private func story() throws -> [CloudEvent] {
    let correction = CaseCommand.correctCategory(CaseCommand.CorrectCategory(by: "总站", category: "民政"))
    let rating = CaseCommand.rate(CaseCommand.Rate(satisfaction: .satisfied))
    return try Story.events() + [
      try command(correction, "waiting", id: "w1"), try command(correction, "answered", id: "a1"),
      try command(rating, "waiting", id: "w2"), try command(rating, "answered", id: "a2"),
      try command(rating, "answered", id: "a3"),
    ]
  }

  @Test func `a log with ratings and corrections is clean, those refused and those after closing included`() throws {
    try Story.replay(try story()) { log in
      #expect(try Verifier(log, calendar: .builtIn).run().violations == [])
      let told = try Contents(of: log).entries.filter { $0.topic == "cases" }.compactMap { $0.envelope?.type }
      #expect(told.filter { $0 == "cn.huiyin.case.rated.v1" }.count == 1)
      #expect(told.filter { $0 == "cn.huiyin.case.refused-command.v1" }.count >= 2)
    }
  }

  @Test(arguments: [("waiting", "classified"), ("answered", "rated")])
  func `one that track swallowed is told`(caseID: String, event: String) throws {
    try Story.replay(try story()) { log in
      var contents = try Contents(of: log)
      let last = try #require(
        contents.entries.lastIndex {
          $0.topic == "cases" && $0.key == caseID && $0.envelope?.type == "cn.huiyin.case.\(event).v1"
        })
      contents.entries.remove(at: last)
      let violations = try Verifier(try contents.log(), calendar: .builtIn).run().violations
      #expect(violations.map(\.sentence).contains("track took this command in, and nothing came of it"))
    }
  }
}
