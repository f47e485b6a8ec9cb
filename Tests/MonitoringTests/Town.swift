import CaseStories
import Cases
import EventLog
import Monitoring
import SeededRandom
import Streams
import Time

import struct EventLog.Record

/// All that a log says of some cases, topic by topic, the same for the same seed.
struct Town {
  let stories: [Story]
  /// By topic and partition, in the order in which they are appended.
  private(set) var records: [TopicPartition: [Record]] = [:]

  init(cases: Int, seed: UInt64, partitions: Int = 2) throws {
    var chance = SeededGenerator(seed: seed)
    var stories = try CaseListTests.stories(cases, seed: seed)
    for index in stories.indices where index % 11 == 3 {
      stories[index].add(.erased(.init(by: "x")), at: try Self.time)
    }
    self.stories = stories
    func add(_ topic: String, _ record: Record) {
      let number = record.key.map { Partitioner.partition(of: $0, among: partitions) } ?? 0
      records[TopicPartition(topic, number), default: []].append(record)
    }
    var events = stories.map { $0.records[...] }
    while let index = events.indices.filter({ !events[$0].isEmpty }).randomElement(using: &chance) {
      if let record = events[index].popFirst() { add("cases", record) }
    }
    for (index, story) in stories.enumerated() {
      let citizen = Citizen(
        id: "o-\(index % 9)", name: "王某\(index)", phone: "1390000000\(index % 10)", anonymous: false)
      add("citizens", Self.citizen(citizen, of: story.id))
      if index % 8 == 5 { add("citizens", Self.citizen(nil, of: story.id)) }
      add("classifications", Self.classification(of: story.id, at: try Self.time))
      let owner = Owner(id: "station-1", kind: .station, name: "站")
      add("feedback", try Self.told(story.id, "\(story.id).3.1", to: "owner", owner: owner))
      add("feedback", try Self.told(story.id, "\(story.id).4.0", to: "citizen", answer: "\(story.id).4.0"))
    }
    for index in 0..<5 {
      add("classifications", Self.classification(of: try Self.id("soon-\(index)"), at: try Self.time))
    }
    for index in 0..<6 {
      var letter = try Self.letter(index)
      add("dead-letters", letter.record)
      if index % 3 == 0 {
        letter.status = index == 0 ? .retried : .dropped
        add("dead-letters", letter.record)
      }
    }
    let directory = try Directory(
      version: "d-1",
      stations: [
        .init(id: "county", name: "总站", level: .county),
        .init(id: "station-1", name: "柳河站", level: .township, parent: "county"),
      ], departments: [.init(id: "department-1", name: "住建局", categories: ["城乡建设"])],
      deputies: [.init(id: "deputy-2", name: "李代表", station: "station-1")])
    let envelope = CloudEvent(id: "d-1", source: "/test", type: EventTypes.directoryEntry)
    for output in Broadcast(Topics.directory, directory.records).outputs(from: [:], as: envelope) {
      records[TopicPartition("directory", 0), default: []].append(output.record)
    }
  }

  private static var time: GivenTime {
    get throws { try given("2026-09-25T10:00:00+08:00") }
  }

  private static func given(_ text: String) throws -> GivenTime {
    guard let time = GivenTime(text) else { throw Malformed("not a time") }
    return time
  }

  private static func id(_ text: String) throws -> CaseID {
    guard let id = CaseID(text) else { throw Malformed("not an id") }
    return id
  }

  static func citizen(_ citizen: Citizen?, of id: CaseID) -> Record {
    guard let citizen else { return Record(key: id.key, value: nil) }
    return CloudEvent(
      id: "\(id)", source: "/test", type: EventTypes.citizen, subject: id.text, data: JSONData.encode(citizen)
    ).record(key: id.key)
  }

  static func classification(of id: CaseID, at time: GivenTime) -> Record {
    CloudEvent(
      id: "c-\(id)", source: "/test", type: EventTypes.opinionClassified, subject: id.text, time: time,
      data: Array("{}".utf8)
    ).record(key: id.key)
  }

  static func told(
    _ id: CaseID, _ name: String, to: String, owner: Owner? = nil, channel: String = "sms", answer: String? = nil
  ) throws -> Record {
    let message = ToldMessage(
      kind: answer == nil ? "notice" : "answer", of: "replied", to: to, owner: owner, channel: channel, answer: answer,
      attempt: answer.map { _ in 1 })
    return CloudEvent(
      id: name, source: "/test", type: EventTypes.answer, subject: id.text, time: try time,
      data: JSONData.encode(message)
    ).record(key: id.key)
  }

  static func letter(_ index: Int) throws -> DeadLetter {
    let original = StoredRecord(
      partition: TopicPartition("commands", index % 2), offset: Offset(index), timestamp: Instant(milliseconds: 1000),
      record: Record(key: Array((index == 1 ? "键 \(index)" : "case-\(index)").utf8), value: Array("绝密".utf8)))
    return DeadLetter(
      original, stage: "track", reason: "reason \(index)", failedAt: Instant(milliseconds: Int64(5000 - index)),
      retries: index % 2, parked: index % 2 == 0, status: index == 5 ? .quarantined : .open)
  }

  /// All in one chunk.
  var whole: [Chunk] {
    let all = records.sorted { $0.key < $1.key }.flatMap { partition, records in Self.stored(records, of: partition) }
    return [Chunk(records: all, positions: Self.positions(all))]
  }

  /// In chunks of chance size, partitions taking turns by chance; each partition's records in order.
  func chunks(seed: UInt64) -> [Chunk] {
    var chance = SeededGenerator(seed: seed)
    var left = records.mapValues { $0.count }
    var chunks: [Chunk] = []
    var current: [StoredRecord] = []
    let stored = records.reduce(into: [:]) { $0[$1.key] = Self.stored($1.value, of: $1.key) }
    var size = 1
    while let partition = left.keys.sorted().filter({ left[$0] ?? 0 > 0 }).randomElement(using: &chance),
      let all = stored[partition], let rest = left[partition]
    {
      let run = min(rest, Int.random(in: 1...7, using: &chance))
      current += all[(all.count - rest)..<(all.count - rest + run)]
      left[partition] = rest - run
      if current.count >= size {
        chunks.append(Chunk(records: current, positions: Self.positions(current)))
        (current, size) = ([], Int.random(in: 1...60, using: &chance))
      }
    }
    if !current.isEmpty { chunks.append(Chunk(records: current, positions: Self.positions(current))) }
    return chunks
  }

  private static func stored(_ records: [Record], of partition: TopicPartition) -> [StoredRecord] {
    records.enumerated().map { offset, record in
      StoredRecord(
        partition: partition, offset: Offset(offset), timestamp: Instant(milliseconds: 1_790_000_000_000),
        record: record)
    }
  }

  private static func positions(_ records: [StoredRecord]) -> [TopicPartition: Offset] {
    records.reduce(into: [:]) { $0[$1.partition] = max($0[$1.partition] ?? 0, $1.offset + 1) }
  }
}
