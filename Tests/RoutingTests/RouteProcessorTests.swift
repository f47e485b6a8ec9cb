import Cases
import EventLog
import Routing
import Streams
import Testing
import Time

struct RouteProcessorTests {
  let time = Instant(milliseconds: 1_790_215_200_000)
  let opinion = ClassifiedOpinion(
    submission: Submission(
      opinion: OpinionReference(source: "/gate", id: "1"), received: GivenTime(Instant(milliseconds: 0)),
      recorded: GivenTime(Instant(milliseconds: 1)), historic: false,
      statement: Statement(Opinion(channel: "web", text: "学校补课", code: "D"))),
    classification: Classification(category: "教育文体", confidence: 0.5, why: ["补课"], version: "rules-1"))

  func processor() throws -> RouteProcessor {
    RouteProcessor(
      directory: try Directory(
        version: "7", stations: [.init(id: "county", name: "县总站", level: .county)],
        departments: [.init(id: "schools", name: "教育局", categories: ["教育文体"])]))
  }

  func record(type: String = EventTypes.opinionClassified, subject: String? = "case-1", data: [UInt8]?) -> StoredRecord
  {
    let event = CloudEvent(id: "cause", source: Sources.classify, type: type, subject: subject, data: data)
    return StoredRecord(
      partition: TopicPartition(Topics.classifications, 0), offset: 0, timestamp: time, record: event.record(key: nil))
  }

  @Test func `a classified opinion becomes the command to open its case`() throws {
    let processor = try processor()
    var state: Never?
    let input = try processor.decode(record(data: JSONData.encode(opinion)))
    let effects = processor.process(input, state: &state, at: time)
    guard case .emit(let topic, let output)? = effects.first, effects.count == 1 else {
      Issue.record("not one output")
      return
    }
    #expect(topic == Topics.commands && output.key == Array("case-1".utf8))
    let event = try CloudEvent(output)
    #expect(event.id == "cause.0" && event.source == Sources.route && event.subject == "case-1")
    #expect(event.time == opinion.submission.received)
    let command = try CaseCommand(type: event.type, data: event.data)
    let assignment = Assignment(
      owner: Owner(id: "schools", kind: .department, name: "教育局"),
      reason: "所扫的码不在名录中；属“教育文体”类，由教育局承办", directory: "7",
      supervisor: Owner(id: "county", kind: .station, name: "县总站"), next: ["county"])
    #expect(
      command
        == .open(.init(submission: opinion.submission, classification: opinion.classification, assignment: assignment)))
  }

  @Test func `another type is rejected`() throws {
    let processor = try processor()
    #expect(throws: Rejection("unknown type other on classifications")) {
      try processor.decode(record(type: "other", data: JSONData.encode(opinion)))
    }
  }

  @Test(arguments: [nil, "not a case id"])
  func `a record of no case is rejected`(subject: String?) throws {
    let processor = try processor()
    #expect(throws: Rejection("ce_subject is not a case id")) {
      try processor.decode(record(subject: subject, data: JSONData.encode(opinion)))
    }
  }

  // MARK: Cases that need another owner

  private func event(_ event: CaseEvent, type: String? = nil, data: String? = nil) -> StoredRecord {
    let time = GivenTime(Instant(milliseconds: 1_790_000_000_000))
    let envelope = CloudEvent(
      id: "case-1.7", source: Sources.track, type: type ?? event.type, subject: "case-1", time: time,
      data: data.map { Array($0.utf8) } ?? event.data)
    return StoredRecord(
      partition: TopicPartition(Topics.cases, 0), offset: 0, timestamp: self.time, record: envelope.record(key: nil))
  }

  private func commands(for record: StoredRecord) throws -> [(CloudEvent, CaseCommand)] {
    let processor = try processor()
    var state: Never?
    return try processor.process(try processor.decode(record), state: &state, at: time).map { effect in
      guard case .emit(Topics.commands, let output) = effect else { throw Rejection("not a command") }
      let event = try CloudEvent(output)
      return (event, try CaseCommand(type: event.type, data: event.data))
    }
  }

  private let schools = Owner(id: "schools", kind: .department, name: "教育局")
  private let county = Owner(id: "county", kind: .station, name: "县总站")

  @Test func `a case that is returned, transferred or escalated is assigned to the next, with the cause`() throws {
    let events: [(CaseEvent, CaseCommand.Assign.Cause, Owner)] = [
      (
        .returned(.init(by: "某", reason: "非我职权", from: schools, tried: ["schools"], next: ["county"], count: 1)),
        .returned, county
      ),
      (
        .transferred(.init(by: "某", reason: "", from: county, to: "schools", tried: ["county"], next: [])),
        .transferred, schools
      ),
      (
        .escalated(.init(step: .asked, by: "某", reason: "", from: schools, tried: ["schools"], next: ["county"])),
        .escalated, county
      ),
    ]
    for (cause, because, owner) in events {
      let commands = try commands(for: event(cause))
      guard let (envelope, command) = commands.first, case .assign(let assign) = command, commands.count == 1 else {
        Issue.record("not one command to assign for \(cause)")
        continue
      }
      #expect(envelope.id == "case-1.7.0" && envelope.source == Sources.route && envelope.subject == "case-1")
      #expect(envelope.time == GivenTime(Instant(milliseconds: 1_790_000_000_000)))
      #expect(assign.because == because && assign.event == "case-1.7" && assign.by == "某")
      #expect(assign.assignment.owner == owner && assign.assignment.directory == "7")
    }
  }

  @Test func `how often a case may be returned is the policy's`() throws {
    let processor = RouteProcessor(
      directory: try Directory(
        version: "7", stations: [.init(id: "county", name: "县总站", level: .county)],
        departments: [.init(id: "schools", name: "教育局", categories: ["教育文体"])]))
    let returned = CaseEvent.returned(
      .init(by: "某", reason: "", from: county, tried: [], next: ["schools", "county"], count: 1, limit: 1))
    var state: Never?
    let effects = processor.process(try processor.decode(event(returned)), state: &state, at: time)
    guard case .emit(_, let output)? = effects.first else {
      Issue.record("no command")
      return
    }
    #expect(String(decoding: output.value ?? [], as: UTF8.self).contains(#""id":"county""#))
  }

  @Test func `other events of a case ask for nothing, not even to be read`() throws {
    #expect(try commands(for: event(.closed(.init(outcome: .answered)))).isEmpty)
    #expect(try commands(for: event(.closed(.init(outcome: .answered)), data: "no JSON")).isEmpty)
    #expect(try commands(for: event(.closed(.init(outcome: .answered)), type: "cn.huiyin.case.new-one.v1")).isEmpty)
  }

  @Test func `a broken event that asks for an owner is rejected by field`() throws {
    let broken = event(
      .returned(.init(by: "某", reason: "", from: schools, tried: [], next: [], count: 1)), data: #"{"by":"某"}"#)
    let processor = try processor()
    #expect(throws: Rejection.self) { try processor.decode(broken) }
  }

  @Test func `broken data are rejected by field`() throws {
    let processor = try processor()
    #expect(throws: Rejection("data is missing")) { try processor.decode(record(data: nil)) }
    #expect(throws: Rejection("data.submission is missing")) {
      try processor.decode(record(data: Array(#"{"classification":{}}"#.utf8)))
    }
  }
}
