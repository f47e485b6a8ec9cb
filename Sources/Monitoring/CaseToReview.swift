package import Cases
package import Time

/// A line of the review queue: an open case of which nobody knows for sure what it is about. Nothing that a citizen wrote
/// or is.
package struct CaseToReview: Hashable, Sendable {
  package let id: CaseID
  package let doubt: CaseSummary.Doubt
  package let owner: Owner?
  package let received: GivenTime
  package let due: CalendarDate
}
