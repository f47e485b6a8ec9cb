package import Cases
import Foundation
import GRDB
package import Time

extension ReadModel {
  /// `nil` for a case that isn't known (yet).
  package func history(of id: CaseID) throws(Failure) -> CaseHistory? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT keys.key, summary FROM keys JOIN summaries ON summaries.key = keys.key WHERE keys.id = ?")
      guard let row = try Row.fetchOne(statement, arguments: [id.text]) else { return nil }
      let data: Data = row["summary"]
      return CaseHistory(
        summary: try JSONData.decode(CaseSummary.self, from: Array(data)),
        events: try RecordedEvent.all(of: id, row["key"], in: db))
    }
  }

  /// What came of a command: the events that it led to, in their order; none as long as nothing has.
  /// - Parameter cause: the command's `ce_id`.
  package func events(causedBy cause: String, of id: CaseID) throws(Failure) -> [RecordedEvent] {
    try read { db in
      guard let key = try Self.key(of: id, in: db) else { return [] }
      return try RecordedEvent.all(of: id, key, in: db).filter { $0.cause == cause }
    }
  }

  /// Open cases of which `overdue` was said, or whose last day had passed by `now`; the longest overdue first.
  package func overdue(at now: Instant, limit: Int) throws(Failure) -> [OverdueCase] {
    try read { db in
      let statement = try db.cachedStatement(sql: Self.overdueQuery)
      return try Row.fetchAll(statement, arguments: [now.milliseconds, limit]).map { row in
        guard let id = CaseID(row["id"] as String), let received = GivenTime(row["received"] as String) else {
          throw Failure(reason: "holds what it cannot have written")
        }
        let category: String = row["category"]
        return OverdueCase(
          id: id, owner: OwnerColumns.owner(kind: row["kind"], id: row["owner"], name: row["owner_name"]),
          category: category.isEmpty ? nil : category, received: received,
          due: CalendarDate(dayNumber: row["due"]), provisional: row["provisional"], phase: .open)
      }
    }
  }

  /// Arguments: now in milliseconds, and the limit.
  package static let overdueQuery = """
    SELECT id, kind, owner, owner_name, category, received, due, provisional, expires FROM cases WHERE part = 1
    UNION ALL
    SELECT id, kind, owner, owner_name, category, received, due, provisional, expires FROM cases
    WHERE part = 0 AND expires <= ?
    ORDER BY expires, id LIMIT ?
    """

  /// Open cases of which nobody knows for sure what they are about, with the number of all; the most urgent first.
  package func toReview(limit: Int) throws(Failure) -> (total: Int, cases: [CaseToReview]) {
    try read { db in
      let total = try Self.standings(of: Tallies.everybody, in: db)[.review] ?? 0
      let statement = try db.cachedStatement(sql: Self.reviewQuery)
      let cases = try Data.fetchAll(statement, arguments: [limit]).compactMap { data in
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

  /// Argument: the limit.
  package static let reviewQuery = """
    SELECT summary FROM cases JOIN summaries ON summaries.key = cases.key WHERE review = 1
    ORDER BY expires, id LIMIT ?
    """

  /// A citizen's cases, the one received last first.
  /// - Parameter citizen: a ``Citizen/id``.
  package func cases(of citizen: String, limit: Int) throws(Failure) -> [CaseSummary] {
    try read { db in
      let statement = try db.cachedStatement(sql: Self.citizenQuery)
      let summaries = try Data.fetchAll(statement, arguments: [Citizen.digest(ofID: citizen)])
        .map { try JSONData.decode(CaseSummary.self, from: Array($0)) }
      return Array(
        summaries.sorted { ($1.submission.received.instant, $1.id) < ($0.submission.received.instant, $0.id) }
          .prefix(limit))
    }
  }

  /// Argument: the citizen's digest.
  package static let citizenQuery = """
    SELECT summary FROM citizens JOIN keys ON keys.id = citizens.case_id JOIN summaries ON summaries.key = keys.key
    WHERE citizens.citizen = ?
    """

  /// How the citizen of a case can be reached: personal data. `nil` where that isn't known, or is to be forgotten.
  package func contact(of id: CaseID) throws(Failure) -> Citizen? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT citizen FROM keys JOIN contacts ON contacts.key = keys.key WHERE keys.id = ?")
      return try Data.fetchOne(statement, arguments: [id.text])
        .map { try JSONData.decode(Citizen.self, from: Array($0)) }
    }
  }

  static func key(of id: CaseID, in db: Database) throws -> Int64? {
    try Int64.fetchOne(db.cachedStatement(sql: "SELECT key FROM keys WHERE id = ?"), arguments: [id.text])
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(Failure) -> Value {
    try Self.run { [database] in try database.read(body) }
  }
}
