package import Cases
import GRDB
package import Time

// Tallies by month, category and day, and of what the clock alone decides, an index's range: see ReadModel+Counts.swift.

extension ReadModel {
  /// One for each owner whose cases were received in those months, in the order of their ids.
  /// - Parameters:
  ///   - kind: `nil`: owners of every kind, and the cases that nobody owns.
  ///   - received: each month that it touches counts as a whole.
  ///   - scope: where it isn't all, the rates of that holder alone.
  package func rates(
    of kind: Owner.Kind?, received: ClosedRange<CalendarDate>, scope: CaseScope, at now: Instant
  ) throws(Failure) -> [OwnerRates] {
    try read { db in
      var sums: [OwnerPlace: Rates] = [:]
      let months = CaseShare.month(of: received.lowerBound)...CaseShare.month(of: received.upperBound)
      let statement = try db.cachedStatement(
        sql: """
          SELECT owner, kind, sum(received) AS received, sum(answered) AS answered, sum(passed) AS passed,
            sum(in_time) AS in_time, sum(closed) AS closed, sum(settled) AS settled, sum(satisfied) AS satisfied,
            sum(fair) AS fair, sum(unsatisfied) AS unsatisfied
          FROM owner_periods WHERE period BETWEEN ? AND ? GROUP BY owner, kind
          """)
      for period in CaseShare.periods(months) {
        let cursor = try Row.fetchCursor(statement, arguments: [period.lowerBound, period.upperBound])
        while let row = try cursor.next() {
          let rates = Rates(row)
          if rates == Rates() { continue }
          let place = OwnerPlace(owner: row["owner"], kind: row["kind"])
          sums[place] = (sums[place] ?? Rates()) + rates
        }
      }
      for late in try Self.late(at: now, in: db) where months.contains(late.month) {
        sums[late.owner, default: Rates()].due += 1
      }
      let wanted = kind.map { OwnerColumns.place(of: $0) }
      return try sums.filter { place, _ in
        switch scope {
        case .all: wanted.map { $0 == place.kind } ?? true
        case .held(let id): place.owner == id && wanted.map { $0 == place.kind } ?? true
        }
      }
      .sorted { $0.key < $1.key }
      .map { place, rates in OwnerRates(owner: try Self.owner(place, in: db), rates: rates) }
    }
  }

  /// Of all cases received in those months.
  package func rates(received: ClosedRange<CalendarDate>, at now: Instant) throws(Failure) -> Rates {
    try rates(of: nil, received: received, scope: .all, at: now).reduce(Rates()) { $0 + $1.rates }
  }

  /// One for each day, in order; of a longer time than twelve years, the last twelve.
  package func trend(days: ClosedRange<CalendarDate>, at now: Instant) throws(Failure) -> [DayTrend] {
    let last = days.upperBound.dayNumber
    let numbers = max(days.lowerBound.dayNumber, last - 12 * 366)...last
    return try read { db in
      var trend = numbers.map { DayTrend(day: CalendarDate(dayNumber: $0), received: 0, answered: 0, overdue: 0) }
      let statement = try db.cachedStatement(
        sql: "SELECT day, received, answered, overdue FROM days WHERE day BETWEEN ? AND ?")
      for row in try Row.fetchAll(statement, arguments: [numbers.lowerBound, numbers.upperBound]) {
        let place = row["day"] as Int - numbers.lowerBound
        trend[place].received = row["received"]
        trend[place].answered = row["answered"]
        trend[place].overdue = row["overdue"]
      }
      for late in try Self.late(at: now, in: db) where numbers.contains(late.due) {
        trend[late.due - numbers.lowerBound].overdue += 1
      }
      return trend
    }
  }

  /// Of the cases received on those days, one for each category, that with the most cases first.
  package func categories(
    received: ClosedRange<CalendarDate>, at now: Instant
  ) throws(Failure) -> [CategoryCount] {
    let numbers = received.lowerBound.dayNumber...received.upperBound.dayNumber
    return try read { db in
      var counts: [String: CategoryCount] = [:]
      let statement = try db.cachedStatement(
        sql: """
          SELECT category, sum(received) AS received, sum(open) AS open, sum(overdue) AS overdue
          FROM category_days WHERE day BETWEEN ? AND ? GROUP BY category
          """)
      for row in try Row.fetchAll(statement, arguments: [numbers.lowerBound, numbers.upperBound]) {
        let category: String = row["category"]
        counts[category] = CategoryCount(
          category: category.isEmpty ? nil : category, received: row["received"], open: row["open"],
          overdue: row["overdue"])
      }
      for late in try Self.late(at: now, in: db) where numbers.contains(late.day) {
        counts[late.category]?.overdue += 1
      }
      return counts.values.filter { $0.received > 0 }
        .sorted { ($1.received, $0.category ?? "") < ($0.received, $1.category ?? "") }
    }
  }

  // MARK: What only the clock says

  private struct OwnerPlace: Hashable, Comparable {
    let owner: String
    let kind: Int

    static func < (left: OwnerPlace, right: OwnerPlace) -> Bool {
      (left.owner, left.kind) < (right.owner, right.kind)
    }
  }

  /// An open case whose last day has passed, and nobody has said so yet.
  private struct Late {
    let owner: OwnerPlace
    let month: Int
    let day: Int
    let due: Int
    let category: String
  }

  /// Few, as long as the workers keep up: they say so within a minute.
  private static func late(at now: Instant, in db: Database) throws -> [Late] {
    let statement = try db.cachedStatement(
      sql: "SELECT owner, kind, received_at, due, category FROM cases WHERE part = 0 AND expires <= ?")
    return try Row.fetchAll(statement, arguments: [now.milliseconds]).map { row in
      let received = TimeOffset.shanghai.date(of: Instant(milliseconds: row["received_at"]))
      return Late(
        owner: OwnerPlace(owner: row["owner"], kind: row["kind"]), month: CaseShare.month(of: received),
        day: received.dayNumber, due: row["due"], category: row["category"])
    }
  }

  private static func owner(_ place: OwnerPlace, in db: Database) throws -> Owner? {
    guard !place.owner.isEmpty else { return nil }
    let statement = try db.cachedStatement(
      sql: """
        SELECT coalesce((SELECT name FROM holders WHERE id = ?1 AND kind = ?2), (SELECT name FROM owners WHERE id = ?1))
        """)
    let name = try String.fetchOne(statement, arguments: [place.owner, place.kind]) ?? place.owner
    return OwnerColumns.owner(kind: place.kind, id: place.owner, name: name)
  }
}

extension Rates {
  /// - Parameter row: of `owner_periods`.
  fileprivate init(_ row: Row) {
    self.init()
    received = row["received"]
    answered = row["answered"]
    due = row["passed"]
    inTime = row["in_time"]
    closed = row["closed"]
    settled = row["settled"]
    satisfied = row["satisfied"]
    fair = row["fair"]
    unsatisfied = row["unsatisfied"]
  }
}
