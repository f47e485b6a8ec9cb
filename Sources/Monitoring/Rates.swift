package import Cases

/// How well cases were answered, as counts of cases: 响应率, 解决率, 满意率.
///
/// A case that was taken up again is judged by what came of it since.
package struct Rates: Hashable, Sendable {
  package var received = 0
  package var answered = 0
  /// Answered, or their last day has passed: those of which can be told whether they were in time.
  package var due = 0
  /// Answered by the last day.
  package var inTime = 0
  package var closed = 0
  /// Closed with an answer that wasn't a refusal, which the citizen didn't call unsatisfying, and never taken up again.
  package var settled = 0
  package var satisfied = 0
  package var fair = 0
  package var unsatisfied = 0

  package init() {}

  /// One case. Where nobody has said that it is overdue, its last day has not passed.
  init(_ summary: CaseSummary) {
    let isAnswered = summary.replied != nil
    received = 1
    answered = isAnswered ? 1 : 0
    due = isAnswered || summary.overdue ? 1 : 0
    inTime = isAnswered && !summary.overdue ? 1 : 0
    guard summary.phase == .closed else {
      rate(summary.rating)
      return
    }
    closed = 1
    let isSettled =
      isAnswered && !summary.isRefused && summary.rating != .unsatisfied && summary.reopened == 0
    settled = isSettled ? 1 : 0
    rate(summary.rating)
  }

  private mutating func rate(_ rating: CaseCommand.Rate.Satisfaction?) {
    switch rating {
    case .satisfied: satisfied = 1
    case .fair: fair = 1
    case .unsatisfied: unsatisfied = 1
    case nil: break
    }
  }

  package var rated: Int { satisfied + fair + unsatisfied }

  /// 响应率: of those that were due, answered in time; `nil` where nothing was due.
  package var response: Double? { Self.share(inTime, of: due) }
  /// 解决率: of those that are closed, settled.
  package var resolution: Double? { Self.share(settled, of: closed) }
  /// 满意率: of those that a citizen rated, satisfied or fairly so.
  package var satisfaction: Double? { Self.share(satisfied + fair, of: rated) }

  private static func share(_ part: Int, of whole: Int) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }

  package static func + (left: Rates, right: Rates) -> Rates {
    var sum = left
    sum.received += right.received
    sum.answered += right.answered
    sum.due += right.due
    sum.inTime += right.inTime
    sum.closed += right.closed
    sum.settled += right.settled
    sum.satisfied += right.satisfied
    sum.fair += right.fair
    sum.unsatisfied += right.unsatisfied
    return sum
  }
}

/// The rates of one owner.
package struct OwnerRates: Hashable, Sendable {
  /// As the directory names it; where that doesn't know it, as its cases do. `nil`: of those that nobody owns yet.
  package let owner: Owner?
  package let rates: Rates

  package init(owner: Owner?, rates: Rates) {
    self.owner = owner
    self.rates = rates
  }
}
