import Foundation
import Testing

@Suite struct `Replaying a file` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private static func opinion(_ id: String, _ time: String, subject: Bool = true) -> String {
    let subject = subject ? #""subject":"\#(id)","# : ""
    return #"{"specversion":"1.0","id":"\#(id)","source":"/test",\#(subject)"type":"cn.huiyin.opinion.submitted.v1","#
      + #""time":"\#(time)","data":{"channel":"web","title":"路灯","text":"路灯坏了","citizen":{"anonymous":true}}}"#
  }

  private static func reply(_ id: String, _ time: String) -> String {
    #"{"specversion":"1.0","id":"\#(id)-reply","source":"/test","subject":"\#(id)","#
      + #""type":"cn.huiyin.case.reply.v1","time":"\#(time)","data":{"by":"城管局","method":"phone","text":"已修好"}}"#
  }

  private func replay(_ lines: [String], _ more: String...) throws -> (Executables.Result, [RealMessages.Facts]) {
    let input = try folder.write(lines.joined(separator: "\n") + "\n", to: "in.jsonl")
    let report = folder.path("report.jsonl")
    let result = try Executables.run("huiyin", ["replay", "--input", input, "--report", report] + more)
    return (result, result.status == 0 ? try RealMessages.facts(report) : [])
  }

  @Test func `tells when each case was due and whether it was overdue`() throws {
    let (result, facts) = try replay([
      Self.opinion("in-time", "2026-09-24T10:00:00+08:00"), Self.reply("in-time", "2026-10-12T23:59:59+08:00"),
      Self.opinion("late", "2026-09-24T10:00:00+08:00"), Self.reply("late", "2026-10-13T00:00:00+08:00"),
      Self.opinion("saturday", "2026-02-14T09:00:00+08:00"),
      Self.opinion("silent", "2026-02-13T09:00:00+08:00"),
    ])
    #expect(result.status == 0, "\(result.errors)")
    #expect(facts.map(\.case) == ["in-time", "late", "saturday", "silent"])
    #expect(facts.map(\.due) == ["2026-10-12", "2026-10-12", "2026-03-03", "2026-03-02"])
    #expect(facts.map(\.workingDays) == [7, 8, nil, nil])
    #expect(facts.map(\.overdue) == [false, true, true, true])
  }

  @Test func `ends at the last record, or where it is told to`() throws {
    let lines = [Self.opinion("silent", "2026-02-13T09:00:00+08:00")]
    #expect(try replay(lines).1.map(\.overdue) == [false])
    #expect(try replay(lines, "--until", "2026-03-02T23:59:59+08:00").1.map(\.overdue) == [false])
    #expect(try replay(lines, "--until", "2026-03-03T00:00:00+08:00").1.map(\.overdue) == [true])
  }

  @Test func `sorts its input by time, whatever the order of the lines`() throws {
    let lines = [
      Self.reply("one", "2026-03-04T09:00:00+08:00"), Self.opinion("two", "2026-03-02T09:00:00+08:00"),
      Self.opinion("one", "2026-03-03T09:00:00+08:00"),
    ]
    let (result, facts) = try replay(lines)
    #expect(result.status == 0)
    #expect(facts.map(\.replied) == ["2026-03-04T09:00:00+08:00", nil])
  }

  @Test func `keeps its log on request, which says the same as its report`() throws {
    let kept = folder.path("kept.sqlite")
    let (result, facts) = try replay(
      [
        Self.opinion("one", "2026-03-02T09:00:00+08:00"), Self.reply("one", "2026-03-20T09:00:00+08:00"),
        Self.opinion("two", "2026-03-03T09:00:00+08:00", subject: false),
      ], "--keep-log", kept)
    #expect(result.status == 0, "\(result.errors)")
    let export = try Executables.huiyin("export", "--log", "sqlite:\(kept)", "--topic", "cases")
    #expect(export.status == 0, "\(export.errors)")
    let overdue = export.output.split(separator: "\n").filter { $0.contains("cn.huiyin.case.overdue.v1") }
    #expect(overdue.count == facts.count { $0.overdue })
    let verify = try Executables.huiyin("verify", "--log", "sqlite:\(kept)")
    #expect(verify.status == 0, "\(verify.output)\(verify.errors)")
    #expect(
      try Executables.huiyin(
        "replay", "--input", folder.path("in.jsonl"), "--report", folder.path("r"), "--keep-log", kept
      ).status != 0)
  }

  @Test func `names file and line of every bad line, and does nothing`() throws {
    let (result, _) = try replay([
      Self.opinion("good", "2026-03-02T09:00:00+08:00"),
      "not json",
      #"{"specversion":"1.0","id":"a","source":"/test","type":"cn.huiyin.unheard.of.v1","time":"2026-03-02T09:00:00Z"}"#,
      #"{"specversion":"1.0","id":"a","source":"/test","type":"cn.huiyin.opinion.submitted.v1","time":"yesterday"}"#,
      Self.opinion("typed", "2026-03-02T09:00:00+08:00").replacingOccurrences(
        of: #""text":"路灯坏了""#, with: #""text":7"#),
      Self.opinion("untimed", "2026-03-02T09:00:00+08:00").replacingOccurrences(
        of: #""time":"2026-03-02T09:00:00+08:00","#, with: ""),
    ])
    #expect(result.status == 1)
    for line in 2...6 { #expect(result.errors.contains("in.jsonl:\(line): "), "line \(line)") }
    #expect(result.errors.contains("data.text is not text"))
    #expect(!result.errors.contains("in.jsonl:1:"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("report.jsonl")))
  }

  @Test(.enabled(if: RealMessages.areThere(for: "replay of 1,079 real messages")))
  func `of real messages agrees with an independent calendar, byte for byte from run to run`() throws {
    let reports = try ["first", "second"].map { name in
      let report = folder.path(name)
      let result = try Executables.huiyin("replay", "--input", RealMessages.events, "--report", report)
      #expect(result.status == 0, "\(result.errors)")
      return report
    }
    #expect(try RealMessages.facts(reports[0]) == RealMessages.expected())
    #expect(FileManager.default.contentsEqual(atPath: reports[0], andPath: reports[1]))
  }
}
