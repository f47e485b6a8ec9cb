import Foundation
import Testing

/// `huiyin replay --compare`: what another policy would have changed.
@Suite struct `Replaying under two policies` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private struct Judgement: Codable, Equatable {
    var due: String
    var expires: String
    var overdue: Bool
  }

  private struct Change: Codable {
    var `case`: String
    var received: String
    var replied: String?
    var workingDays: Int?
    var a: Judgement
    var b: Judgement
  }

  private struct Summary: Codable, Equatable {
    struct Side: Codable, Equatable {
      var policy: String
      var overdue: Int
    }

    var a: Side
    var b: Side
    var cases: Int
    var moved: Int
    var earlier: Int
    var later: Int
    var newlyOverdue: Int
    var noLongerOverdue: Int
  }

  /// Received on Thursday 2026-09-24, before Mid-Autumn and the National Day, and on Monday 2026-06-01.
  private static let input = [
    opinion("autumn-slow", "2026-09-24T10:00:00+08:00"), reply("autumn-slow", "2026-10-10T09:00:00+08:00"),
    opinion("autumn-soon", "2026-09-24T10:00:00+08:00"), reply("autumn-soon", "2026-09-28T09:00:00+08:00"),
    opinion("june-late", "2026-06-01T10:00:00+08:00"), reply("june-late", "2026-06-11T09:00:00+08:00"),
    opinion("june-fifth", "2026-06-01T10:00:00+08:00"), reply("june-fifth", "2026-06-08T20:00:00+08:00"),
  ]

  private static func opinion(_ id: String, _ time: String) -> String {
    #"{"specversion":"1.0","id":"\#(id)","source":"/test","subject":"\#(id)","#
      + #""type":"cn.huiyin.opinion.submitted.v1","time":"\#(time)","#
      + #""data":{"channel":"web","title":"路灯","text":"路灯坏了","citizen":{"anonymous":true}}}"#
  }

  private static func reply(_ id: String, _ time: String) -> String {
    #"{"specversion":"1.0","id":"\#(id)-reply","source":"/test","subject":"\#(id)","#
      + #""type":"cn.huiyin.case.reply.v1","time":"\#(time)","data":{"by":"城管局","method":"phone","text":"已修好"}}"#
  }

  private func policy(_ version: String, _ reply: String) throws -> String {
    try folder.write("version: \(version)\nreply: \(reply)\n", to: "\(version).yaml")
  }

  private func compare(_ arguments: [String], input: String? = nil) throws -> ([Change], Summary) {
    let input = try input ?? folder.write(Self.input.joined(separator: "\n") + "\n", to: "in.jsonl")
    let result = try Executables.run("huiyin", ["replay", "--input", input] + arguments)
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n").map { Data($0.utf8) }
    let changes = try lines.dropLast().map { try JSONDecoder().decode(Change.self, from: $0) }
    let summary = try JSONDecoder().decode([String: Summary].self, from: try #require(lines.last))
    return (changes, try #require(summary["summary"]))
  }

  @Test func `five working days would have made late what seven did not`() throws {
    let (changes, summary) = try compare(["--compare", policy("five", "5 working days")])
    #expect(changes.map(\.case) == ["autumn-slow", "autumn-soon", "june-fifth", "june-late"])
    #expect(changes.map(\.a.due) == ["2026-10-12", "2026-10-12", "2026-06-10", "2026-06-10"])
    #expect(changes.map(\.b.due) == ["2026-10-09", "2026-10-09", "2026-06-08", "2026-06-08"])
    #expect(changes.map(\.a.overdue) == [false, false, false, true])
    #expect(changes.map(\.b.overdue) == [true, false, false, true])
    #expect(changes.map(\.workingDays) == [6, 1, 5, 8])
    #expect(changes.first?.replied == "2026-10-10T09:00:00+08:00")
    #expect(changes.first?.b.expires == "2026-10-10T00:00:00+08:00")
    #expect(
      summary
        == Summary(
          a: .init(policy: "reply-1", overdue: 1), b: .init(policy: "five", overdue: 2), cases: 4, moved: 4, earlier: 4,
          later: 0, newlyOverdue: 1, noLongerOverdue: 0))
  }

  @Test func `seven days of the calendar are over while the offices are closed, and end when they open`() throws {
    let (changes, summary) = try compare(["--compare", policy("week", "7 days")])
    #expect(changes.map(\.b.due) == ["2026-10-08", "2026-10-08", "2026-06-08", "2026-06-08"])
    #expect(changes.map(\.b.overdue) == [true, false, false, true])
    #expect((summary.earlier, summary.later, summary.newlyOverdue) == (4, 0, 1))
  }

  @Test func `hours are compared by the moment`() throws {
    let (changes, summary) = try compare([
      "--policy", policy("day", "24 hours"), "--compare", policy("two-days", "48 hours"),
    ])
    #expect(changes.map(\.a.expires).first == "2026-09-25T10:00:00+08:00")
    #expect(changes.map(\.b.expires).first == "2026-09-26T10:00:00+08:00")
    #expect((summary.cases, summary.moved, summary.later, summary.a.overdue, summary.b.overdue) == (4, 4, 4, 4, 4))
  }

  @Test func `a longer term than --policy has clears what was late`() throws {
    let (changes, summary) = try compare([
      "--policy", policy("five", "5 working days"), "--compare", policy("ten", "10 working days"),
    ])
    #expect(changes.count == 4)
    #expect((summary.a.overdue, summary.b.overdue, summary.noLongerOverdue, summary.later) == (2, 0, 2, 4))
  }

  @Test func `the same policy changes nothing, and --report is of the first`() throws {
    let report = folder.path("report.jsonl")
    let path = try policy("five", "5 working days")
    let (changes, summary) = try compare(["--policy", path, "--compare", path, "--report", report])
    #expect(changes.isEmpty)
    #expect((summary.cases, summary.moved) == (4, 0))
    #expect(try RealMessages.facts(report).map(\.due) == ["2026-10-09", "2026-10-09", "2026-06-08", "2026-06-08"])
  }

  @Test func `faults are named by option, file and line, and without report or comparison there is nothing to do`()
    throws
  {
    let input = try folder.write(Self.input[0] + "\n", to: "in.jsonl")
    let bad = try folder.write("version: x\nreply: soon\n", to: "bad.yaml")
    for option in ["--policy", "--compare"] {
      let result = try Executables.huiyin("replay", "--input", input, "--report", folder.path("r"), option, bad)
      #expect(result.status == 1)
      #expect(
        result.errors.contains("\(option): ") && result.errors.contains("bad.yaml:2: reply must be"), "\(result.errors)"
      )
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("r")))
    #expect(try Executables.huiyin("replay", "--input", input).status != 0)
  }

  @Test(.enabled(if: RealMessages.areThere(for: "1,079 real messages under other policies")))
  func `real messages would have been judged as their own times say`() throws {
    let expected = try RealMessages.expected()
    let (changes, five) = try compare(["--compare", policy("five", "5 working days")], input: RealMessages.events)
    print("5 working days: \(five)")
    #expect(five.cases == expected.count)
    #expect(five.a.overdue == expected.count { $0.overdue })
    #expect(five.b.overdue == five.a.overdue + five.newlyOverdue - five.noLongerOverdue)
    #expect(five.noLongerOverdue == 0 && five.later == 0 && five.earlier == five.cases)
    #expect(changes.count == five.cases)
    // Who replied on the sixth or seventh working day would have been late; who did by the fifth would not.
    for change in changes {
      if let days = change.workingDays, days > 5 { #expect(change.b.overdue, "\(change.case)") }
      if let days = change.workingDays, days < 5 { #expect(!change.b.overdue, "\(change.case)") }
      #expect(change.b.due < change.a.due)
    }
    let (_, week) = try compare(["--compare", policy("week", "7 days")], input: RealMessages.events)
    print("7 days: \(week)")
    #expect(week.cases == expected.count && week.a == five.a)
  }
}
