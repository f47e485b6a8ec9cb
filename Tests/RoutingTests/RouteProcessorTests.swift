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

  @Test func `broken data are rejected by field`() throws {
    let processor = try processor()
    #expect(throws: Rejection("data is missing")) { try processor.decode(record(data: nil)) }
    #expect(throws: Rejection("data.submission is missing")) {
      try processor.decode(record(data: Array(#"{"classification":{}}"#.utf8)))
    }
  }
}
