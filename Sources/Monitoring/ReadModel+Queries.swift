package import Cases
import Foundation
import GRDB
package import Time

extension ReadModel {
  /// `nil` for a case that isn't known (yet).
  package func history(of id: CaseID) throws(Failure) -> CaseHistory? {
    try Self.run { [database] in
      try database.read { db in
        guard let data = try Data.fetchOne(db, sql: "SELECT summary FROM cases WHERE id = ?", arguments: [id.text])
        else { return nil }
        return CaseHistory(
          summary: try JSONData.decode(CaseSummary.self, from: Array(data)),
          events: try RecordedEvent.all(of: id, in: db))
      }
    }
  }

  /// Open cases of which `overdue` was said, or whose last day had passed by `now`; the longest overdue first.
  package func overdue(at now: Instant, limit: Int) throws(Failure) -> [OverdueCase] {
    try Self.run { [database] in
      try database.read { db in
        try Row.fetchAll(db, sql: Self.overdueQuery, arguments: [now.milliseconds, limit]).map { row in
          let owner: Data? = row["owner"]
          guard let id = CaseID(row["id"] as String), let received = GivenTime(row["received"] as String),
            let due = CalendarDate(row["due"] as String), let phase = CaseSummary.Phase(rawValue: row["phase"])
          else { throw Failure(reason: "holds what it cannot have written") }
          return OverdueCase(
            id: id, owner: try owner.map { try JSONData.decode(Owner.self, from: Array($0)) },
            category: row["category"], received: received, due: due, provisional: row["provisional"], phase: phase)
        }
      }
    }
  }

  /// Arguments: now in milliseconds, and the limit.
  package static let overdueQuery = """
    SELECT id, owner, category, received, due, provisional, phase, expires FROM cases
    WHERE phase = 'open' AND overdue = 1
    UNION ALL
    SELECT id, owner, category, received, due, provisional, phase, expires FROM cases
    WHERE phase = 'open' AND overdue = 0 AND expires <= ?
    ORDER BY expires, id LIMIT ?
    """

  /// Open cases of which nobody knows for sure what they are about, with the number of all; the most urgent first.
  package func toReview(limit: Int) throws(Failure) -> (total: Int, cases: [CaseToReview]) {
    try Self.run { [database] in
      try database.read { db in
        let total = try Int.fetchOne(db, sql: "SELECT count(*) FROM cases WHERE review = 1") ?? 0
        let cases = try Data.fetchAll(db, sql: Self.reviewQuery, arguments: [limit]).compactMap { data in
          let summary = try JSONData.decode(CaseSummary.self, from: Array(data))
          return summary.doubt.map { doubt in
            CaseToReview(
              id: summary.id, doubt: doubt, owner: summary.owner, received: summary.submission.received,
              due: summary.deadline.due)
          }
        }
        return (total, cases)
      }
    }
  }

  /// Argument: the limit.
  package static let reviewQuery = "SELECT summary FROM cases WHERE review = 1 ORDER BY expires, id LIMIT ?"

  /// A citizen's cases, the one received last first.
  /// - Parameter citizen: a ``Citizen/id``.
  package func cases(of citizen: String, limit: Int) throws(Failure) -> [CaseSummary] {
    try Self.run { [database] in
      try database.read { db in
        let arguments: StatementArguments = [Citizen.digest(ofID: citizen)]
        let summaries = try Data.fetchAll(db, sql: Self.citizenQuery, arguments: arguments)
          .map { try JSONData.decode(CaseSummary.self, from: Array($0)) }
        return Array(
          summaries.sorted { ($1.submission.received.instant, $1.id) < ($0.submission.received.instant, $0.id) }
            .prefix(limit))
      }
    }
  }

  /// Argument: the citizen's digest.
  package static let citizenQuery = """
    SELECT cases.summary FROM citizens JOIN cases ON cases.id = citizens.case_id WHERE citizens.citizen = ?
    """

  package func counts(at now: Instant, calendar: WorkingCalendar) throws(Failure) -> CaseCounts {
    let today = TimeOffset.shanghai.instant(of: TimeOffset.shanghai.date(of: now), at: .seconds(24 * 3600))
    let soon = calendar.deadline(received: now, workingDays: 2).expires
    return try Self.run { [database] in
      try database.read { db in
        var counts = CaseCounts()
        for row in try Row.fetchAll(db, sql: "SELECT phase, count(*) AS count FROM cases GROUP BY phase") {
          switch CaseSummary.Phase(rawValue: row["phase"]) {
          case .open: counts.open = row["count"]
          case .replied: counts.replied = row["count"]
          case .closed: counts.closed = row["count"]
          case nil: break
          }
        }
        let running = "SELECT count(*) FROM cases WHERE phase = 'open' AND overdue = 0 AND expires > ? AND expires <= ?"
        let said = try Int.fetchOne(db, sql: "SELECT count(*) FROM cases WHERE phase = 'open' AND overdue = 1") ?? 0
        func due(after start: Int64, by end: Int64) throws -> Int {
          try Int.fetchOne(db, sql: running, arguments: [start, end]) ?? 0
        }
        counts.overdue = try said + due(after: .min, by: now.milliseconds)
        counts.dueToday = try due(after: now.milliseconds, by: today.milliseconds)
        counts.dueSoon = try due(after: now.milliseconds, by: max(today, soon).milliseconds)
        return counts
      }
    }
  }
}
