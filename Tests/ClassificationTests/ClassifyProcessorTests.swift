import Cases
import Classification
import EventLog
import Reading
import Streams
import Testing
import Time

struct ClassifyProcessorTests {
  let processor: ClassifyProcessor
  let recorded = Instant(milliseconds: 1_790_215_200_000)  // 2026-09-24T10:00:00+08:00

  init() throws {
    processor = ClassifyProcessor(
      classifier: try Shipped.classifier(), reader: TextReader(directory: .builtIn))
  }

  func record(
    _ data: String?, id: String = "1", subject: String? = "case-1", time: String? = "2026-09-24T09:59:00+08:00",
    type: String = EventTypes.opinionSubmitted, extensions: [String: String] = [:]
  ) -> StoredRecord {
    let event = CloudEvent(
      id: id, source: "/gate", type: type, subject: subject, time: time.flatMap { GivenTime($0) },
      extensions: extensions, data: data.map { Array($0.utf8) })
    return stored(event.record(key: nil))
  }

  func stored(_ record: Record) -> StoredRecord {
    StoredRecord(partition: TopicPartition(Topics.opinions, 0), offset: 0, timestamp: recorded, record: record)
  }

  let opinion = #"{"channel":"web","text":"路灯不亮","citizen":{"anonymous":true}}"#
  let signed = #"{"channel":"web","text":"路灯不亮","citizen":{"name":"林某","phone":"000","anonymous":false},"new":1}"#

  func process(_ record: StoredRecord) throws -> [(topic: String, event: CloudEvent, key: [UInt8]?)] {
    var state: Never?
    return try processor.process(processor.decode(record), state: &state, at: recorded).map { effect in
      guard case .emit(let topic, let record) = effect else { throw Rejection("not an output") }
      return (topic, try CloudEvent(record), record.key)
    }
  }

  func submission(_ record: StoredRecord) throws -> Submission {
    try processor.decode(record).submission
  }

  @Test func `places are read by the directory that was heard`() throws {
    let directory = try Directory(
      version: "heard",
      stations: [
        .init(id: "county", name: "县总站", level: .county),
        .init(id: "liu", name: "柳河镇站", level: .township, parent: "county", region: "柳河镇"),
      ])
    let informed = try processor.hearing(Broadcast(Topics.directory, directory.records))
    let text = #"{"channel":"web","text":"柳河镇的路灯不亮","citizen":{"anonymous":true}}"#
    func reading(_ processor: ClassifyProcessor) throws -> TextReading? {
      var state: Never?
      let effects = processor.process(try processor.decode(record(text)), state: &state, at: recorded)
      guard case .emit(_, let output)? = effects.first else { return nil }
      return try JSONData.decode(ClassifiedOpinion.self, from: CloudEvent(output).data).classification.reading
    }
    #expect(try reading(processor)?.region == nil)
    #expect(try reading(informed)?.region == "liu")
    #expect(try reading(informed)?.version.hasSuffix("+heard") == true)
    #expect(throws: Rejection.self) { try processor.hearing(Broadcast(Topics.directory, [:])) }
  }

  @Test func `an opinion becomes a classification under its case`() throws {
    let outputs = try process(record(opinion))
    #expect(outputs.map(\.topic) == [Topics.classifications])
    let output = try #require(outputs.first)
    let digest = OpinionReference(source: "/gate", id: "1").digest
    #expect(output.key == Array("case-1".utf8))
    #expect(output.event.id == digest + ".0" && output.event.source == Sources.classify)
    #expect(output.event.type == EventTypes.opinionClassified && output.event.subject == "case-1")
    #expect(output.event.time?.text == "2026-09-24T09:59:00+08:00")
    let classified = try JSONData.decode(ClassifiedOpinion.self, from: output.event.data)
    #expect(classified.classification.category == "城乡建设")
    #expect(classified.submission.opinion == OpinionReference(source: "/gate", id: "1"))
    #expect(classified.submission.recorded.text == "2026-09-24T10:00:00+08:00")
    #expect(!classified.submission.historic)
  }

  @Test(arguments: [("valid", "民政", "code"), ("revoked", "城乡建设", "model")])
  func `a valid code's category decides, that of another doesn't`(
    standing: String, category: String, by: String
  ) throws {
    let scan = #""code":"S1ABC","scan":{"standing":"\#(standing)","kind":"station","holder":"x","category":"民政"}"#
    let data = #"{"channel":"web","text":"路灯不亮","citizen":{"anonymous":true},\#(scan)}"#
    let output = try #require(try process(record(data)).first)
    let classified = try JSONData.decode(ClassifiedOpinion.self, from: output.event.data)
    #expect(classified.classification.category == category)
    #expect(classified.classification.by?.rawValue == by)
    #expect(classified.submission.statement.scan?.holder == "x")
  }

  @Test func `the person goes to the citizens topic, and nowhere else`() throws {
    let outputs = try process(record(signed))
    #expect(outputs.map(\.topic) == [Topics.classifications, Topics.citizens])
    let person = outputs[1].event
    #expect(person.id.hasSuffix(".1") && person.type == EventTypes.citizen && person.subject == "case-1")
    #expect(outputs[1].key == Array("case-1".utf8))
    #expect(
      try JSONData.decode(Citizen.self, from: person.data) == Citizen(name: "林某", phone: "000", anonymous: false))
    let matter = String(decoding: try #require(outputs[0].event.data), as: UTF8.self)
    #expect(!matter.contains("林某") && !matter.contains("000\""))
  }

  @Test func `without a subject the case is named after source and id`() throws {
    let id = try processor.decode(record(opinion, subject: nil)).id
    #expect(id == CaseID(opinion: OpinionReference(source: "/gate", id: "1"), subject: nil))
    #expect(try processor.decode(record(opinion, subject: "not a case id")).id == id)
    #expect(try processor.decode(record(opinion, id: "2", subject: nil)).id != id)
  }

  @Test func `the given time stands, as given`() throws {
    #expect(try submission(record(opinion, time: "2026-09-24t01:59:00.5Z")).received.text == "2026-09-24t01:59:00.5Z")
    #expect(try submission(record(opinion, time: "2011-04-02T18:00:54+08:00")).received.text.hasPrefix("2011"))
  }

  @Test(arguments: [nil, "2026-09-24T10:05:00.001+08:00", "2030-01-01T00:00:00Z"])
  func `a time that is missing or from the future is replaced by the log's`(time: String?) throws {
    #expect(try submission(record(opinion, time: time)).received.text == "2026-09-24T10:00:00+08:00")
  }

  @Test func `a gateway's clock may run five minutes ahead`() throws {
    let time = "2026-09-24T10:05:00+08:00"
    #expect(try submission(record(opinion, time: time)).received.text == time)
  }

  @Test func `what is carried over from before says so`() throws {
    #expect(try submission(record(opinion, extensions: ["historic": "true"])).historic)
    #expect(try !submission(record(opinion, extensions: ["historic": "false"])).historic)
  }

  @Test func `structured mode says the same`() throws {
    let binary = record(signed, extensions: ["historic": "true"])
    let structured = Record(
      key: nil, value: try CloudEvent(binary.record).jsonLine,
      headers: [Header("content-type", "application/cloudevents+json; charset=UTF-8")])
    #expect(try processor.decode(stored(structured)) == processor.decode(binary))
  }

  @Test(arguments: [
    (nil, "data is missing"), ("{", "data is not JSON"), ("[]", "data is not an object"),
    (#"{"channel":"web","citizen":{"anonymous":true}}"#, "data.text is missing"),
    (#"{"channel":"web","text":7,"citizen":{"anonymous":true}}"#, "data.text is not text"),
    (#"{"channel":"web","text":" ","citizen":{"anonymous":true}}"#, "data.text is empty"),
    (
      #"{"channel":"WEB","text":"x","citizen":{"anonymous":true}}"#,
      "data.channel is not 1 to 32 of a–z, 0–9 and hyphen"
    ),
    (#"{"channel":"web","text":"x","citizen":{}}"#, "data.citizen.anonymous is missing"),
    (#"{"channel":"web","text":"x"}"#, "data.citizen is missing"),
  ])
  func `broken data are rejected by field`(data: String?, reason: String) {
    #expect(throws: Rejection(reason)) { try processor.decode(record(data)) }
  }

  @Test func `another type is rejected`() {
    #expect(throws: Rejection("unknown type cn.huiyin.case.reply.v1 on opinions")) {
      try processor.decode(record(opinion, type: "cn.huiyin.case.reply.v1"))
    }
  }

  @Test func `an oversized opinion is rejected`() {
    let text = String(repeating: "x", count: Opinion.maximumSize)
    #expect(throws: Rejection.self) {
      try processor.decode(record(#"{"channel":"web","text":"\#(text)","citizen":{"anonymous":true}}"#))
    }
  }

  @Test func `the same record gives the same bytes`() throws {
    var state: Never?
    let input = try processor.decode(record(signed))
    let first = processor.process(input, state: &state, at: recorded)
    let other = ClassifyProcessor(
      classifier: try Shipped.classifier(), reader: TextReader(directory: .builtIn))
    #expect(other.process(input, state: &state, at: recorded + .seconds(9)) == first)
  }
}
