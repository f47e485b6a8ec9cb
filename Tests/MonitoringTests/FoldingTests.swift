import CaseStories
import Cases
import EventLog
import Foundation
import Monitoring
import Streams
import Testing
import Time

import struct EventLog.Record

struct FoldingTests {
  private func chunk(_ topic: String, _ records: Record..., from first: Offset = 0) -> Chunk {
    let partition = TopicPartition(topic, 0)
    let stored = records.enumerated().map { index, record in
      StoredRecord(
        partition: partition, offset: first + Offset(index), timestamp: Instant(milliseconds: 60_000), record: record)
    }
    return Chunk(records: stored, positions: [partition: first + Offset(records.count)])
  }

  @Test func `an opinion arrives until its case is opened, whichever is read first`() throws {
    let now = Instant(milliseconds: 90_000)
    let story = try Story("a")
    let time = try #require(GivenTime("2026-09-24T10:00:00+08:00"))
    let classification = Town.classification(of: story.id, at: time)
    let first = try ReadModel.inMemory()
    _ = try first.apply(chunk("classifications", classification))
    let arriving = try first.arriving(at: now)
    #expect(arriving.count == 1 && arriving.waiting == .seconds(30))
    #expect(arriving.oldest == Instant(milliseconds: 60_000))
    _ = try first.apply(Chunk(story.records))
    #expect(try first.arriving(at: now).oldest == nil)
    // As when the citizen adds to it.
    _ = try first.apply(chunk("classifications", classification, from: 1))
    #expect(try first.arriving(at: now).count == 0)
    let last = try ReadModel.inMemory()
    _ = try last.apply(Chunk(story.records))
    _ = try last.apply(chunk("classifications", classification))
    #expect(try last.arriving(at: now).count == 0)
  }

  @Test func `how to reach a citizen is kept until they are to be forgotten, whichever is read first`() throws {
    let citizen = Citizen(id: "o", name: "王某", phone: "13900000000", anonymous: false)
    var story = try Story("a")
    let record = Town.citizen(citizen, of: story.id)
    let model = try ReadModel.inMemory()
    _ = try model.apply(chunk("citizens", record))
    #expect(try model.contact(of: story.id) == citizen)
    _ = try model.apply(Chunk(story.records))
    #expect(try model.contact(of: story.id) == citizen)
    _ = try model.apply(chunk("citizens", Record(key: story.id.key, value: nil), from: 1))
    #expect(try model.contact(of: story.id) == nil)
    story.add(.erased(.init(by: "x")), at: try #require(GivenTime("2026-09-25T10:00:00+08:00")))
    let erased = try ReadModel.inMemory()
    _ = try erased.apply(chunk("citizens", record))
    _ = try erased.apply(Chunk(story.records))
    #expect(try erased.contact(of: story.id) == nil)
    let other = try ReadModel.inMemory()
    _ = try other.apply(Chunk(story.records))
    _ = try other.apply(chunk("citizens", record))
    #expect(try other.contact(of: story.id) == nil)
  }

  @Test func `a file that holds how to reach citizens is for its owner alone`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("model.sqlite")
    #expect(FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o644]))
    let model = try ReadModel(path: path)
    _ = try model.prepare(for: "one")
    _ = try model.apply(Chunk(try Story("a").records))
    for suffix in ["", "-wal", "-shm"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path + suffix)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(suffix)")
    }
  }

  @Test func `what came of a command is known by its id`() throws {
    let model = try ReadModel.inMemory()
    var story = try Story("a")
    try story.assign()
    try story.reply(at: "2026-09-28T09:00:00+08:00")
    var records = story.records
    records[2].headers.append(Header("ce_causationid", "c-1"))
    records[3].headers.append(Header("ce_causationid", "c-1"))
    records[1].headers.append(Header("ce_causationid", "c-2"))
    _ = try model.apply(Chunk(records))
    #expect(try model.events(causedBy: "c-1", of: story.id).map(\.sequence) == [3, 4])
    #expect(try model.events(causedBy: "c-2", of: story.id).map(\.event?.name) == ["classified"])
    #expect(try model.events(causedBy: "c-3", of: story.id).isEmpty)
    #expect(try model.events(causedBy: "c-1", of: try #require(CaseID("b"))).isEmpty)
  }

  @Test func `whom we told, how, when, and whether it arrived`() throws {
    let model = try ReadModel.inMemory()
    var story = try Story("a")
    try story.assign()
    try story.reply(at: "2026-09-28T09:00:00+08:00")
    let owner = Owner(id: "cj", kind: .department, name: "城建局")
    _ = try model.apply(
      chunk(
        "feedback", try Town.told(story.id, "a.3.1", to: "owner", owner: owner),
        try Town.told(story.id, "a.4.0", to: "citizen", channel: "wechat", answer: "a.4.0"),
        try Town.told(story.id, "a.4.0/2", to: "citizen", channel: "sms", answer: "a.4.0")))
    let time = try #require(GivenTime("2026-09-28T10:00:00+08:00"))
    story.add(.undelivered(.init(feedback: "a.4.0", channel: "wechat", reason: "拒收", final: false)), at: time)
    _ = try model.apply(Chunk(story.records))
    let told = try model.told(of: story.id)
    #expect(told.map(\.id) == ["a.3.1", "a.4.0", "a.4.0/2"])
    #expect(told[0].state == .sent && told[0].message.owner == owner)
    #expect(told[1].state == .undelivered(time, reason: "拒收") && told[1].message.channel == "wechat")
    #expect(told[2].state == .underWay && told[2].message.attempt == 1)
    #expect(try model.undelivered() == 0)
    story.add(.undelivered(.init(feedback: "a.4.0", channel: "sms", reason: "停机", final: true)), at: time)
    _ = try model.apply(Chunk(story.records))
    #expect(try model.undelivered() == 1)
    story.add(.delivered(.init(feedback: "a.4.0", channel: "sms")), at: time)
    _ = try model.apply(Chunk(story.records))
    #expect(try model.told(of: story.id)[2].state == .delivered(time))
    #expect(try model.undelivered() == 0)
  }

  @Test func `word of an answer given before counts for nothing once it was taken up again`() throws {
    let model = try ReadModel.inMemory()
    var story = try Story("a")
    try story.assign()
    try story.reply(at: "2026-09-28T09:00:00+08:00")
    let time = try #require(GivenTime("2026-09-29T10:00:00+08:00"))
    let deadline = try summary(story).deadline
    story.add(.reopened(.init(by: "x", reason: "", count: 1, deadline: deadline)), at: time)
    story.add(.undelivered(.init(feedback: "a.4.0", channel: "sms", final: true)), at: time)
    try story.reply(at: "2026-09-30T09:00:00+08:00")
    story.add(.undelivered(.init(feedback: "a.4.0", channel: "sms", final: true)), at: time)
    _ = try model.apply(Chunk(story.records))
    #expect(try model.undelivered() == 0)
    story.add(.undelivered(.init(feedback: "a.7.0", channel: "sms", final: true)), at: time)
    _ = try model.apply(Chunk(story.records))
    #expect(try model.undelivered() == 1)
  }

  private func summary(_ story: Story) throws -> CaseSummary {
    let model = try ReadModel.inMemory()
    _ = try model.apply(Chunk(story.records))
    return try #require(try model.history(of: story.id)).summary
  }

  @Test func `dead letters wait until they are settled, the first to fail first, and say nothing of what they hold`()
    throws
  {
    let model = try ReadModel.inMemory()
    var letters = try (0..<6).map { try Town.letter($0) }
    for (index, letter) in letters.enumerated() {
      _ = try model.apply(chunk("dead-letters", letter.record, from: Offset(index)))
    }
    let listing = try model.deadLetters(after: nil, limit: 4)
    #expect(listing.waiting == 6)
    #expect(listing.letters.map(\.id) == ["commands/1/5", "commands/0/4", "commands/1/3", "commands/0/2"])
    #expect(try model.deadLetters(after: listing.next, limit: 4).letters.map(\.id) == ["commands/1/1", "commands/0/0"])
    #expect(try model.deadLetters(after: listing.next, limit: 4).next == nil)
    #expect(try model.parkedKeys() == 3)
    let line = try #require(try model.deadLetter("commands/0/4"))
    #expect(line.stage == "track" && line.reason == "reason 4" && line.parked && line.caseID?.text == "case-4")
    #expect(try model.deadLetter("commands/1/1")?.caseID == nil)
    #expect(!"\(listing)".contains("绝密"))
    letters[4].status = .retried
    letters[2].status = .dropped
    letters[5].retries = 2
    for (index, letter) in letters.enumerated() {
      _ = try model.apply(chunk("dead-letters", letter.record, from: Offset(6 + index)))
    }
    #expect(try model.deadLetters(after: nil, limit: 10).waiting == 4)
    #expect(try model.deadLetter("commands/0/4")?.status == .retried)
    #expect(try model.deadLetter("commands/1/5")?.retries == 2)
    #expect(try model.parkedKeys() == 1)
    #expect(try model.deadLetters(after: "x", limit: 10).isCursorUnknown)
    #expect(try model.deadLetter("commands/9/9") == nil)
  }

  @Test func `a directory counts once it is whole, and until then the one before does`() throws {
    func directory(_ version: String, _ name: String) throws -> Directory {
      try Directory(
        version: version,
        stations: [
          .init(id: "county", name: "总站", level: .county),
          .init(id: "liuhe", name: name, level: .township, parent: "county"),
        ], deputies: [.init(id: "li", name: "李代表", station: "liuhe")])
    }
    let (old, new) = (try directory("1", "柳河站"), try directory("2", "柳河新站"))
    let envelope = CloudEvent(id: "d", source: "/test", type: EventTypes.directoryEntry)
    let model = try ReadModel.inMemory()
    _ = try model.apply(Chunk(try Story.sample()[0].records))
    #expect(try model.ownersInCharge() == [Owner(id: "cj", kind: .department, name: "城建局")])
    var offset: Offset = 0
    func put(_ outputs: some Sequence<Output>) throws {
      for output in outputs {
        _ = try model.apply(chunk("directory", output.record, from: offset))
        offset += 1
      }
    }
    try put(Broadcast(Topics.directory, old.records).outputs(from: [:], as: envelope))
    #expect(try model.ownersInCharge().map(\.name) == ["总站", "柳河站", "李代表"])
    #expect(try model.station(over: "li")?.id == "liuhe")
    #expect(try model.station(over: "liuhe")?.id == "county")
    #expect(try model.station(over: "county") == nil)
    let change = Broadcast(Topics.directory, new.records).outputs(from: old.records, as: envelope)
    #expect(change.count > 1)
    try put(change.dropLast())
    #expect(try model.ownersInCharge().map(\.name) == ["总站", "柳河站", "李代表"])
    try put(change.suffix(1))
    #expect(try model.ownersInCharge().map(\.name) == ["总站", "柳河新站", "李代表"])
  }

  @Test func `a case is found by its number in any spelling, or its id, by those who may see it`() throws {
    let now = try moment("2026-10-12T12:00:00+08:00")
    let model = try ReadModel.inMemory()
    let id = try #require(CaseID("a"))
    let number = CaseNumber(id, received: now).text
    var story = try Story("a")
    try story.assign()
    var records = story.records
    let opened = String(decoding: try #require(records[0].value), as: UTF8.self)
    records[0].value = Array((#"{"number":"\#(number)","# + opened.dropFirst()).utf8)
    _ = try model.apply(Chunk(records))
    let spelt = " " + number.lowercased().replacingOccurrences(of: "-", with: " ")
    for text in [number, spelt, "a", " a\n"] {
      #expect(try model.find(text, in: .all, at: now).map(\.id.text) == ["a"], "\(text)")
      #expect(try model.find(text, in: .held(by: "cj"), at: now).map(\.number) == [number])
      #expect(try model.find(text, in: .held(by: "other"), at: now).isEmpty)
    }
    for text in ["", "b", "20260924-0000-0000", "'; DROP TABLE cases; --"] {
      #expect(try model.find(text, in: .all, at: now).isEmpty)
    }
    #expect(try model.isVisible(id, to: .all) && model.isVisible(id, to: .held(by: "cj")))
    #expect(try !model.isVisible(id, to: .held(by: "other")))
    #expect(try !model.isVisible(try #require(CaseID("b")), to: .all))
  }
}
