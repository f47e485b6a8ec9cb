import Cases
import GRDB
import Time

/// Which cases a query means, in one part of one table: an index gives them, and what it isn't ordered by is looked up in
/// it too.
struct CaseSelection {
  enum Table { case cases, review, held(String) }

  let query: CaseQuery
  let table: Table
  /// `nil`: all parts of ``Table/review``.
  let part: CaseRow.Part?
  /// Expiring behind the lower and up to the upper bound, in milliseconds; `nil`: whenever.
  let window: Range<Int64>?

  /// Those that a query means, together.
  static func all(_ query: CaseQuery, _ days: DueDays) -> [CaseSelection] {
    let table: Table =
      switch query.scope {
      case .all: .cases
      case .held(let id): .held(id)
      }
    func part(_ part: CaseRow.Part, _ window: Range<Int64>? = nil) -> CaseSelection {
      CaseSelection(query: query, table: table, part: part, window: window)
    }
    switch query.standing {
    case .open: return [part(.running), part(.overdue)]
    case .dueToday: return [part(.running, days.today)]
    case .dueSoon: return [part(.running, days.soon)]
    case .overdue: return [part(.overdue), part(.running, days.passed)]
    case .replied: return [part(.replied)]
    case .closed: return [part(.closed)]
    case .any: return CaseRow.Part.allCases.map { part($0) }
    case .review:
      if case .all = query.scope { return [CaseSelection(query: query, table: .review, part: nil, window: nil)] }
      return [part(.running), part(.overdue)]
    }
  }

  /// What an index is chosen by, of what is asked for; the rest is checked at each of its entries.
  private enum Leading { case none, owner, step, category, kind }

  private var leading: Leading {
    guard case .cases = table else { return .none }
    if query.owner != nil { return .owner }
    if query.step != nil { return .step }
    if query.category != nil { return .category }
    return query.kind != nil ? .kind : .none
  }

  /// Whether an index gives them in that order, and looks at no more than a share of the cases on the way.
  func isIndexed(_ order: CaseQuery.Order) -> Bool {
    switch order {
    case .due: true
    case .received:
      switch table {
      case .cases: window == nil && leading != .step
      case .held: window == nil
      case .review: false
      }
    case .owner: isLeading(.owner) || isWalkable
    case .category: isLeading(.category) || isWalkable
    case .step: isLeading(.step) || isWalkable
    }
  }

  private func isLeading(_ wanted: Leading) -> Bool { leading == wanted || isUnfiltered }

  private var isUnfiltered: Bool {
    guard case .cases = table else { return false }
    return leading == .none && window == nil
  }

  /// Of open cases there are few enough to look at all of them.
  private var isWalkable: Bool {
    guard case .cases = table else { return false }
    return window == nil && (part == .running || part == .overdue)
  }

  private func expression(_ order: CaseQuery.Order) -> SQL {
    switch order {
    case .due: "expires"
    case .received: "received_at"
    case .owner: "owner"
    case .category: "category"
    case .step: "step"
    }
  }

  /// The columns that follow one another in an order, ahead of the case's id.
  private func columns(_ order: CaseQuery.Order) -> [SQL] {
    switch order {
    case .due, .received: [expression(order)]
    case .owner, .category, .step: [expression(order), "expires"]
    }
  }

  /// How many there are, counted no further than to `limit`.
  func count(upTo limit: Int) -> SQL {
    "SELECT count(*) FROM (SELECT 1 \(conditions(in: nil, after: nil, isDescending: false)) LIMIT \(limit))"
  }

  /// The first ones behind a place: columns `key`, `expires`, `received_at`, `owner`, `category`, `step` and `id`.
  func rows(in order: CaseQuery.Order, after place: CaseCursor.Place?, isDescending: Bool, limit: Int) -> SQL {
    let direction: SQL = isDescending ? "DESC" : "ASC"
    let terms = columns(order).map { column -> SQL in "\(column) \(direction)" }
    let by = (terms + ["id \(direction)"]).joined(separator: ", ")
    return """
      SELECT key, expires, received_at, owner, category, step, id
      \(conditions(in: order, after: place, isDescending: isDescending)) ORDER BY \(by) LIMIT \(limit)
      """
  }

  /// A plus sign keeps a column from choosing the index.
  private func conditions(
    in order: CaseQuery.Order?, after place: CaseCursor.Place?, isDescending: Bool
  ) -> SQL {
    var conditions: [SQL] = []
    let from: SQL
    switch table {
    case .cases: from = "FROM cases"
    case .review:
      from = "FROM cases"
      conditions.append("review = 1")
    case .held(let holder):
      from = "FROM held"
      conditions.append("holder = \(holder)")
      if query.standing == .review { conditions.append("+review = 1") }
    }
    if let part { conditions.append("part = \(part.rawValue)") }
    // An index that is walked in an order of its own is led by that alone.
    let leading = order.map { isWalked($0) } ?? false ? Leading.none : leading
    if let owner = query.owner {
      conditions.append(leading == .owner ? "owner = \(owner)" : "+owner = \(owner)")
    }
    if let step = query.step.map({ CaseRow.place(of: $0) }) {
      conditions.append(leading == .step ? "step = \(step)" : "+step = \(step)")
    }
    if let category = query.category {
      conditions.append(leading == .category ? "category = \(category)" : "+category = \(category)")
    }
    if let kind = query.kind.map({ OwnerColumns.place(of: $0) }) {
      conditions.append(leading == .kind ? "kind = \(kind)" : "+kind = \(kind)")
    }
    if let window {
      conditions.append("expires > \(window.lowerBound) AND expires <= \(window.upperBound)")
    }
    if let order, let place { conditions.append(behind(place, in: order, isDescending)) }
    return "\(from) WHERE \(conditions.joined(operator: .and))"
  }

  /// Along an index that is ordered by what isn't asked for.
  private func isWalked(_ order: CaseQuery.Order) -> Bool {
    switch order {
    case .due, .received: false
    case .owner: isWalkable && leading != .owner
    case .category: isWalkable && leading != .category
    case .step: isWalkable && leading != .step
    }
  }

  private func behind(_ place: CaseCursor.Place, in order: CaseQuery.Order, _ isDescending: Bool) -> SQL {
    let values: [SQL] =
      switch order {
      case .due: ["\(place.expires)"]
      case .received: ["\(place.number)"]
      case .owner, .category: ["\(place.text)", "\(place.expires)"]
      case .step: ["\(place.number)", "\(place.expires)"]
      }
    let columns = (columns(order) + ["id"]).joined(separator: ", ")
    let sought = (values + ["\(place.id)"]).joined(separator: ", ")
    return isDescending ? "(\(columns)) < (\(sought))" : "(\(columns)) > (\(sought))"
  }
}
