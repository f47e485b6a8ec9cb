import GRDB

/// What the cases of one transaction change in the tallies.
struct Tallies {
  private struct Standing: Hashable {
    let holder: String
    let name: CaseShare.Standing
  }

  private struct OwnerPeriod: Hashable {
    /// See ``CaseShare/periods(_:)``.
    let period: Int
    let owner: String
    let kind: Int
  }

  private struct CategoryDay: Hashable {
    let day: Int
    let category: String
  }

  private var standings: [Standing: Int] = [:]
  private var periods: [OwnerPeriod: [Int]] = [:]
  private var categories: [CategoryDay: [Int]] = [:]
  private var days: [Int: [Int]] = [:]

  /// The holder under whom all cases are counted.
  static let everybody = ""

  /// - Parameter sign: 1 to add what a case contributes, -1 to take it away.
  mutating func add(_ share: CaseShare, _ sign: Int) {
    for name in share.standings {
      for holder in share.holders.union([Self.everybody]) {
        standings[Standing(holder: holder, name: name), default: 0] += sign
      }
    }
    let rates = share.rates
    let numbers = [
      rates.received, rates.answered, rates.due, rates.inTime, rates.closed, rates.settled, rates.satisfied,
      rates.fair, rates.unsatisfied,
    ]
    for period in [share.month, CaseShare.year(of: share.month)] {
      Self.add(sign, numbers, to: &periods[OwnerPeriod(period: period, owner: share.owner, kind: share.kind)])
    }
    let isOpen = share.standings.contains(.open)
    let isOverdue = share.standings.contains(.overdue)
    Self.add(
      sign, [1, isOpen ? 1 : 0, isOverdue ? 1 : 0],
      to: &categories[CategoryDay(day: share.day, category: share.category)])
    Self.add(sign, [1, 0, 0], to: &days[share.day])
    if let day = share.answeredOn { Self.add(sign, [0, 1, 0], to: &days[day]) }
    if let day = share.overdueOn { Self.add(sign, [0, 0, 1], to: &days[day]) }
  }

  private static func add(_ sign: Int, _ numbers: [Int], to sums: inout [Int]?) {
    sums = zip(sums ?? numbers.map { _ in 0 }, numbers).map { $0 + sign * $1 }
  }

  func store(in db: Database) throws {
    for (place, change) in standings where change != 0 {
      try db.cachedStatement(
        sql: """
          INSERT INTO standings (holder, name, number) VALUES (?, ?, ?)
          ON CONFLICT DO UPDATE SET number = number + excluded.number
          """
      ).execute(arguments: [place.holder, place.name.rawValue, change])
    }
    for (place, changes) in periods where changes.contains(where: { $0 != 0 }) {
      try db.cachedStatement(
        sql: """
          INSERT INTO owner_periods
            (period, owner, kind, received, answered, passed, in_time, closed, settled, satisfied, fair, unsatisfied)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET received = received + excluded.received, answered = answered + excluded.answered,
            passed = passed + excluded.passed, in_time = in_time + excluded.in_time, closed = closed + excluded.closed,
            settled = settled + excluded.settled, satisfied = satisfied + excluded.satisfied,
            fair = fair + excluded.fair, unsatisfied = unsatisfied + excluded.unsatisfied
          """
      ).execute(arguments: StatementArguments([place.period, place.owner, place.kind] + changes.map { $0 }))
    }
    for (place, changes) in categories where changes.contains(where: { $0 != 0 }) {
      try db.cachedStatement(
        sql: """
          INSERT INTO category_days (day, category, received, open, overdue) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET received = received + excluded.received, open = open + excluded.open,
            overdue = overdue + excluded.overdue
          """
      ).execute(arguments: [place.day, place.category, changes[0], changes[1], changes[2]])
    }
    for (day, changes) in days where changes.contains(where: { $0 != 0 }) {
      try db.cachedStatement(
        sql: """
          INSERT INTO days (day, received, answered, overdue) VALUES (?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET received = received + excluded.received, answered = answered + excluded.answered,
            overdue = overdue + excluded.overdue
          """
      ).execute(arguments: [day, changes[0], changes[1], changes[2]])
    }
  }
}
