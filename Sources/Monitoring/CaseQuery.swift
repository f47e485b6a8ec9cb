package import Cases

/// Which cases to list, and in which order.
package struct CaseQuery: Hashable, Sendable {
  package enum Standing: String, Hashable, Sendable, CaseIterable {
    /// Without an answer.
    case open
    /// Open, and today is the last day.
    case dueToday = "due-today"
    /// Open and not overdue, and the last day is today or one of the next two working days.
    case dueSoon = "due-soon"
    /// Open, and the last day has passed.
    case overdue
    /// Answered, and not closed yet.
    case replied
    case closed
    /// Open, and a person should say what it is about.
    case review
    case any
  }

  package enum Order: String, Hashable, Sendable, CaseIterable {
    /// The end of the deadline: what is longest overdue stands first.
    case due
    /// The newest first.
    case received
    case owner, category, step
  }

  package var scope: CaseScope
  package var standing: Standing
  package var order: Order
  package var isReversed = false
  /// Id of the station, department or deputy that answers for it.
  package var owner: String?
  package var kind: Owner.Kind?
  /// Of the first level.
  package var category: String?
  /// How far the ladder after expiry has been climbed.
  package var step: CaseSummary.Step?
  /// Where to go on: what the listing before gave as its `next`.
  package var after: String?
  package var limit: Int

  package init(scope: CaseScope, standing: Standing = .open, order: Order = .due, limit: Int = 50) {
    self.scope = scope
    self.standing = standing
    self.order = order
    self.limit = limit
  }
}
