import Cases
import Time

/// What one case adds to each tally: taken away and added anew as the case goes on, so that no tally is ever counted from
/// the cases themselves.
struct CaseShare: Hashable {
  /// Names of ``CaseCounts``, as `standings` holds them, of each holder and of all.
  enum Standing: String, CaseIterable {
    case open, overdue, replied, closed, urging, supervision, report, review, undelivered
  }

  let holders: Set<String>
  let standings: Set<Standing>
  let owner: String
  let kind: Int
  /// Of the receipt, in Shanghai: years since the first one, times 12, and months.
  let month: Int
  /// Of the receipt, in Shanghai.
  let day: Int
  let category: String
  let rates: Rates
  /// Of the first answer since it was taken up last.
  let answeredOn: Int?
  /// The last day, if that passed without an answer.
  let overdueOn: Int?

  init(_ facts: CaseFacts, _ row: CaseRow) {
    let summary = facts.summary
    holders = Set([summary.owner?.id, summary.offered?.id, summary.supervisor?.id].compactMap(\.self))
      .union(summary.attendants)
    var standings: Set<Standing>
    switch row.part {
    case .running: standings = [.open]
    case .overdue:
      standings = [.open, .overdue]
      switch summary.step {
      case .urging: standings.insert(.urging)
      case .supervision: standings.insert(.supervision)
      case .report: standings.insert(.report)
      case nil: break
      }
    case .replied: standings = [.replied]
    case .closed: standings = [.closed]
    }
    if row.review { standings.insert(.review) }
    if facts.undelivered { standings.insert(.undelivered) }
    self.standings = standings
    owner = row.owner.id
    kind = row.owner.kind
    let received = TimeOffset.shanghai.date(of: summary.submission.received.instant)
    day = received.dayNumber
    month = Self.month(of: received)
    category = row.category
    rates = Rates(summary)
    answeredOn = summary.replied.map { TimeOffset.shanghai.date(of: $0.instant).dayNumber }
    overdueOn = summary.overdue ? row.due : nil
  }

  static func month(of date: CalendarDate) -> Int {
    let (year, month, _) = date.yearMonthDay
    return year * 12 + month - 1
  }

  /// A month's whole year, as `owner_periods` knows it beside the months.
  static func year(of month: Int) -> Int { -(month / 12) }

  /// The fewest periods that are those months together: whole years, and the months before and behind them.
  static func periods(_ months: ClosedRange<Int>) -> [ClosedRange<Int>] {
    let first = (months.lowerBound + 11) / 12
    let last = (months.upperBound + 1) / 12 - 1
    guard first <= last else { return [months] }
    var periods = [-last ... -first]
    if months.lowerBound < first * 12 { periods.append(months.lowerBound...first * 12 - 1) }
    if months.upperBound > last * 12 + 11 { periods.append((last + 1) * 12...months.upperBound) }
    return periods
  }
}
