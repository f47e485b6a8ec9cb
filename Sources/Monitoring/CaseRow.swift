import Cases
import GRDB
import Time

/// What lists are found and ordered by: a row of `cases`.
struct CaseRow: Hashable {
  /// Where a case stands, as far as lists tell that apart.
  enum Part: Int, CaseIterable {
    /// Open, and nobody has said that it is overdue: whether its last day has passed is for the clock to say.
    case running
    /// Open, and said to be overdue.
    case overdue
    case replied
    case closed

    var phase: CaseSummary.Phase {
      switch self {
      case .running, .overdue: .open
      case .replied: .replied
      case .closed: .closed
      }
    }
  }

  let id: String
  let number: String?
  let part: Part
  let stage: CaseStage
  /// In milliseconds; ``never`` where its deadline stands still.
  let expires: Int64
  let deadline: Int64
  let due: Int
  let provisional: Bool
  let received: String
  let receivedAt: Int64
  let category: String
  let subcategory: String
  let owner: OwnerColumns
  let offered: OwnerColumns
  let step: Int
  let review: Bool
  /// Said to be overdue, or answered late.
  let late: Bool

  /// 9999-12-31.
  static let never: Int64 = 253_402_214_400_000

  init(_ summary: CaseSummary) {
    id = summary.id.text
    number = summary.number
    part =
      switch summary.phase {
      case .open: summary.overdue ? .overdue : .running
      case .replied: .replied
      case .closed: .closed
      }
    stage = summary.stage
    deadline = summary.deadline.expires.instant.milliseconds
    expires = summary.stage == .paused && !summary.overdue ? Self.never : deadline
    due = summary.deadline.due.dayNumber
    provisional = summary.deadline.provisional
    received = summary.submission.received.text
    receivedAt = summary.submission.received.instant.milliseconds
    category = summary.category ?? ""
    subcategory = summary.subcategory ?? ""
    owner = OwnerColumns(summary.owner)
    offered = OwnerColumns(summary.offered)
    step = Self.place(of: summary.step)
    late = summary.overdue
    review = summary.doubt != nil && summary.phase == .open
  }

  /// 0 for none, then up the ladder.
  static func place(of step: CaseSummary.Step?) -> Int {
    step.flatMap { CaseSummary.Step.allCases.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
  }

  static func step(at place: Int) -> CaseSummary.Step? {
    CaseSummary.Step.allCases.indices.contains(place - 1) ? CaseSummary.Step.allCases[place - 1] : nil
  }

  func store(_ key: Int64, in db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO cases
          (key, id, number, part, stage, expires, deadline, due, provisional, received, received_at, category,
           subcategory, kind, owner, owner_name, offered_kind, offered, offered_name, step, review, late)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(
      arguments: [
        key, id, number, part.rawValue, stage.rawValue, expires, deadline, due, provisional, received, receivedAt,
        category, subcategory, owner.kind, owner.id, owner.name, offered.kind, offered.id, offered.name, step, review,
        late,
      ])
  }

  func store(_ key: Int64, heldBy holder: String, in db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO held
          (key, holder, part, expires, id, received_at, kind, owner, category, step, review)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(
      arguments: [
        key, holder, part.rawValue, expires, id, receivedAt, owner.kind, owner.id, category, step, review,
      ])
  }
}
