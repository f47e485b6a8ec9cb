import Cases
import Classification
import EventLog
import Reading
import Foundation
import Routing
import Streams
import Testing
import Time

/// The invented county that the demonstration runs on.
struct SampleTests {
  static let folder = URL(filePath: #filePath).appending(path: "../../../deploy/sample").standardized

  /// What a person takes the opinions to be about, by number.
  static let categories: [String: [Int]] = [
    "城乡建设": [1, 16, 20, 27, 34, 43, 64, 78, 90, 99, 111, 121, 135],
    "农村农业": [7, 22, 35, 51, 63, 79, 92, 108, 124, 137],
    "政法": [9, 23, 39, 54, 69, 84, 95, 113, 126],
    "教育文体": [3, 17, 31, 47, 60, 74, 89, 105, 119, 132],
    "劳动和社会保障": [2, 18, 29, 42, 58, 73, 88, 103, 114, 125, 139],
    "民政": [10, 25, 40, 55, 71, 86, 100, 117, 129],
    "党务政务": [15, 38, 59, 80, 101, 131],
    "经济管理": [14, 32, 50, 76, 93, 107, 128],
    "商贸旅游": [8, 24, 52, 65, 68, 82, 97, 112, 127, 140],
    "卫生计生": [6, 21, 36, 49, 62, 77, 91, 106, 120, 141],
    "环境保护": [5, 19, 37, 44, 57, 67, 81, 98, 110, 123, 136],
    "交通运输": [4, 33, 48, 53, 61, 75, 85, 96, 109, 122, 134],
    "纪检监察": [13, 30, 46, 70, 94, 115, 133],
    "国土资源": [11, 26, 41, 56, 72, 87, 104, 118, 138],
    "科技与信息产业": [12, 28, 45, 66, 83, 102, 116, 130],
  ]

  func classifier() throws -> Classifier {
    let shipped = Self.folder.appending(path: "../../Sources/Classification/Resources").standardized
    return Classifier(
      model: try Model(path: shipped.appending(path: "opinions.model").path),
      categories: try CategoryFile.read(shipped.appending(path: "categories.yaml").path))
  }

  func events(_ name: String) throws -> [CloudEvent] {
    let lines = try Data(contentsOf: Self.folder.appending(path: name)).split(separator: UInt8(ascii: "\n"))
    return try lines.map { try CloudEvent(json: Array($0)) }
  }

  func directory() throws -> Directory {
    try DirectoryFile.read(Self.folder.appending(path: "directory.yaml").path)
  }

  func stored(_ record: Record, in topic: String, at time: Instant) -> StoredRecord {
    StoredRecord(partition: TopicPartition(topic, 0), offset: 0, timestamp: time, record: record)
  }

  @Test func `the county has stations on three levels and a department for every category`() throws {
    let directory = try directory()
    let levels = [Directory.Station.Level.county, .township, .village].map { level in
      directory.stations.count { $0.level == level }
    }
    #expect(levels == [1, 6, 19])
    #expect(directory.deputies.count == 41)
    for category in try classifier().categories.names {
      #expect(directory.department(inChargeOf: category) != nil, "\(category)")
    }
  }

  @Test func `every opinion gets through classification and routing to an owner`() throws {
    let directory = try directory()
    let classify = ClassifyProcessor(classifier: try classifier(), reader: TextReader(directory: directory))
    let route = RouteProcessor(directory: directory)
    var owners: Set<String> = []
    var kinds: [Owner.Kind: Int] = [:]
    for opinion in try events("opinions.jsonl") {
      let time = try #require(opinion.time).instant
      var state: Never?
      let input = try classify.decode(stored(opinion.record(key: nil), in: Topics.opinions, at: time))
      #expect(input.submission.received == opinion.time)
      guard case .emit(_, let classified)? = classify.process(input, state: &state, at: time).first else {
        Issue.record("no classification of \(opinion.id)")
        continue
      }
      let routed = route.process(
        try route.decode(stored(classified, in: Topics.classifications, at: time)), state: &state, at: time)
      guard case .emit(_, let record)? = routed.first else {
        Issue.record("no command for \(opinion.id)")
        continue
      }
      let event = try CloudEvent(record)
      guard case .open(let open) = try CaseCommand(type: event.type, data: event.data) else {
        Issue.record("no case for \(opinion.id)")
        continue
      }
      let owner = open.assignment.owner
      // Only what a person must look at first stays with the county.
      #expect(owner != directory.county.owner || open.classification.doubt != nil, "\(opinion.id)")
      owners.insert(owner.id)
      kinds[owner.kind, default: 0] += 1
      if let code = open.submission.statement.code {
        #expect(owner.id == directory.holder(ofCode: code)?.station.id, "\(opinion.id)")
      }
    }
    #expect(owners.count > 30)
    #expect(kinds.values.allSatisfy { $0 > 25 }, "\(kinds)")
  }

  @Test func `most sure answers are what a person would give, and seven of ten of all`() throws {
    var expected: [String: String] = [:]
    for (category, numbers) in Self.categories {
      for number in numbers { expected["qx-" + String(String(10000 + number).dropFirst())] = category }
    }
    let opinions = try events("opinions.jsonl")
    let classifier = try classifier()
    #expect(Set(opinions.map(\.id)) == Set(expected.keys))
    var (right, sure, surelyRight) = (0, 0, 0)
    for event in opinions {
      let opinion = try Opinion(data: event.data)
      let answer = classifier.classify(title: opinion.title, text: opinion.text)
      let isRight = answer.category == expected[event.id]
      right += isRight ? 1 : 0
      sure += answer.sure == true ? 1 : 0
      surelyRight += isRight && answer.sure == true ? 1 : 0
    }
    #expect(Double(right) / Double(opinions.count) > 0.7, "\(right) of \(opinions.count)")
    #expect(sure > opinions.count / 3, "\(sure) of \(opinions.count)")
    #expect(Double(surelyRight) / Double(sure) > 0.85, "\(surelyRight) of \(sure)")
  }

  @Test func `the lines are as export would write them, in order of time`() throws {
    for name in ["opinions.jsonl", "replies.jsonl"] {
      let events = try events(name)
      let written = events.map { String(decoding: $0.jsonLine, as: UTF8.self) + "\n" }.joined()
      #expect(try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8) == written)
      let times = events.compactMap(\.time?.instant)
      #expect(times.count == events.count && times == times.sorted())
      #expect(Set(events.map(\.id)).count == events.count)
    }
  }

  @Test func `replies answer three quarters of the opinions, each after its opinion`() throws {
    let opinions = try events("opinions.jsonl")
    let replies = try events("replies.jsonl")
    #expect((0.7...0.8).contains(Double(replies.count) / Double(opinions.count)))
    #expect((1...10).contains(opinions.count { $0.subject == nil }))
    let received = Dictionary(grouping: opinions.filter { $0.subject != nil }) { $0.subject ?? "" }
    var methods: Set<CaseCommand.Reply.Method> = []
    for event in replies {
      guard case .reply(let reply) = try CaseCommand(type: event.type, data: event.data) else {
        Issue.record("\(event.id) is no reply")
        continue
      }
      methods.insert(reply.method)
      let opinion = try #require(received[event.subject ?? ""]?.first, "\(event.id)")
      let (said, answered) = (try #require(opinion.time), try #require(event.time))
      #expect(said.instant < answered.instant, "\(event.id)")
    }
    #expect(methods == Set(CaseCommand.Reply.Method.allCases))
  }
}
