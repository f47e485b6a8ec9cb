package import Cases
import GRDB
package import Time

// Counts come from tallies that are kept up as events come; only what the clock alone decides, whose last day has passed
// without anybody having said so yet, is counted in the cases, along an index.

extension ReadModel {
  package func counts(
    at now: Instant, calendar: WorkingCalendar, scope: CaseScope = .all
  ) throws(Failure) -> CaseCounts {
    let days = DueDays(at: now, calendar: calendar)
    return try read { db in
      let holder =
        switch scope {
        case .all: Tallies.everybody
        case .held(let id): id
        }
      let standings = try Self.standings(of: holder, in: db)
      func due(_ window: Range<Int64>) throws -> Int { try Self.running(window, scope, in: db) }
      var counts = CaseCounts()
      counts.open = standings[.open] ?? 0
      counts.replied = standings[.replied] ?? 0
      counts.closed = standings[.closed] ?? 0
      counts.overdue = try (standings[.overdue] ?? 0) + due(days.passed)
      counts.dueToday = try due(days.today)
      counts.dueSoon = try due(days.soon)
      counts.urging = standings[.urging] ?? 0
      counts.supervision = standings[.supervision] ?? 0
      counts.report = standings[.report] ?? 0
      counts.toReview = standings[.review] ?? 0
      counts.undelivered = standings[.undelivered] ?? 0
      return counts
    }
  }

  /// Cases whose answer nobody could bring to its citizen.
  package func undelivered() throws(Failure) -> Int {
    try read { db in try Self.standings(of: Tallies.everybody, in: db)[.undelivered] ?? 0 }
  }

  package func arriving(at now: Instant) throws(Failure) -> Arriving {
    try read { db in
      let statement = try db.cachedStatement(sql: "SELECT count(*) AS number, min(since) AS oldest FROM arriving")
      guard let row = try Row.fetchOne(statement) else { return Arriving(count: 0, oldest: nil, waiting: nil) }
      let oldest: Int64? = row["oldest"]
      let since = oldest.map { Instant(milliseconds: $0) }
      return Arriving(count: row["number"], oldest: since, waiting: since.map { max(.zero, now - $0) })
    }
  }

  static func standings(of holder: String, in db: Database) throws -> [CaseShare.Standing: Int] {
    let statement = try db.cachedStatement(sql: "SELECT name, number FROM standings WHERE holder = ?")
    var standings: [CaseShare.Standing: Int] = [:]
    for row in try Row.fetchAll(statement, arguments: [holder]) {
      if let name = CaseShare.Standing(rawValue: row["name"]) { standings[name] = row["number"] }
    }
    return standings
  }

  /// Open cases that nobody has called overdue, and that expire in that time.
  private static func running(_ window: Range<Int64>, _ scope: CaseScope, in db: Database) throws -> Int {
    switch scope {
    case .all:
      let statement = try db.cachedStatement(
        sql: "SELECT count(*) FROM cases WHERE part = 0 AND expires > ? AND expires <= ?")
      return try Int.fetchOne(statement, arguments: [window.lowerBound, window.upperBound]) ?? 0
    case .held(let id):
      let statement = try db.cachedStatement(
        sql: "SELECT count(*) FROM held WHERE holder = ? AND part = 0 AND expires > ? AND expires <= ?")
      return try Int.fetchOne(statement, arguments: [id, window.lowerBound, window.upperBound]) ?? 0
    }
  }
}
