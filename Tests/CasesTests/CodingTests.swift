import Cases
import Testing
import Time

/// Commands and events as bytes and back.
struct CodingTests {
  private static let commands: [(CaseCommand, String)] = [
    (
      .open(
        CaseCommand.Open(
          submission: Values.submission, classification: Values.classification, assignment: Values.assignment)), "open"
    ),
    (.reply(CaseCommand.Reply(by: "住建局", method: .onTheSpot, text: "已修复")), "reply"),
    (
      .recordDelivery(CaseCommand.RecordDelivery(feedback: "c.4.0", channel: "sms", result: .delivered)),
      "record-delivery"
    ),
    (
      .recordDelivery(
        CaseCommand.RecordDelivery(feedback: "c.4.0", channel: "sms", result: .failed, reason: "空号")),
      "record-delivery"
    ),
    (.recordSimilar(CaseCommand.RecordSimilar(other: Values.otherCase, score: 0.83)), "record-similar"),
    (.rate(CaseCommand.Rate(satisfaction: .unsatisfied, text: "灯还是不亮")), "rate"),
    (
      .correctCategory(
        CaseCommand.CorrectCategory(by: "总站", category: "城乡建设", subcategory: "路灯", reason: "说的是路灯")),
      "correct-category"
    ),
    (
      .assign(
        CaseCommand.Assign(assignment: Values.assignment, because: .returned, event: "c.5", by: "总站", actor: actor)),
      "assign"
    ),
    (.sign(order), "sign"), (.return(order), "return"), (.raise(order), "raise"),
    (.denyExtension(order), "deny-extension"), (.pause(order), "pause"), (.resume(order), "resume"),
    (.reopen(order), "reopen"), (.close(order), "close"), (.erase(order), "erase"),
    (.disclose(order), "disclose"),
    (.refuse(CaseCommand.Refuse(by: "总站", reason: "已在诉讼中", ground: "诉讼", lead: Values.otherCase)), "refuse"),
    (.transfer(CaseCommand.Transfer(by: "住建局", actor: actor, reason: "属水务", to: "d-2")), "transfer"),
    (.coHandle(CaseCommand.CoHandle(by: "住建局", reason: "管线", with: ["d-2", "s-3"])), "co-handle"),
    (.escalate(CaseCommand.Escalate(by: "总站", reason: "超出县权", to: "dep-1", level: "city")), "escalate"),
    (.supervise(CaseCommand.Supervise(by: "督办室", reason: "反映强烈", leader: "张副主任")), "supervise"),
    (.grantSupervision(CaseCommand.GrantSupervision(event: "c.7", number: 3, of: 20)), "grant-supervision"),
    (.requestExtension(CaseCommand.RequestExtension(by: "住建局", reason: "等材料", workingDays: 5)), "request-extension"),
    (.extend(CaseCommand.Extend(by: "督办室", workingDays: 5)), "extend"),
    (.merge(CaseCommand.Merge(by: "总站", reason: "同一盏灯", into: Values.otherCase)), "merge"),
    (.unmerge(CaseCommand.Unmerge(by: "总站", from: Values.otherCase)), "unmerge"),
    (.recordMerged(CaseCommand.RecordMerged(other: Values.otherCase)), "record-merged"),
    (.recordUnmerged(CaseCommand.RecordMerged(other: Values.otherCase)), "record-unmerged"),
    (.review(CaseCommand.Review(by: "督办室", upheld: false, text: "灯又坏了")), "review"),
  ]

  private static let actor = Actor(role: .department, id: "d-1")
  private static let order = CaseCommand.Order(by: "住建局", actor: actor, reason: "因为")

  @Test func `every command is the same after encoding and decoding, in the same bytes`() throws {
    for (command, name) in Self.commands {
      #expect(command.type == "cn.huiyin.case.\(name).v1")
      #expect(CaseCommand.types.contains(command.type))
      let back = try CaseCommand(type: command.type, data: command.data)
      #expect(back == command)
      #expect(back.data == command.data)
    }
    #expect(CaseCommand.types.count == Set(Self.commands.map(\.1)).count)
  }

  @Test func `every event is the same after encoding and decoding, in the same bytes`() throws {
    for (event, name) in Values.events {
      #expect(event.name == name)
      #expect(event.type == "cn.huiyin.case.\(name).v1")
      #expect(CaseEvent.name(of: event.type) == name)
      let back = try CaseEvent(type: event.type, data: event.data)
      #expect(back == event)
      #expect(back.data == event.data)
    }
    #expect(Set(Values.events.map(\.1)) == Set(CaseEvent.Name.allCases.map(\.rawValue)))
  }

  @Test func `the bytes are those of the contract`() {
    let reply = CaseCommand.reply(CaseCommand.Reply(by: "住建局", method: .onTheSpot, text: "见 https://x/y"))
    #expect(text(reply.data) == #"{"by":"住建局","method":"on-the-spot","text":"见 https://x/y"}"#)
    #expect(
      text(CaseEvent.overdue(Values.deadlineEvent).data)
        == #"{"due":"2026-06-10","firedAt":"2026-06-11T00:00:05+08:00","generation":1,"lateBy":5}"#)
    #expect(
      text(CaseEvent.deadlineChanged(CaseEvent.DeadlineChanged(from: Values.deadline, to: Values.deadline)).data)
        .hasPrefix(
          #"{"from":{"calendar":"cn-1","due":"2026-06-10","expires":"2026-06-11T00:00:00+08:00","generation":1,"#
            + #""policy":"reply-1","provisional":false,"workingDays":7},"to":{"#))
    #expect(text(CaseEvent.closed(CaseEvent.Closed(outcome: .unreachable)).data) == #"{"outcome":"unreachable"}"#)
  }

  @Test func `a similar case is named with its score`() throws {
    let command = CaseCommand.recordSimilar(CaseCommand.RecordSimilar(other: Values.otherCase, score: 0.83))
    #expect(text(command.data) == #"{"other":"c-2","score":0.83}"#)
    let found = CaseEvent.similarFound(CaseEvent.SimilarFound(other: Values.otherCase, score: 0.83))
    #expect(text(found.data) == #"{"other":"c-2","score":0.83}"#)
    for (score, reason) in [("1.01", "data.score is not 0 to 1"), ("-0.1", "data.score is not 0 to 1")] {
      #expect(throws: Malformed(reason)) {
        try CaseCommand(type: command.type, data: Array(#"{"other":"c-2","score":\#(score)}"#.utf8))
      }
    }
  }

  @Test func `a time keeps the form in which it was given`() throws {
    var submission = Values.submission
    submission.received = try #require(GivenTime("2026-06-01 02:00:00.5Z"))
    let event = CaseEvent.supplemented(submission)
    #expect(try CaseEvent(type: event.type, data: event.data) == event)
    #expect(text(event.data).contains(#""received":"2026-06-01 02:00:00.5Z""#))
  }

  @Test(arguments: [
    ("reply", #"{"by":"a","method":"phone","text":" "}"#, "data.text is empty"),
    ("return", #"{"by":"a"}"#, "data.reason is empty"), ("sign", #"{"by":""}"#, "data.by is empty"),
    ("transfer", #"{"by":"a","reason":"b","to":""}"#, "data.to is empty"),
    ("co-handle", #"{"by":"a","with":[]}"#, "data.with is empty"),
    ("escalate", #"{"by":"a","reason":" "}"#, "data.reason is empty"),
    ("supervise", #"{"by":"a","leader":""}"#, "data.leader is empty"),
    ("request-extension", #"{"by":"a","reason":"b","workingDays":0}"#, "data.workingDays is not 1 or more"),
    ("extend", #"{"by":"a","workingDays":-1}"#, "data.workingDays is not 1 or more"),
    ("merge", #"{"by":"a","into":"no case"}"#, "data.into is not a case id"),
    ("refuse", #"{"by":"a","reason":""}"#, "data.reason is empty"),
    (
      "assign",
      #"{"assignment":{"owner":{"id":" ","kind":"station","name":"n"},"reason":"r","directory":"d"},"because":"decided"}"#,
      "data.assignment.owner.id is empty"
    ),
  ])
  func `a command that says too little is named with the field`(name: String, data: String, reason: String) {
    #expect(throws: Malformed(reason)) {
      try CaseCommand(type: "cn.huiyin.case.\(name).v1", data: Array(data.utf8))
    }
  }

  @Test(arguments: ["", "reply", "cn.huiyin.case.replied.v1", "cn.huiyin.case.reply.v2", "cn.huiyin.case..v1"])
  func `another type is not a command`(type: String) {
    #expect(throws: Malformed("unknown type of command")) { try CaseCommand(type: type, data: Array("{}".utf8)) }
  }

  @Test(arguments: ["", "opened", "cn.huiyin.case.open.v1", "cn.huiyin.case.opened.v2", "cn.huiyin.case..v1"])
  func `another type is not an event`(type: String) {
    #expect(throws: Malformed("unknown type of event")) { try CaseEvent(type: type, data: Array("{}".utf8)) }
  }

  @Test(arguments: [
    ("cn.huiyin.case.replied.v1", "replied"), ("cn.huiyin.case.overdue-withdrawn.v1", "overdue-withdrawn"),
    ("cn.huiyin.case.v1", nil), ("cn.huiyin.case..v1", nil), ("cn.huiyin.case.replied", nil),
    ("cn.huiyin.opinion.submitted.v1", nil),
  ])
  func `the name within a type is found, or none`(type: String, name: String?) {
    #expect(CaseEvent.name(of: type) == name)
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
