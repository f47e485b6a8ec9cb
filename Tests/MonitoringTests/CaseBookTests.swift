import CaseStories
import Cases
import EventLog
import GRDB
import Logging
import Monitoring
import SeededRandom
import Testing
import Time

struct CaseBookTests {
  private static func model(_ stories: [Story]) throws -> ReadModel {
    let model = try ReadModel.inMemory()
    _ = try model.apply(Chunk(stories.flatMap(\.records)))
    return model
  }

  private static func story(
    _ id: String, received: String, category: String = "城乡建设", subcategory: String? = nil
  ) throws -> Story {
    var story = try Story(id, received: received)
    let time = try #require(GivenTime(received))
    story.add(
      .classified(
        Classification(category: category, subcategory: subcategory, confidence: 0.9, why: [], version: "rules-1")),
      at: time)
    return story
  }

  private static func range(_ start: String, _ end: String) throws -> ClosedRange<Instant> {
    try moment(start)...(try moment(end))
  }

  private static let always = Instant.distantPast...Instant.distantFuture

  @Test func `cases are listed by receipt, the last first, whatever offset their times have`() throws {
    let model = try Self.model([
      try Self.story("a", received: "2026-09-24T10:00:00+08:00"), try Self.story("b", received: "2026-09-24T03:00:00Z"),
      try Self.story("c", received: "2026-09-24t09:59:59.999+08:00"),
      try Self.story("d", received: "2026-09-25 00:00:00.5Z"),
    ])
    func ids(_ filter: CaseFilter) throws -> [String] { try model.cases(matching: filter).map(\.summary.id.text) }
    #expect(try ids(CaseFilter(received: Self.always, limit: 10)) == ["d", "b", "a", "c"])
    #expect(try ids(CaseFilter(received: Self.always, offset: 1, limit: 2)) == ["b", "a"])
    let hour = try Self.range("2026-09-24T02:00:00Z", "2026-09-24T03:00:00Z")
    #expect(try ids(CaseFilter(received: hour, limit: 10)) == ["b", "a"])
    let second = try Self.range("2026-09-24T02:00:00.001Z", "2026-09-24T02:59:59.999Z")
    #expect(try ids(CaseFilter(received: second, limit: 10)).isEmpty)
  }

  @Test func `phases and subjects choose from them`() throws {
    var closed = try Self.story("closed", received: "2026-09-24T10:00:00+08:00", category: "a", subcategory: "b")
    try closed.reply(at: "2026-09-25T10:00:00+08:00")
    try closed.close(at: "2026-09-26T10:00:00+08:00")
    let model = try Self.model([
      closed, try Self.story("other", received: "2026-09-24T11:00:00+08:00", category: "a", subcategory: "c"),
      try Self.story("top", received: "2026-09-24T12:00:00+08:00", category: "a"),
      try Self.story("else", received: "2026-09-24T13:00:00+08:00", category: "d", subcategory: "b"),
      try Story("new", received: "2026-09-24T14:00:00+08:00"),
    ])
    func ids(phases: Set<CaseSummary.Phase>? = nil, _ subjects: [CaseFilter.Subject]? = nil) throws -> [String] {
      try model.cases(matching: CaseFilter(received: Self.always, phases: phases, subjects: subjects, limit: 10))
        .map(\.summary.id.text)
    }
    typealias Subject = CaseFilter.Subject
    #expect(try ids(phases: [.closed]) == ["closed"])
    #expect(try ids(phases: [.open, .replied]) == ["new", "else", "top", "other"])
    #expect(try ids(phases: []).isEmpty)
    #expect(try ids([Subject(category: "a")]) == ["top", "other", "closed"])
    #expect(try ids([Subject(category: "a", subcategory: "b")]) == ["closed"])
    #expect(try ids([Subject(category: "a", subcategory: "c"), Subject(category: "d")]) == ["else", "other"])
    #expect(try ids([Subject(category: "b")]).isEmpty)
    #expect(try ids([]).isEmpty)
    #expect(try ids(phases: [.open], [Subject(category: "a' OR 1=1 --")]).isEmpty)
  }

  @Test func `a listed case tells when it last changed`() throws {
    var story = try Self.story("a", received: "2026-09-24T10:00:00+08:00", subcategory: "路灯")
    try story.reply(at: "2026-09-28T09:00:00+08:00")
    let listed = try #require(try Self.model([story]).cases([story.id]).first)
    #expect(listed.updated?.text == "2026-09-28T09:00:00+08:00")
    #expect(listed.summary.phase == .replied)
    #expect(listed.summary.subcategory == "路灯")
  }

  @Test func `a category that is corrected takes its second level along`() throws {
    var story = try Self.story("a", received: "2026-09-24T10:00:00+08:00", subcategory: "路灯")
    story.add(
      .classified(Classification(category: "教育文体", confidence: 1, why: [], version: "person")),
      at: try #require(GivenTime("2026-09-25T10:00:00+08:00")))
    let model = try Self.model([story])
    #expect(
      try model.cases(
        matching: CaseFilter(
          received: Self.always, subjects: [.init(category: "城乡建设", subcategory: "路灯"), .init(category: "城乡建设")],
          limit: 1)
      ).isEmpty)
    #expect(
      try model.cases(matching: CaseFilter(received: Self.always, subjects: [.init(category: "教育文体")], limit: 1)).count
        == 1)
  }

  @Test func `cases are had by their ids in the order asked, unknown ones left out`() async throws {
    let model = try Self.model(try ["a", "b", "c"].map { try Story($0) })
    let ids = ["c", "none", "a", "c"].compactMap { CaseID($0) }
    #expect(try model.cases(ids).map(\.summary.id.text) == ["c", "a", "c"])
    let book = ReadModelCaseBook(model: model, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    #expect(await book.cases(ids) == (try model.cases(ids)))
    let filter = CaseFilter(received: Self.always, limit: 2)
    #expect(await book.cases(matching: filter)?.count == 2)
  }

  @Test func `a model that cannot be read is told from one that holds nothing`() async throws {
    let model = try ReadModel(path: ":memory:")
    let book = ReadModelCaseBook(model: model, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    #expect(await book.cases([]) == nil)
    #expect(await book.cases(matching: CaseFilter(received: Self.always, limit: 2)) == nil)
  }

  @Test func `the list is read along its index`() throws {
    let file = try TemporaryFolder()
    let model = try ReadModel(path: file.path("m.sqlite"))
    _ = try model.prepare(for: "one")
    let database = try DatabaseQueue(path: file.path("m.sqlite"))
    let common: StatementArguments = ["part": 0, "start": 0, "end": 1, "limit": 1]
    let category: StatementArguments = ["category": "a"]
    let queries: [(sql: String, index: String, arguments: StatementArguments)] = [
      (ReadModel.listQuery, "cases_by_receipt", common),
      (ReadModel.categoryListQuery, "cases_by_category_receipt", common + category),
      (ReadModel.topicListQuery, "cases_by_category_receipt", common + category + ["subcategory": "b"]),
    ]
    for (sql, index, arguments) in queries {
      let plan = try database.read { db in
        try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments)
          .map { $0["detail"] as String }.joined(separator: "\n")
      }
      #expect(plan.contains("USING COVERING INDEX \(index)"), "\(plan)")
      #expect(!plan.contains("TEMP B-TREE"), "\(plan)")
    }
  }

  @Test func `any filter lists what a search through all cases finds`() throws {
    var chance = SeededGenerator(seed: 5)
    let stories = try (0..<60).map { index in
      var story = try Self.story(
        "case-\(index)", received: "2026-09-\(Int.random(in: 10...29, using: &chance))T10:00:00+08:00",
        category: ["a", "b"].randomElement(using: &chance) ?? "a",
        subcategory: [nil, "x", "y"].randomElement(using: &chance) ?? nil)
      if Bool.random(using: &chance) { try story.reply(at: "2026-09-30T10:00:00+08:00") }
      return story
    }
    let model = try Self.model(stories)
    let all = try model.cases(stories.map(\.id)).sorted {
      ($0.summary.submission.received.instant, $0.summary.id) > ($1.summary.submission.received.instant, $1.summary.id)
    }
    for _ in 0..<200 {
      let days = [Int.random(in: 10...29, using: &chance), Int.random(in: 10...29, using: &chance)].sorted()
      let subjects: [CaseFilter.Subject]? =
        Bool.random(using: &chance)
        ? nil
        : (0..<Int.random(in: 0...2, using: &chance)).map { _ in
          CaseFilter.Subject(
            category: ["a", "b", "c"].randomElement(using: &chance) ?? "a",
            subcategory: [nil, "x", "y"].randomElement(using: &chance) ?? nil)
        }
      let filter = CaseFilter(
        received: try Self.range("2026-09-\(days[0])T02:00:00Z", "2026-09-\(days[1])T02:00:00Z"),
        phases: [nil, [.open], [.replied], [.open, .closed]].randomElement(using: &chance) ?? nil, subjects: subjects,
        offset: Int.random(in: 0...3, using: &chance), limit: Int.random(in: 1...20, using: &chance))
      let expected = all.filter { item in
        let summary = item.summary
        return filter.received.contains(summary.submission.received.instant)
          && filter.phases?.contains(summary.phase) != false
          && filter.subjects?.contains {
            $0.category == summary.category && ($0.subcategory == nil || $0.subcategory == summary.subcategory)
          } != false
      }
      #expect(try model.cases(matching: filter) == Array(expected.dropFirst(filter.offset).prefix(filter.limit)))
    }
  }
}
