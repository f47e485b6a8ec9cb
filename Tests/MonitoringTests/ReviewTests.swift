import CaseStories
import Cases
import EventLog
import Foundation
import GRDB
import Logging
import Monitoring
import Streams
import Testing
import Time

/// The cases that wait for a person to say what they are about, and those of one citizen.
struct ReviewTests {
  private let secret = CaseKey.Secret(Array("an operator's secret".utf8))
  private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  private static func unsure(_ id: String, due: String) throws -> Story {
    var story = try Story(id, due: due, text: "绝密的意见", title: "绝密的标题")
    let guess = Classification.Guess(category: "商贸旅游", confidence: 0.31)
    let classification = Classification(
      category: "城乡建设", confidence: 0.44, second: guess, sure: false, why: [], by: .model, version: "m")
    story.add(.classified(classification), at: try #require(GivenTime("2026-09-24T10:00:05+08:00")))
    return story
  }

  private func citizen(_ citizen: Citizen?, of id: String) throws -> StoredRecord {
    let caseID = try #require(CaseID(id))
    let event = CloudEvent(
      id: "c-\(id)", source: Sources.classify, type: EventTypes.citizen, subject: id,
      time: GivenTime("2026-09-24T10:00:00+08:00"), data: citizen.map { JSONData.encode($0) })
    var record = event.record(key: caseID.key)
    if citizen == nil { record.value = nil }
    return StoredRecord(
      partition: TopicPartition(Topics.citizens, 0), offset: 0, timestamp: try moment("2026-09-24T10:00:00+08:00"),
      record: record)
  }

  @Test func `the queue holds the unsure open cases, the most urgent first, with both guesses and no word of theirs`()
    async throws
  {
    var sure = try Story("sure")
    try sure.assign()
    var answered = try Self.unsure("answered", due: "2026-10-12")
    try answered.reply(at: "2026-09-25T08:00:00+08:00")
    let model = try ReadModel.inMemory()
    let stories = [
      sure, answered, try Self.unsure("later", due: "2026-10-13"), try Self.unsure("soon", due: "2026-10-12"),
    ]
    _ = try model.apply(Chunk(stories.flatMap(\.records)))
    let queue = try model.toReview(limit: 10)
    #expect(queue.total == 2)
    #expect(queue.cases.map(\.id.text) == ["soon", "later"])
    #expect(queue.cases.first?.doubt.guesses.map(\.category) == ["城乡建设", "商贸旅游"])
    #expect(try model.toReview(limit: 1).cases.count == 1)
  }

  @Test func `a person's word takes a case out of the queue`() throws {
    let model = try ReadModel.inMemory()
    var story = try Self.unsure("a", due: "2026-10-12")
    let correction = CaseCommand.CorrectCategory(by: "总站", category: "民政")
    story.add(.classified(Classification(correction)), at: try #require(GivenTime("2026-09-25T08:00:00+08:00")))
    _ = try model.apply(Chunk(story.records))
    #expect(try model.toReview(limit: 10).total == 0)
    #expect(try model.history(of: story.id)?.summary.category == "民政")
  }

  @Test func `a citizen's cases are found by who they are, newest first, with reply, rating and the page's key`()
    async throws
  {
    let model = try ReadModel.inMemory()
    let first = try Story("first", received: "2026-09-24T10:00:00+08:00")
    var second = try Story("second", received: "2026-09-25T10:00:00+08:00")
    try second.reply(at: "2026-09-26T08:00:00+08:00", text: "修好了")
    let rated = CaseEvent.rated(CaseEvent.Rated(satisfaction: .satisfied))
    second.add(rated, at: try #require(GivenTime("2026-09-26T09:00:00+08:00")))
    let other = try Story("other")
    let me = Citizen(id: "wechat/county/o-1")
    let people = [
      try citizen(me, of: "first"), try citizen(me, of: "second"), try citizen(Citizen(id: "o-2"), of: "other"),
    ]
    let records = Chunk((first.records + second.records + other.records)).records
    _ = try model.apply(Chunk(records: records + people, positions: [:]))
    let list = CitizenCaseList(
      model: model, secret: try #require(secret), pageBase: "https://example.org", logger: logger)
    let cases = try #require(await list.cases(of: "wechat/county/o-1", limit: 5))
    #expect(cases.map(\.id.text) == ["second", "first"])
    #expect(cases.map(\.reply) == ["修好了", nil] && cases.map(\.rated) == [true, false])
    let key = CaseKey(of: first.id, under: try #require(secret)).text
    #expect(cases.last?.page == "https://example.org/c/first?k=\(key)")
    #expect(await list.cases(of: "wechat/county/o-1", limit: 1)?.count == 1)
    #expect(await list.cases(of: "nobody", limit: 5) == [])
    _ = try model.apply(Chunk(records: [try citizen(nil, of: "second")], positions: [:]))
    #expect(await list.cases(of: "wechat/county/o-1", limit: 5)?.map(\.id.text) == ["first"])
  }

  @Test func `neither is looked for by reading everything`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("model.sqlite")
    _ = try ReadModel(path: path).prepare(for: "one")
    for (query, index) in [
      (ReadModel.reviewQuery, "cases_to_review"), (ReadModel.citizenQuery, "cases_by_citizen"),
    ] {
      let plan = try DatabaseQueue(path: path).read { db in
        try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + query, arguments: ["1"]).map { $0["detail"] as String }
      }
      #expect(plan.contains { $0.contains(index) }, "\(plan)")
      #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
    }
  }
}
