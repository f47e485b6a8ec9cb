package import Cases

/// A case, and the events that it is the fold of, in the order of their sequence.
package struct CaseHistory: Hashable, Sendable {
  package let summary: CaseSummary
  package let events: [RecordedEvent]
}
