import CaseStories
import Cases
import EventLog
import Foundation
import GRDB
import Monitoring
import SeededRandom
import Testing
import Time

struct CaseListTests {
  private static let now = "2026-10-12T12:00:00+08:00"

  /// Cases of all kinds, the same for the same seed.
  static func stories(_ count: Int, seed: UInt64) throws -> [Story] {
    var chance = SeededGenerator(seed: seed)
    func pick<Element>(_ elements: [Element]) -> Element {
      elements[Int.random(in: 0..<elements.count, using: &chance)]
    }
    return try (0..<count).map { number in
      let day = Int.random(in: 10...30, using: &chance)
      let due = try #require(CalendarDate("2026-09-\(day)")).advanced(byDays: Int.random(in: 9...20, using: &chance))
      var story = try Story(
        "case-\(number)", received: "2026-09-\(day)T0\(Int.random(in: 0...9, using: &chance)):00:00+08:00",
        due: due.description)
      let received = try #require(GivenTime("2026-09-\(day)T10:00:00+08:00"))
      if number % 7 != 0 {
        story.add(
          .classified(
            Classification(
              category: pick(["城乡建设", "交通", "民政"]), confidence: 0.5, sure: pick([true, true, false]), why: [],
              version: "r")), at: received)
      }
      if number % 5 != 0 {
        let kind = pick(Owner.Kind.allCases)
        let owner = Owner(id: "\(kind.rawValue)-\(pick([1, 2, 3]))", kind: kind, name: "n")
        let station = Owner(id: "station-\(pick([1, 2]))", kind: .station, name: "站")
        story.add(
          .assigned(
            Assignment(owner: owner, reason: "", directory: "d", supervisor: pick([nil, station]), attendant: nil)),
          at: received)
        if pick([true, false]) { story.add(.signed(.init(by: "x", owner: owner)), at: received) }
      }
      if due < (try #require(CalendarDate("2026-10-12"))), pick([true, true, false]) {
        story.becomeOverdue()
        if pick([true, false]) {
          let deadline = CaseEvent.DeadlineEvent(due: due, generation: 1, firedAt: received, lateBy: 0)
          story.add(.supervised(.init(step: .ladder, deadline: deadline)), at: received)
        }
      }
      if pick([true, false, false]) {
        try story.reply(at: "2026-10-09T09:00:00+08:00", overdue: pick([true, false]))
        switch pick([0, 1, 2, 3]) {
        case 0: try story.close(at: "2026-10-09T10:00:00+08:00")
        case 1: story.add(.rated(.init(satisfaction: pick([.satisfied, .fair, .unsatisfied]))), at: received)
        case 2:
          story.add(.undelivered(.init(feedback: "f", channel: "sms", reason: "停机", final: true)), at: received)
        default: break
        }
      }
      return story
    }
  }

  static func everyQuery() -> [CaseQuery] {
    var queries: [CaseQuery] = []
    for scope in [CaseScope.all, .held(by: "station-1")] {
      for standing in CaseQuery.Standing.allCases {
        for order in CaseQuery.Order.allCases {
          for isReversed in [false, true] {
            for owner in [nil, "deputy-2"] {
              for kind in [nil, Owner.Kind.department] {
                for category in [nil, "交通"] {
                  for step in [nil, CaseSummary.Step.supervision] {
                    var query = CaseQuery(scope: scope, standing: standing, order: order, limit: 11)
                    query.isReversed = isReversed
                    (query.owner, query.kind, query.category, query.step) = (owner, kind, category, step)
                    queries.append(query)
                  }
                }
              }
            }
          }
        }
      }
    }
    return queries
  }

  @Test func `any list, read part by part, is what a search through all cases finds, in its order`() throws {
    let now = try moment(Self.now)
    let model = try ReadModel.inMemory()
    let stories = try Self.stories(70, seed: 11)
    _ = try model.apply(Chunk(stories.flatMap(\.records)))
    let all = try stories.compactMap { try model.history(of: $0.id)?.summary }
    let reference = ListReference(now: now, calendar: .builtIn)
    for query in Self.everyQuery() {
      var found: [CaseID] = []
      var next = query
      var parts = 0
      repeat {
        let listing = try model.lines(next, at: now, calendar: .builtIn)
        #expect(listing.order == query.order)
        #expect(!listing.isMore && !listing.isCursorUnknown)
        found += listing.lines.map(\.id)
        next.after = listing.next
        parts += 1
        if parts == 1 { #expect(listing.total == reference.ids(of: query, among: all).count) }
      } while next.after != nil && parts < 100
      #expect(found == reference.ids(of: query, among: all), "\(query)")
    }
  }

  @Test func `a line says what a list shows, and nothing that a citizen wrote`() throws {
    let model = try ReadModel.inMemory()
    var story = try Story("a", text: "绝密")
    try story.assign()
    story.becomeOverdue()
    _ = try model.apply(Chunk(story.records))
    let now = try moment("2026-10-20T09:00:00+08:00")
    let query = CaseQuery(scope: .all, standing: .overdue)
    let line = try #require(try model.lines(query, at: now, calendar: .builtIn).lines.first)
    #expect(line.id == story.id)
    #expect(line.owner == Owner(id: "cj", kind: .department, name: "城建局"))
    #expect(line.offered?.id == "cj")
    #expect(line.category == "城乡建设" && line.subcategory == nil)
    #expect(line.received.text == "2026-09-24T10:00:00+08:00")
    #expect(line.due == CalendarDate("2026-10-12"))
    #expect(line.expires == (try moment("2026-10-13T00:00:00+08:00")))
    #expect(line.stage == .assigned && line.overdue && line.step == .urging)
    #expect(line.lastEvent == "overdue")
    #expect(line.lastTime?.instant == line.expires)
    #expect(!"\(line)".contains("绝密"))
  }

  @Test func `a cursor that is none, or of another list, is said to be unknown`() throws {
    let now = try moment(Self.now)
    let model = try ReadModel.inMemory()
    _ = try model.apply(Chunk(try Self.stories(20, seed: 3).flatMap(\.records)))
    var query = CaseQuery(scope: .all, standing: .any, order: .received, limit: 5)
    let cursor = try #require(try model.lines(query, at: now, calendar: .builtIn).next)
    for text in ["", "x", "%", "e30", "👀", String(repeating: "A", count: 5000), String(cursor.dropLast(3))] {
      query.after = text
      let listing = try model.lines(query, at: now, calendar: .builtIn)
      #expect(listing.isCursorUnknown && listing.lines.isEmpty)
    }
    query.after = cursor
    query.order = .owner
    #expect(try model.lines(query, at: now, calendar: .builtIn).isCursorUnknown)
    query.order = .received
    query.isReversed = true
    #expect(try model.lines(query, at: now, calendar: .builtIn).isCursorUnknown)
  }
}
