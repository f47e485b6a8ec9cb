import CaseStories
import Cases
import EventLog
import HTTPTypes
import HTTPValues
import Streams
import Testing
import Time

struct LetterTests {
  static func letter(
    topic: String = Topics.commands, parked: Bool = true, status: DeadLetter.Status = .open, retries: Int = 0
  ) throws -> DeadLetter {
    let record = Record(
      key: Array("of-deputy".utf8), value: Array(#"{"phone":"13900000000"}"#.utf8),
      headers: [Header("ce_type", "cn.huiyin.case.reply.v1"), Header("x-caller", "13900000000")])
    let stored = StoredRecord(
      partition: TopicPartition(topic, 0), offset: 7, timestamp: try moment("2026-10-14T08:00:00+08:00"), record: record
    )
    return DeadLetter(
      stored, stage: "track", reason: "the case <b>is gone</b>", failedAt: try moment("2026-10-14T08:00:01+08:00"),
      retries: retries, parked: parked, status: status)
  }

  @Test func `the list and a letter say where it came from and why, and nothing that it holds`() async throws {
    let hall = try Hall()
    try hall.bury(Self.letter())
    for path in ["/dead-letters", "/dead-letters/commands/0/7", "/dead-letters/commands/0/7/retry"] {
      let page = try await hall.page(path, as: "root")
      for words in ["commands/0/7", "track", "the case &lt;b&gt;is gone&lt;/b&gt;"] { #expect(page.contains(words)) }
      #expect(!page.contains("13900000000"), "\(path)")
    }
    let page = try await hall.page("/dead-letters/commands/0/7", as: "root")
    for words in ["23 字节", "cn.huiyin.case.reply.v1", "x-caller", "0 / 3", "2026-10-14 08:00"] {
      #expect(page.contains(words), "\(words)")
    }
    #expect(try await hall.page("/dead-letters", as: "root").contains("等待处置：1 条"))
  }

  @Test(arguments: [("retry", "retry"), ("drop", "drop")])
  func `a parked letter is settled by its worker, told by a control record, and the log says who told it`(
    verb: String, told: String
  ) async throws {
    let hall = try Hall()
    try hall.bury(Self.letter())
    let address = "/dead-letters/commands/0/7/\(verb)"
    let token = try Self.token(of: try await hall.page(address, as: "root"))
    #expect(try hall.records(of: Topics.commands).isEmpty)
    let response = try #require(
      try await hall.send(address, as: "root", method: .post, form: "form=\(token)"))
    #expect(response.head.status == .seeOther)
    let location = try #require(response.head.headerFields[.location])
    #expect(location == "/dead-letters/commands/0/7?done=handed-on-\(verb)")
    #expect(try await hall.page(location, as: "root").contains("已经交给处理程序"))
    let control = try #require(try hall.records(of: Topics.commands).first?.record)
    #expect(control.header("huiyin_control") == Array(told.utf8))
    #expect(control.header("huiyin_dead_letter") == Array("commands/0/7".utf8))
    #expect(control.value == nil && control.key == Array("of-deputy".utf8))
    let line = try #require(hall.journal.lines.first { $0.contains("dead letter") })
    for words in ["letter=commands/0/7", "verb=\(verb)", "user=root"] { #expect(line.contains(words)) }
  }

  @Test func `a letter that isn't parked is sent again once`() async throws {
    let hall = try Hall()
    try hall.bury(Self.letter(parked: false))
    let address = "/dead-letters/commands/0/7/retry"
    let token = try Self.token(of: try await hall.page(address, as: "root"))
    for outcome in ["settled", "before"] {
      let response = try #require(try await hall.send(address, as: "root", method: .post, form: "form=\(token)"))
      #expect(response.head.headerFields[.location]?.hasSuffix("done=\(outcome)-retry") == true)
    }
    #expect(try hall.records(of: Topics.commands).count == 1)
    try hall.follow()
    #expect(try await hall.page("/dead-letters", as: "root").contains("没有等待处置的异常记录"))
    // Nor does the page ask for it again.
    #expect(try await hall.send(address, as: "root")?.head.status == .seeOther)
  }

  @Test(arguments: [
    (Topics.cases, DeadLetter.Status.open, 0), (Topics.commands, .quarantined, 3), (Topics.commands, .open, 3),
  ])
  func `what may not be retried can only be dropped`(
    topic: String, status: DeadLetter.Status, retries: Int
  ) async throws {
    let hall = try Hall()
    try hall.bury(Self.letter(topic: topic, parked: false, status: status, retries: retries))
    let address = "/dead-letters/\(topic)/0/7"
    let page = try await hall.page(address, as: "root")
    #expect(page.contains("href=\"\(address)/drop\"") && !page.contains("href=\"\(address)/retry\""))
    let token = try Self.token(of: try await hall.page("\(address)/drop", as: "root"))
    let response = try #require(
      try await hall.send("\(address)/retry", as: "root", method: .post, form: "form=\(token)"))
    #expect(response.head.headerFields[.location]?.hasSuffix("done=refused-retry") == true)
    #expect(try hall.records(of: topic).isEmpty)
  }

  @Test(arguments: ["", "form=", "form=guessed", "other=1"])
  func `without the form's token nothing is settled`(form: String) async throws {
    let hall = try Hall()
    try hall.bury(Self.letter())
    let response = try #require(
      try await hall.send("/dead-letters/commands/0/7/drop", as: "root", method: .post, form: form))
    #expect(response.head.status == .forbidden)
    #expect(try hall.records(of: Topics.commands).isEmpty)
  }

  @Test func `only an administrator settles, and only by POST`() async throws {
    let hall = try Hall()
    try hall.bury(Self.letter())
    let token = try Self.token(of: try await hall.page("/dead-letters/commands/0/7/drop", as: "root"))
    for user in ["zhang", "liuhe", "chengjian", "duban"] {
      let response = try #require(
        try await hall.send("/dead-letters/commands/0/7/drop", as: user, method: .post, form: "form=\(token)"))
      #expect(response.head.status == .forbidden)
    }
    #expect(try await hall.send("/dead-letters", as: "root", method: .post)?.head.status == .methodNotAllowed)
    #expect(
      try await hall.send("/dead-letters/commands/0/7/drop", as: "root", method: .put)?.head.status == .methodNotAllowed
    )
    #expect(try hall.records(of: Topics.commands).isEmpty)
  }

  private static func token(of page: String) throws -> String {
    let start = try #require(page.firstRange(of: "name=\"form\" value=\""))
    return String(page[start.upperBound...].prefix { $0 != "\"" })
  }
}
