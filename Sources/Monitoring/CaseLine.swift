package import Cases
import GRDB
package import Time

/// A line of a list of cases: nothing that a citizen wrote or is.
package struct CaseLine: Hashable, Sendable {
  package let id: CaseID
  package let number: String?
  package let owner: Owner?
  /// Whom it is offered to, who hasn't signed yet.
  package let offered: Owner?
  package let category: String?
  package let subcategory: String?
  package let received: GivenTime
  /// The last day.
  package let due: CalendarDate
  /// The first moment that is too late.
  package let expires: Instant
  package let provisional: Bool
  package let stage: CaseStage
  /// Open, and the last day had passed when the list was made; of an answered one, that its answer was late.
  package let overdue: Bool
  package let step: CaseSummary.Step?
  /// The word of its last event, such as `replied`; the whole type where that is none of ours.
  package let lastEvent: String
  package let lastTime: GivenTime?

  /// - Parameter row: of ``query``.
  init(_ row: Row, at now: Instant) throws(ReadModel.Failure) {
    guard let id = CaseID(row["id"] as String), let received = GivenTime(row["received"] as String),
      let stage = CaseStage(rawValue: row["stage"]), let part = CaseRow.Part(rawValue: row["part"])
    else { throw ReadModel.Failure(reason: "holds what it cannot have written") }
    let (category, subcategory): (String, String) = (row["category"], row["subcategory"])
    let (lastTime, clock): (String?, Int64) = (row["last_time"], row["expires"])
    self.id = id
    self.received = received
    self.stage = stage
    number = row["number"]
    owner = OwnerColumns.owner(kind: row["kind"], id: row["owner"], name: row["owner_name"])
    offered = OwnerColumns.owner(kind: row["offered_kind"], id: row["offered"], name: row["offered_name"])
    self.category = category.isEmpty ? nil : category
    self.subcategory = subcategory.isEmpty ? nil : subcategory
    due = CalendarDate(dayNumber: row["due"])
    expires = Instant(milliseconds: row["deadline"])
    provisional = row["provisional"]
    overdue = row["late"] || part == .running && clock <= now.milliseconds
    step = CaseRow.step(at: row["step"])
    lastEvent = row["last_event"]
    self.lastTime = lastTime.flatMap { GivenTime($0) }
  }

  /// Argument: the number by which the tables know the case.
  static let query = """
    SELECT cases.id, number, part, stage, expires, deadline, due, provisional, received, category, subcategory, kind,
      owner, owner_name, offered_kind, offered, offered_name, late, step, last_event, last_time
    FROM cases JOIN summaries ON summaries.key = cases.key WHERE cases.key = ?
    """

  static func all(_ keys: [Int64], at now: Instant, in db: Database) throws -> [CaseLine] {
    let statement = try db.cachedStatement(sql: query)
    return try keys.compactMap { key in
      try Row.fetchOne(statement, arguments: [key]).map { row throws in try CaseLine(row, at: now) }
    }
  }
}
