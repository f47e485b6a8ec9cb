package import Cases
import Foundation
import GRDB
import Time

extension ReadModel {
  /// Those that match, received last first.
  package func cases(matching filter: CaseFilter) throws(Failure) -> [ListedCase] {
    let subjects = filter.subjects ?? []
    let arguments: StatementArguments = [
      "start": filter.received.lowerBound.milliseconds, "end": filter.received.upperBound.milliseconds,
      "phases": filter.phases.map { Self.list($0.map(\.rawValue)) },
      "subjects": filter.subjects.map { _ in "" },
      "categories": Self.list(subjects.filter { $0.subcategory == nil }.map(\.category)),
      "topics": Self.list(subjects.compactMap { subject in subject.subcategory.map { subject.category + "\n" + $0 } }),
      "limit": filter.limit, "offset": filter.offset,
    ]
    return try Self.run { [database] in
      try database.read { db in
        try Row.fetchAll(db, sql: Self.listQuery, arguments: arguments).map(Self.listed)
      }
    }
  }

  /// Arguments: `start` and `end` in milliseconds; `phases`, and `subjects` as a whole, NULL for any; `phases`,
  /// `categories` and `topics` (category, line feed, subcategory) as JSON lists; `limit` and `offset`.
  package static let listQuery = """
    SELECT summary, (SELECT time FROM events WHERE case_id = cases.id ORDER BY sequence DESC LIMIT 1) AS updated
    FROM cases
    WHERE received_at BETWEEN :start AND :end
      AND (:phases IS NULL OR phase IN (SELECT value FROM json_each(:phases)))
      AND (:subjects IS NULL OR category IN (SELECT value FROM json_each(:categories))
        OR category || char(10) || subcategory IN (SELECT value FROM json_each(:topics)))
    ORDER BY received_at DESC, id DESC LIMIT :limit OFFSET :offset
    """

  /// Those that are known of these, in the same order.
  package func cases(_ ids: [CaseID]) throws(Failure) -> [ListedCase] {
    try Self.run { [database] in
      try database.read { db in
        let statement = try db.cachedStatement(
          sql: """
            SELECT summary, (SELECT time FROM events WHERE case_id = cases.id ORDER BY sequence DESC LIMIT 1) AS updated
            FROM cases WHERE id = ?
            """)
        return try ids.compactMap { id in
          try Row.fetchOne(statement, arguments: [id.text]).map(Self.listed)
        }
      }
    }
  }

  private static func listed(_ row: Row) throws -> ListedCase {
    let summary: Data = row["summary"]
    let updated: String? = row["updated"]
    return ListedCase(
      summary: try JSONData.decode(CaseSummary.self, from: Array(summary)), updated: updated.flatMap { GivenTime($0) })
  }

  private static func list(_ values: [String]) -> String {
    String(decoding: JSONData.encode(values), as: UTF8.self)
  }
}
