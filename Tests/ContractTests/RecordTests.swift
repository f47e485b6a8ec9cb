import Cases
import Codes
import Conversations
import EventLog
import Foundation
import Routing
import Similarity
import Streams
import Testing
import Time

/// What we write to the log, and what we take from it, against the schemas that other gateways are given.
struct RecordTests {
  /// The data of each record that is read again somewhere, with all that may be in it.
  private static func full() throws -> [RecordLine] {
    func line(_ topic: String, _ type: String, _ value: some Encodable) -> RecordLine {
      RecordLine(topic, type, JSONData.encode(value), isOurs: true)
    }
    var lines = [
      line(Topics.opinions, EventTypes.opinionSubmitted, FullRecords.opinion),
      line(Topics.citizens, EventTypes.citizen, FullRecords.opinion.citizen),
      line(
        Topics.classifications, EventTypes.opinionClassified,
        ClassifiedOpinion(submission: FullRecords.submission, classification: FullRecords.classification)),
      line(Topics.commands, RulesRecord.type, try FullRecords.rules()),
      line(Topics.codes, EventTypes.code, try FullRecords.code()),
      line(Topics.bands, EventTypes.band, try FullRecords.band()),
    ]
    lines += FullRecords.messages.map { line(Topics.chats, EventTypes.chatMessage, $0) }
    lines += try FullRecords.entries().map { line(Topics.directory, EventTypes.directoryEntry, $0) }
    lines += try FullRecords.events().map { RecordLine(Topics.cases, $0.type, $0.data, isOurs: true) }
    lines += try FullRecords.commands().map { RecordLine(Topics.commands, $0.type, $0.data, isOurs: true) }
    return lines
  }

  /// One for each word that may stand where there are several.
  private static func choices() throws -> [RecordLine] {
    func line(_ topic: String, _ type: String, _ value: some Encodable) -> RecordLine {
      RecordLine(topic, type, JSONData.encode(value), isOurs: true)
    }
    var lines = FullRecords.opinionsOfEachScan.map { line(Topics.opinions, EventTypes.opinionSubmitted, $0) }
    lines += FullRecords.messagesOfEachKind.map { line(Topics.chats, EventTypes.chatMessage, $0) }
    lines += FullRecords.entriesOfEachLevel.map { line(Topics.directory, EventTypes.directoryEntry, $0) }
    lines += try FullRecords.eventsOfEachChoice().map { RecordLine(Topics.cases, $0.type, $0.data, isOurs: true) }
    lines += FullRecords.commandsOfEachChoice().map { RecordLine(Topics.commands, $0.type, $0.data, isOurs: true) }
    return lines
  }

  /// What the pipeline wrote while a county had a summer, and what is around it.
  private static func written() throws -> [RecordLine] {
    let county = try CountyStory.told()
    var lines = county.written.compactMap { RecordLine($0.topic, $0.record) }
    lines += try FeedbackRecords.all(of: FullRecords.submission, FullRecords.deadline).compactMap {
      RecordLine(Topics.feedback, $0)
    }
    let directory = try DirectoryFile.parse(DirectoryExample.yaml(on: FullRecords.day), file: "example.yaml")
    let envelope = CloudEvent(
      id: directory.version, source: Sources.directory, type: EventTypes.directoryEntry, time: FullRecords.time)
    lines += Broadcast(Topics.directory, directory.records).outputs(from: [:], as: envelope).compactMap {
      RecordLine(Topics.directory, $0.record)
    }
    lines += [RecordLine(Topics.codes, try FullRecords.code().record)].compactMap(\.self)
    let letter = DeadLetter(
      StoredRecord(
        partition: TopicPartition(Topics.opinions, 3), offset: 7, timestamp: county.now,
        record: Record(key: nil, value: [0xff])),
      stage: "classify", reason: "header ce_id is missing", failedAt: county.now, retries: 0, parked: false,
      status: .open)
    return lines + [RecordLine(letter)]
  }

  @Test func `a county's summer has every event and every command in it`() throws {
    let written = try CountyStory.told().written
    func types(_ topic: String) -> Set<String> {
      Set(written.filter { $0.topic == topic }.compactMap { try? CloudEvent($0.record).type })
    }
    #expect(Self.eventTypes.subtracting(types(Topics.cases)) == [])
    #expect(Self.commandTypes.subtracting(types(Topics.commands)) == [])
    let quotas = types(Topics.quotas)
    #expect(quotas == [EventTypes.supervisionAsk])
  }

  @Test(.enabled(if: Peer.isThere, Peer.missing))
  func `an independent validator takes every record that we write, and none that we would not take`() throws {
    var lines = try Self.full() + Self.choices() + Self.written()
    let least = JSONData.encode(Opinion(channel: "web", text: "x"))
    lines.append(RecordLine(Topics.opinions, EventTypes.opinionSubmitted, least, isOurs: true))
    for data in Self.malformedOpinions {
      #expect(throws: Malformed.self) { try Opinion(data: Array(data.utf8)) }
      lines.append(RecordLine(Topics.opinions, EventTypes.opinionSubmitted, Array(data.utf8), isValid: false))
    }
    for (word, data) in Self.malformedCommands {
      let type = CaseCommand.typePrefix + word + ".v1"
      #expect(throws: Malformed.self, "\(data)") { try CaseCommand(type: type, data: Array(data.utf8)) }
      lines.append(RecordLine(Topics.commands, type, Array(data.utf8), isValid: false))
    }
    try Self.check(lines)
  }

  @Test(.enabled(if: Peer.isThere, Peer.missing))
  func `what is missing or wrong is refused by a schema where we refuse it, and nowhere else`() throws {
    var lines = try Self.full() + Self.written()
    var refused = 0
    for line in try Self.full() {
      for spoilt in try JSONData.decode(JSONValue.self, from: line.data).spoilt(with: Self.odd(for: line)) {
        let data = JSONData.encode(spoilt)
        let isRead = Self.isRead(line.topic, line.type, data)
        refused += isRead ? 0 : 1
        lines.append(RecordLine(line.topic, line.type, data, isValid: isRead))
      }
    }
    #expect(refused > 1000)
    try Self.check(lines)
  }

  /// What a number or a text may be by its kind, but hardly by what it says. Of what the pipeline itself writes only the
  /// form is checked when it is read.
  private static func odd(for line: RecordLine) -> [JSONValue] {
    let numbers = [-1, 0, 1_000_000].map(JSONValue.number)
    switch line.topic {
    case Topics.opinions: return numbers + [.text(" "), .null]
    case Topics.commands where line.type != CaseCommand.Kind.open.type: return numbers + [.text(" "), .null]
    case Topics.chats: return numbers + [.null]
    case Topics.codes: return numbers
    default: return []
    }
  }

  @Test(.enabled(if: Peer.isThere, Peer.missing))
  func `the check finds a field that no schema names, a wrong header and a record that should not pass`() throws {
    let sign = CaseCommand.sign(CaseCommand.Order(by: "总站"))
    let strange = RecordLine(Topics.commands, sign.type, Array(#"{"by":"a","colour":"red"}"#.utf8), isOurs: true)
    #expect(try Self.report([strange]).text.contains("'colour' was unexpected"))
    var headless = RecordLine(Topics.commands, sign.type, sign.data)
    headless.headers = ["ce_specversion": "1.0", "ce_id": "1", "ce_type": sign.type]
    #expect(try Self.report([headless]).text.contains("'ce_source' is a required property"))
    let passing = RecordLine(Topics.commands, sign.type, sign.data, isValid: false)
    #expect(try Self.report([passing]).text.contains("passes and must not"))
  }

  // MARK: Names

  private static let eventTypes = Set(CaseEvent.Name.allCases.map { "cn.huiyin.case.\($0.rawValue).v1" })
  private static let commandTypes = Set(CaseCommand.Kind.allCases.map(\.type))

  private struct Schemas: Decodable {
    enum CodingKeys: String, CodingKey { case definitions = "$defs" }
    var definitions: [String: JSONValue]
  }

  private struct Document: Decodable {
    struct Reference: Decodable {
      enum CodingKeys: String, CodingKey { case path = "$ref" }
      var path: String
    }
    struct Channel: Decodable { var messages: [String: Reference] }
    struct Message: Decodable { var name: String }
    struct Components: Decodable { var messages: [String: Message] }
    var channels: [String: Channel]
    var components: Components
  }

  @Test func `every event, every command and every topic stands in the contract`() throws {
    func read<Value: Decodable>(_ name: String) throws -> Value {
      try JSONDecoder().decode(Value.self, from: Data(contentsOf: Peer.folder.appending(path: name)))
    }
    let events: Schemas = try read("cases.schema.json")
    #expect(Set(CaseEvent.Name.allCases.map(\.rawValue)).subtracting(events.definitions.keys) == [])
    let commands: Schemas = try read("commands.schema.json")
    #expect(Set(CaseCommand.Kind.allCases.map(\.rawValue)).subtracting(commands.definitions.keys) == [])
    let document: Document = try read("asyncapi.json")
    func types(_ topic: String) -> Set<String> {
      Set((document.channels[topic]?.messages ?? [:]).keys.compactMap { document.components.messages[$0]?.name })
    }
    #expect(types(Topics.cases) == Self.eventTypes)
    #expect(types(Topics.commands) == Self.commandTypes.union([RulesRecord.type]))
    let topics: Set = [
      Topics.chats, Topics.codes, Topics.directory, Topics.opinions, Topics.classifications, Topics.bands,
      Topics.commands, Topics.cases, Topics.quotas, Topics.feedback, Topics.citizens, Topics.deadLetters,
    ]
    #expect(Set(document.channels.keys) == topics)
    #expect(Set(try FullRecords.events().map(\.kind)) == Set(CaseEvent.Name.allCases))
    #expect(Set(try FullRecords.commands().map(\.kind)) == Set(CaseCommand.Kind.allCases))
  }

  // MARK: Checking

  private static func report(_ lines: [RecordLine]) throws -> Peer.Report {
    try Peer.run("check_records.py", [], input: lines.map(\.text).joined(separator: "\n"))
  }

  private static func check(_ lines: [RecordLine]) throws {
    let report = try report(lines)
    #expect(report.status == 0, "\(report.text.prefix(20_000))")
    print("contract:", report.text.prefix(200))
  }

  /// Whether the program that the record is for can do with it.
  private static func isRead(_ topic: String, _ type: String, _ data: [UInt8]) -> Bool {
    do {
      switch (topic, type) {
      case (Topics.opinions, _): _ = try Opinion(data: data)
      case (Topics.commands, RulesRecord.type): _ = try CaseRules(json: data)
      case (Topics.commands, _): _ = try CaseCommand(type: type, data: data)
      case (Topics.cases, _): _ = try CaseEvent(type: type, data: data)
      case (Topics.citizens, _): _ = try JSONData.decode(Citizen.self, from: data)
      case (Topics.classifications, _): _ = try JSONData.decode(ClassifiedOpinion.self, from: data)
      case (Topics.codes, _): try JSONData.decode(Code.self, from: data).check()
      case (Topics.bands, _): _ = try JSONData.decode(BandEntry.self, from: data)
      case (Topics.directory, _): _ = try JSONData.decode(DirectoryEntry.self, from: data)
      case (Topics.chats, _):
        let envelope = CloudEvent(id: "1", source: "/chat", type: type, data: data)
        let record = envelope.record(key: FullRecords.message.chat.key)
        _ = try ChatRecord(
          StoredRecord(
            partition: TopicPartition(topic, 0), offset: 0, timestamp: FullRecords.time.instant, record: record))
      default: return false
      }
      return true
    } catch {
      return false
    }
  }

  private static let malformedOpinions = [
    "{}", #"{"channel":"web","text":"x"}"#, #"{"channel":"Web","text":"x","citizen":{"anonymous":true}}"#,
    #"{"channel":"web","text":" ","citizen":{"anonymous":true}}"#, #"{"channel":"web","text":"x","citizen":{}}"#,
    #"{"channel":"web","text":7,"citizen":{"anonymous":true}}"#,
    #"{"channel":"web","text":"x","citizen":{"anonymous":true},"location":{"latitude":91,"longitude":0}}"#,
    #"{"channel":"web","text":"x","citizen":{"anonymous":true},"attachments":[{"url":"x"}]}"#,
    #"{"channel":"web","text":"x","citizen":{"anonymous":true},"scan":{"standing":"good"}}"#, "[]", "7",
    #"{"channel":"web","text":"x","citizen":{"anonymous":true,"subscription":{"once":"t"}}}"#,
    #"{"channel":"web","text":"x","citizen":{"anonymous":true,"subscription":{"always":[""]}}}"#,
  ]

  private static let malformedCommands = [
    ("reply", "{}"), ("reply", #"{"by":"a","method":"mail","text":"x"}"#),
    ("reply", #"{"by":"a","method":"phone","text":" "}"#), ("record-delivery", #"{"feedback":"f","channel":"c"}"#),
    ("rate", #"{"satisfaction":"good"}"#), ("correct-category", #"{"by":"","category":"x"}"#),
    ("return", #"{"by":"a"}"#), ("return", #"{"by":"a","reason":" "}"#), ("pause", #"{"by":"a","reason":null}"#),
    ("co-handle", #"{"by":"a","with":[]}"#), ("co-handle", #"{"by":"a","with":["x"," "]}"#),
    ("transfer", #"{"by":"a","reason":"x","to":""}"#), ("refuse", #"{"by":"a","reason":""}"#),
    ("escalate", #"{"by":"a","reason":""}"#), ("supervise", #"{"by":"a","leader":" "}"#),
    ("request-extension", #"{"by":"a","reason":"x","workingDays":0}"#), ("extend", #"{"by":"a","workingDays":0}"#),
    ("sign", #"{"by":" "}"#), ("sign", #"{"by":"a","actor":{"role":"mayor","id":"x"}}"#),
    ("merge", #"{"by":"a","into":"a b"}"#), ("record-similar", #"{"other":"c","score":1.1}"#),
    (
      "assign",
      #"{"because":"decided","assignment":{"owner":{"id":" ","kind":"station","name":"x"},"reason":"","directory":"d"}}"#
    ), ("assign", #"{"because":"fun","assignment":{}}"#),
  ]
}
