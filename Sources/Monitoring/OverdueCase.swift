package import Cases
package import Time

/// A line of the overdue list: nothing that a citizen wrote or is.
package struct OverdueCase: Hashable, Sendable {
  package let id: CaseID
  package let owner: Owner?
  package let category: String?
  package let received: GivenTime
  package let due: CalendarDate
  package let provisional: Bool
  package let phase: CaseSummary.Phase
}
