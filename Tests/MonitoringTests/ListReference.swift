import Cases
import Monitoring
import Time

/// Lists as they are meant: a search through all cases.
struct ListReference {
  let now: Instant
  let calendar: WorkingCalendar

  func ids(of query: CaseQuery, among all: [CaseSummary]) -> [CaseID] {
    let found = all.filter { matches($0, query) }.sorted { precedes($0, $1, query.order) }.map(\.id)
    // The newest first.
    return query.isReversed != (query.order == .received) ? found.reversed() : found
  }

  func isOverdue(_ summary: CaseSummary) -> Bool {
    summary.phase == .open && (summary.overdue || summary.stage != .paused && summary.deadline.expires.instant <= now)
  }

  private func matches(_ summary: CaseSummary, _ query: CaseQuery) -> Bool {
    if case .held(let id) = query.scope {
      let holders = [summary.owner?.id, summary.offered?.id, summary.supervisor?.id] + summary.attendants
      guard holders.contains(id) else { return false }
    }
    if let owner = query.owner, summary.owner?.id != owner { return false }
    if let kind = query.kind, summary.owner?.kind != kind { return false }
    if let category = query.category, summary.category != category { return false }
    if let step = query.step, summary.step != step { return false }
    let today = TimeOffset.shanghai.date(of: now)
    let isRunning = summary.phase == .open && !isOverdue(summary) && summary.stage != .paused
    // The last day ends at midnight, so it is the day before the one on which it expires.
    let lastDay = summary.deadline.due
    switch query.standing {
    case .open: return summary.phase == .open
    case .dueToday: return isRunning && lastDay == today
    case .dueSoon:
      return isRunning && lastDay <= calendar.deadline(received: now, workingDays: 2).lastDay
    case .overdue: return isOverdue(summary)
    case .replied: return summary.phase == .replied
    case .closed: return summary.phase == .closed
    case .review: return summary.phase == .open && summary.doubt != nil
    case .any: return true
    }
  }

  private func precedes(_ left: CaseSummary, _ right: CaseSummary, _ order: CaseQuery.Order) -> Bool {
    let (leftKey, rightKey) = (key(left, order), key(right, order))
    if leftKey.text != rightKey.text { return leftKey.text.utf8.lexicographicallyPrecedes(rightKey.text.utf8) }
    if leftKey.number != rightKey.number { return leftKey.number < rightKey.number }
    if leftKey.moment != rightKey.moment { return leftKey.moment < rightKey.moment }
    return left.id < right.id
  }

  private func key(_ summary: CaseSummary, _ order: CaseQuery.Order) -> (text: String, number: Int, moment: Instant) {
    let expires = summary.deadline.expires.instant
    return switch order {
    case .due: ("", 0, expires)
    case .received: ("", 0, summary.submission.received.instant)
    case .owner: (summary.owner?.id ?? "", 0, expires)
    case .category: (summary.category ?? "", 0, expires)
    case .step: ("", summary.step.flatMap { CaseSummary.Step.allCases.firstIndex(of: $0) }.map { $0 + 1 } ?? 0, expires)
    }
  }
}
