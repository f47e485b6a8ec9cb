package import Cases
import GRDB
package import Time

extension ReadModel {
  /// A part of a list of cases, with how many there are.
  package func lines(
    _ query: CaseQuery, at now: Instant, calendar: WorkingCalendar
  ) throws(Failure) -> CaseListing {
    let selections = CaseSelection.all(query, DueDays(at: now, calendar: calendar))
    let limit = min(max(query.limit, 1), Self.mostLines)
    return try read { db in
      var listing = CaseListing(order: query.order)
      var count = 0
      for selection in selections where count <= CaseListing.exact {
        let statement = selection.count(upTo: CaseListing.exact + 1 - count)
        count += try SQLRequest<Int>(literal: statement, cached: true).fetchOne(db) ?? 0
      }
      listing.total = min(count, CaseListing.exact)
      listing.isMore = count > CaseListing.exact
      if listing.isMore, !selections.allSatisfy({ $0.isIndexed(query.order) }) { listing.order = .due }
      var after: CaseCursor.Place?
      if let text = query.after {
        guard let cursor = CaseCursor(text), cursor.isReversed == query.isReversed,
          let order = CaseQuery.Order(rawValue: cursor.order), order == query.order || order == .due
        else {
          listing.isCursorUnknown = true
          return listing
        }
        // A list goes on as it began, though there may be fewer cases by now.
        listing.order = order
        after = cursor.place
      }
      // Of what was received the newest stands first, of all else the smallest.
      let found = try Self.first(
        limit + 1, of: selections, listing.order, after: after,
        isDescending: query.isReversed != (listing.order == .received), in: db)
      listing.lines = try CaseLine.all(found.prefix(limit).map(\.key), at: now, in: db)
      if found.count > limit {
        let cursor = CaseCursor(order: listing.order, isReversed: query.isReversed, place: found[limit - 1].place)
        listing.next = cursor.text
      }
      return listing
    }
  }

  private static let mostLines = 1000

  /// The first ones of all selections, merged.
  private static func first(
    _ limit: Int, of selections: [CaseSelection], _ order: CaseQuery.Order, after place: CaseCursor.Place?,
    isDescending: Bool, in db: Database
  ) throws -> [(key: Int64, place: CaseCursor.Place)] {
    var found: [(key: Int64, place: CaseCursor.Place)] = []
    for selection in selections {
      let statement = selection.rows(in: order, after: place, isDescending: isDescending, limit: limit)
      for row in try SQLRequest<Row>(literal: statement, cached: true).fetchAll(db) {
        let expires: Int64 = row["expires"]
        var place = CaseCursor.Place(text: "", number: 0, expires: 0, id: row["id"])
        switch order {
        case .due: place.expires = expires
        case .received: place.number = row["received_at"]
        case .owner: (place.text, place.expires) = (row["owner"], expires)
        case .category: (place.text, place.expires) = (row["category"], expires)
        case .step: (place.number, place.expires) = (row["step"], expires)
        }
        found.append((row["key"], place))
      }
    }
    if selections.count > 1 {
      found.sort { isDescending ? $1.place.precedes($0.place) : $0.place.precedes($1.place) }
    }
    return Array(found.prefix(limit))
  }

  /// Whether somebody may see a case: one that isn't known is nobody's.
  package func isVisible(_ id: CaseID, to scope: CaseScope) throws(Failure) -> Bool {
    try read { db in
      guard let key = try Self.key(of: id, in: db) else { return false }
      return try Self.isVisible(key, to: scope, in: db)
    }
  }

  private static func isVisible(_ key: Int64, to scope: CaseScope, in db: Database) throws -> Bool {
    switch scope {
    case .all:
      let statement = try db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM cases WHERE key = ?)")
      return try Bool.fetchOne(statement, arguments: [key]) ?? false
    case .held(let holder):
      let statement = try db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM held WHERE key = ? AND holder = ?)")
      return try Bool.fetchOne(statement, arguments: [key, holder]) ?? false
    }
  }

  /// The cases that somebody names by their number, however they spell it, or by their id; those received last first.
  package func find(_ text: String, in scope: CaseScope, at now: Instant) throws(Failure) -> [CaseLine] {
    let text = String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    return try read { db in
      var keys: [Int64] = []
      if let number = CaseNumber(text) {
        let statement = try db.cachedStatement(
          sql: "SELECT key FROM cases WHERE number = ? ORDER BY received_at DESC, id")
        keys = try Int64.fetchAll(statement, arguments: [number.text])
      }
      if let id = CaseID(text), let key = try Self.key(of: id, in: db), !keys.contains(key) { keys.append(key) }
      return try CaseLine.all(keys.filter { try Self.isVisible($0, to: scope, in: db) }, at: now, in: db)
    }
  }
}
