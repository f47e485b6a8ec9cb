package import Cases
import Foundation
import GRDB
import Time

extension ReadModel {
  /// Those that match, received last first.
  package func cases(matching filter: CaseFilter) throws(Failure) -> [ListedCase] {
    let wanted = filter.offset + filter.limit
    let (start, end) = (filter.received.lowerBound.milliseconds, filter.received.upperBound.milliseconds)
    return try read { db in
      var found: [(received: Int64, id: String, key: Int64)] = []
      func add(_ part: CaseRow.Part, _ sql: String, _ more: StatementArguments) throws {
        let common: StatementArguments = ["part": part.rawValue, "start": start, "end": end, "limit": wanted]
        found += try Row.fetchAll(db.cachedStatement(sql: sql), arguments: common + more)
          .map { ($0["received_at"], $0["id"], $0["key"]) }
      }
      for part in CaseRow.Part.allCases where filter.phases?.contains(part.phase) ?? true {
        guard let subjects = filter.subjects else {
          try add(part, Self.listQuery, [:])
          continue
        }
        for (category, subjects) in Dictionary(grouping: subjects, by: \.category) {
          // A category as a whole has all of the second level in it.
          let below = subjects.contains { $0.subcategory == nil } ? nil : Set(subjects.compactMap(\.subcategory))
          guard let below else {
            try add(part, Self.categoryListQuery, ["category": category])
            continue
          }
          for subcategory in below {
            try add(part, Self.topicListQuery, ["category": category, "subcategory": subcategory])
          }
        }
      }
      found.sort { left, right in
        if left.received != right.received { return left.received > right.received }
        return right.id.utf8.lexicographicallyPrecedes(left.id.utf8)
      }
      return try found.dropFirst(filter.offset).prefix(filter.limit).compactMap { try Self.listed($0.key, in: db) }
    }
  }

  /// Arguments: `part`; `start` and `end` in milliseconds; `limit`.
  package static let listQuery = """
    SELECT key, received_at, id FROM cases WHERE part = :part AND received_at BETWEEN :start AND :end
    ORDER BY received_at DESC, id DESC LIMIT :limit
    """
  /// The same, and `category`.
  package static let categoryListQuery = """
    SELECT key, received_at, id FROM cases
    WHERE part = :part AND category = :category AND received_at BETWEEN :start AND :end
    ORDER BY received_at DESC, id DESC LIMIT :limit
    """
  /// The same, and `subcategory`.
  package static let topicListQuery = """
    SELECT key, received_at, id FROM cases
    WHERE part = :part AND category = :category AND received_at BETWEEN :start AND :end AND subcategory = :subcategory
    ORDER BY received_at DESC, id DESC LIMIT :limit
    """

  /// Those that are known of these, in the same order.
  package func cases(_ ids: [CaseID]) throws(Failure) -> [ListedCase] {
    try read { db in
      _ = try db.cachedStatement(sql: Self.summaryQuery)
      return try ids.compactMap { id in try Self.key(of: id, in: db).flatMap { try Self.listed($0, in: db) } }
    }
  }

  private static let summaryQuery = "SELECT summary, last_time FROM summaries WHERE key = ?"

  private static func listed(_ key: Int64, in db: Database) throws -> ListedCase? {
    let statement = try db.cachedStatement(sql: summaryQuery)
    return try Row.fetchOne(statement, arguments: [key]).map { row in
      let (summary, updated): (Data, String?) = (row["summary"], row["last_time"])
      return ListedCase(
        summary: try JSONData.decode(CaseSummary.self, from: Array(summary)), updated: updated.flatMap { GivenTime($0) }
      )
    }
  }
}
