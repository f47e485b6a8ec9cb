import CaseStories
import Cases
import EventLog
import Foundation
import GRDB
import Monitoring
import Synchronization
import Testing
import Time

struct QueryPlanTests {
  /// One of each statement, with its arguments.
  private final class Statements: Sendable {
    private let all = Mutex<[String: String]>([:])

    func add(_ sql: String, _ whole: () -> String) {
      guard sql.hasPrefix("SELECT") else { return }
      all.withLock { if $0[sql] == nil { $0[sql] = whole() } }
    }

    var queries: [String] { all.withLock { $0.values.sorted() } }
    func clear() { all.withLock { $0 = [:] } }
  }

  /// Tables of which each row is wanted: they are read whole by those queries alone.
  private static let whole = ["owners", "holders", "undecodable"]

  /// What sorts, and why it may: no more than ``CaseListing/exact`` cases, owners of some months, categories, or
  /// the cases of one number.
  private static func maySort(_ sql: String) -> Bool {
    sql.hasPrefix("SELECT key, expires, received_at") || sql.hasPrefix("SELECT key FROM cases WHERE number = ")
      || sql.contains("FROM owner_periods")
      || sql.contains("FROM category_days")
  }

  @Test func `every query is led by an index, and none sorts what may be many`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("model.sqlite")
    let statements = Statements()
    let model = try ReadModel(path: path) { statements.add($0, $1) }
    _ = try model.prepare(for: "one")
    let town = try Town(cases: 40, seed: 2)
    for chunk in town.whole { _ = try model.apply(chunk) }
    statements.clear()
    let now = try moment("2026-10-12T12:00:00+08:00")
    _ = try ModelPicture(of: model, town, at: now)
    for var query in CaseListTests.everyQuery() {
      let listing = try model.lines(query, at: now, calendar: .builtIn)
      query.after = listing.next
      if query.after != nil { _ = try model.lines(query, at: now, calendar: .builtIn) }
    }
    let days = ModelPicture.days
    _ = try model.rates(received: days, at: now)
    _ = try model.toReview(limit: 10)
    _ = try model.overdue(at: now, limit: 10)
    _ = try model.find("case-1", in: .all, at: now)
    _ = try model.find(CaseNumber(town.stories[0].id, received: now).text, in: .held(by: "x"), at: now)
    _ = try model.deadLetter("commands/0/1")
    _ = try model.events(causedBy: "x", of: town.stories[0].id)
    _ = try model.cases([town.stories[0].id])
    _ = try model.station(over: "deputy-2")
    let received = (try moment("2026-01-01T00:00:00Z"))...now
    for subjects: [CaseFilter.Subject]? in [nil, [.init(category: "交通")], [.init(category: "交通", subcategory: "a")]] {
      _ = try model.cases(matching: CaseFilter(received: received, subjects: subjects, limit: 10))
    }
    let queries = statements.queries
    #expect(queries.count > 300)
    let database = try DatabaseQueue(path: path)
    for sql in queries {
      let plan = try database.read { db in
        try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql).map { $0["detail"] as String }
      }
      for step in plan where step.hasPrefix("SCAN") {
        let isSmall =
          Self.whole.contains { step.hasPrefix("SCAN \($0)") } || step.hasPrefix("SCAN CONSTANT ROW")
          || ["arriving", "letters_waiting"].contains { step.contains($0) } || step.contains("cases_to_review")
          || step.contains("(subquery")
        #expect(isSmall, "\(sql): \(plan)")
      }
      if plan.contains(where: { $0.contains("TEMP B-TREE") }) { #expect(Self.maySort(sql), "\(sql): \(plan)") }
    }
  }

  /// What may be sorted, in which order; all else is read along an index in the order that is asked for.
  @Test func `a list is sorted only where its order isn't its index's`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("model.sqlite")
    let statements = Statements()
    let model = try ReadModel(path: path) { statements.add($0, $1) }
    _ = try model.prepare(for: "one")
    let now = try moment("2026-10-12T12:00:00+08:00")
    let database = try DatabaseQueue(path: path)
    func sorts(_ query: CaseQuery) throws -> Bool {
      statements.clear()
      _ = try model.lines(query, at: now, calendar: .builtIn)
      return try statements.queries.filter { $0.hasPrefix("SELECT key, expires") }.contains { sql in
        try database.read { db in try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql) }
          .contains { ($0["detail"] as String).contains("TEMP B-TREE") }
      }
    }
    for standing in CaseQuery.Standing.allCases {
      for scope in [CaseScope.all, .held(by: "x")] {
        #expect(try !sorts(CaseQuery(scope: scope, standing: standing)), "\(scope) \(standing)")
      }
    }
    for standing in [CaseQuery.Standing.open, .replied, .closed, .any] {
      for order in CaseQuery.Order.allCases {
        #expect(try !sorts(CaseQuery(scope: .all, standing: standing, order: order)), "\(standing) \(order)")
      }
      for order in [CaseQuery.Order.due, .received] {
        var query = CaseQuery(scope: .held(by: "x"), standing: standing, order: order)
        #expect(try !sorts(query))
        query.scope = .all
        query.owner = "x"
        #expect(try !sorts(query))
        query.owner = nil
        query.category = "x"
        #expect(try !sorts(query))
        query.kind = .deputy
        #expect(try !sorts(query))
        query.category = nil
        #expect(try !sorts(query))
      }
    }
  }
}
