import CaseStories
import Cases
import EventLog
import GRDB
import Monitoring
import Testing
import Time

import struct EventLog.Record

struct ReadModelTests {
  @Test func `a case is the fold of its events, with all of them as its history`() throws {
    let model = try ReadModel.inMemory()
    var story = try Story("a")
    try story.assign()
    try story.reply(at: "2026-09-28T09:00:00+08:00")
    let applied = try model.apply(Chunk(story.records))
    let history = try #require(try model.history(of: story.id))
    #expect(applied.folded == 4)
    #expect(history.events.map(\.sequence) == [1, 2, 3, 4])
    #expect(history.summary.events == 4)
    #expect(history.summary.phase == .replied)
    #expect(history.summary.owner?.name == "城建局")
    #expect(history.summary.category == "城乡建设")
    #expect(history.summary.workingDays == 3)
    #expect(try model.history(of: try #require(CaseID("b"))) == nil)
  }

  @Test func `what was read before is not folded twice`() throws {
    let model = try ReadModel.inMemory()
    let stories = try Story.sample()
    let records = stories.flatMap(\.records)
    _ = try model.apply(Chunk(records))
    let once = try model.histories(of: stories)
    let again = try model.apply(Chunk(records + records, from: Offset(records.count)))
    #expect(again.folded == 0)
    #expect(again.repeated == 2 * records.count)
    #expect(try model.histories(of: stories) == once)
  }

  @Test(arguments: 0..<24)
  func `events out of their turn end in the same case`(order: Int) throws {
    let inOrder = try ReadModel.inMemory()
    let shuffled = try ReadModel.inMemory()
    var story = try Story("a")
    try story.assign()
    try story.reply(at: "2026-10-28T09:00:00+08:00", overdue: true)
    var left = story.records
    var records: [Record] = []
    var number = order
    while !left.isEmpty {
      records.append(left.remove(at: number % left.count))
      number /= left.count + 1
    }
    _ = try inOrder.apply(Chunk(story.records))
    for (offset, record) in records.enumerated() { _ = try shuffled.apply(Chunk([record], from: Offset(offset))) }
    #expect(try shuffled.history(of: story.id) == inOrder.history(of: story.id))
  }

  @Test func `a gap is counted once, and the case goes on`() throws {
    let model = try ReadModel.inMemory()
    var story = try Story("a")
    try story.assign()
    try story.reply(at: "2026-09-28T09:00:00+08:00")
    try story.close(at: "2026-09-28T10:00:00+08:00")
    let applied = try model.apply(Chunk([story.records[0]] + story.records[3...]))
    #expect(applied.gaps == 1)
    #expect(applied.folded == 4)
    #expect(try model.history(of: story.id)?.summary.phase == .closed)
  }

  @Test func `what cannot be read is noted with its place and holds nothing up`() throws {
    let model = try ReadModel.inMemory()
    var story = try Story("a", text: "绝密")
    story.add(
      type: "cn.huiyin.case.imagined.v1", data: Array("{}".utf8), at: try #require(GivenTime("2026-09-25T10:00:00Z")))
    story.add(
      type: "cn.huiyin.case.closed.v1", data: Array(#"{"outcome":"绝密"}"#.utf8),
      at: try #require(GivenTime("2026-09-25T10:00:00Z")))
    try story.reply(at: "2026-09-28T09:00:00+08:00")
    let strange = [Record(key: nil, value: nil), Record(key: [1], value: [0xff], headers: [Header("ce_id", [0xff])])]
    var unplaced = story.records[3]
    unplaced.headers.removeAll { $0.name == "ce_sequence" }
    let applied = try model.apply(Chunk(strange + [unplaced] + story.records))
    #expect(applied.folded == 2)
    #expect(applied.undecodable == 5)
    #expect(applied.gaps == 0)
    let notes = try model.undecodable()
    try #require(notes.map(\.offset) == [0, 1, 2, 4, 5])
    #expect(notes[2].reason.contains("ce_sequence"))
    #expect(notes[3].reason.contains("type"))
    #expect(notes[4].reason.contains("outcome"))
    #expect(!notes.contains { $0.reason.contains("绝密") })
    let history = try #require(try model.history(of: story.id))
    #expect(history.events.map(\.sequence) == [1, 2, 3, 4])
    #expect(history.events[1].event == nil)
    #expect(history.summary.phase == .replied)
    #expect(history.summary.events == 4)
  }

  @Test func `a chunk that fails at its end leaves nothing behind, and nothing is lost or repeated by it`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("model.sqlite")
    let undisturbed = try ReadModel.inMemory()
    let stories = try Story.sample()
    let records = stories.flatMap(\.records)
    _ = try undisturbed.apply(Chunk(records))
    var model = try ReadModel(path: path)
    _ = try model.prepare(for: "one")
    let killer = try DatabaseQueue(path: path)
    for start in stride(from: 0, to: records.count, by: 3) {
      let chunk = Chunk(Array(records[start..<min(start + 3, records.count)]), from: Offset(start))
      try killer.write { db in
        // The positions are what a chunk writes last.
        try db.execute(
          sql: """
            CREATE TRIGGER kill_insert BEFORE INSERT ON positions BEGIN SELECT RAISE(ABORT, 'killed'); END
            """)
      }
      #expect(throws: ReadModel.Failure.self) { try model.apply(chunk) }
      try killer.write { db in try db.execute(sql: "DROP TRIGGER kill_insert") }
      model = try ReadModel(path: path)
      #expect(try model.prepare(for: "one")[TopicPartition("cases", 0)] ?? 0 == Offset(start))
      let applied = try model.apply(chunk)
      #expect(applied.folded == chunk.records.count)
    }
    #expect(try model.histories(of: stories) == undisturbed.histories(of: stories))
    #expect(try model.prepare(for: "one") == [TopicPartition("cases", 0): Offset(records.count)])
  }

  @Test func `the model of another log, or of another schema, is forgotten`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("model.sqlite")
    let story = try Story("a")
    let model = try ReadModel(path: path)
    _ = try model.prepare(for: "one")
    _ = try model.apply(Chunk(story.records))
    #expect(try ReadModel(path: path).prepare(for: "one").count == 1)
    #expect(try model.prepare(for: "two").isEmpty)
    #expect(try model.history(of: story.id) == nil)
    _ = try model.apply(Chunk(story.records))
    try DatabaseQueue(path: path).write { db in try db.execute(sql: "UPDATE source SET schema = schema - 1") }
    let reopened = try ReadModel(path: path)
    #expect(try reopened.prepare(for: "two").isEmpty)
    #expect(try reopened.history(of: story.id) == nil)
    #expect(try reopened.undecodable().isEmpty)
  }

  @Test func `another program's database is refused and left as it is`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("log.sqlite")
    let other = try DatabaseQueue(path: path)
    try other.write { db in try db.execute(sql: "CREATE TABLE records (id INTEGER)") }
    let failure = #expect(throws: ReadModel.Failure.self) { try ReadModel(path: path) }
    #expect(failure?.reason.contains(path) == true)
    #expect(try other.read { db in try db.tableExists("records") })
  }

  @Test func `a file that cannot be one is an error, not a crash`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: ReadModel.Failure.self) { try ReadModel(path: folder.path("missing/model.sqlite")) }
  }

  @Test func `overdue is what was said to be, or what has passed its last day`() throws {
    let model = try ReadModel.inMemory()
    _ = try model.apply(Chunk(try Story.sample().flatMap(\.records)))
    let before = try moment("2026-10-13T23:59:59.999+08:00")
    let after = try moment("2026-10-14T00:00:00+08:00")
    // 1 is overdue; 2 was, and has its reply; 3 has one in time, as 4 has, which is closed.
    #expect(try model.overdue(at: before, limit: 10).map(\.id.text) == ["case-1"])
    let open = try Story("open", due: "2026-10-13", provisional: true)
    _ = try model.apply(Chunk(open.records, from: 100))
    #expect(try model.overdue(at: before, limit: 10).map(\.id.text) == ["case-1"])
    let overdue = try model.overdue(at: after, limit: 10)
    try #require(overdue.map(\.id.text) == ["case-1", "open"])
    #expect(overdue[0].owner?.id == "cj")
    #expect(overdue[1].owner == nil)
    #expect(overdue.map(\.provisional) == [false, true])
    #expect(try model.overdue(at: after, limit: 1).map(\.id.text) == ["case-1"])
  }

  @Test func `counts tell open, due, overdue, replied and closed cases apart`() throws {
    let model = try ReadModel.inMemory()
    // On the Wednesday before the autumn holidays of 2026 two working days reach over them.
    let now = try moment("2026-09-30T12:00:00+08:00")
    var overdue = try Story("overdue", due: "2026-09-29")
    overdue.becomeOverdue()
    var replied = try Story("replied", due: "2026-09-30")
    try replied.reply(at: "2026-09-30T09:00:00+08:00")
    var closed = try Story("closed", due: "2026-09-30")
    try closed.reply(at: "2026-09-30T09:00:00+08:00")
    try closed.close(at: "2026-09-30T10:00:00+08:00")
    let calendar = WorkingCalendar.builtIn
    let second = calendar.deadline(received: now, workingDays: 2).lastDay
    let stories = try [
      overdue, replied, closed, Story("silent", due: "2026-09-28"), Story("today", due: "2026-09-30"),
      Story("soon", due: second.description), Story("later", due: second.advanced(byDays: 1).description),
    ]
    _ = try model.apply(Chunk(stories.flatMap(\.records)))
    let counts = try model.counts(at: now, calendar: calendar)
    #expect(second > (try #require(CalendarDate("2026-10-05"))))
    #expect(counts.open == 5)
    #expect(counts.overdue == 2)
    #expect(counts.dueToday == 1)
    #expect(counts.dueSoon == 2)
    #expect(counts.replied == 1)
    #expect(counts.closed == 1)
  }

  @Test func `the overdue list is read by an index alone, in order`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("model.sqlite")
    _ = try ReadModel(path: path).prepare(for: "one")
    let plan = try DatabaseQueue(path: path).read { db in
      try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + ReadModel.overdueQuery, arguments: [0, 10])
        .map { $0["detail"] as String }
    }
    #expect(plan.contains { $0.contains("cases_by_due") })
    #expect(!plan.contains { $0.hasPrefix("SCAN") || $0.contains("TEMP B-TREE") }, "\(plan)")
  }
}
