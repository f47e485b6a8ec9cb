package import Time

/// Cases to be listed.
package protocol CaseBook: Sendable {
  /// Those that match, received last first; `nil` if that can't be told now.
  func cases(matching filter: CaseFilter) async -> [ListedCase]?
  /// Those that are known of these, in the same order; `nil` if that can't be told now.
  func cases(_ ids: [CaseID]) async -> [ListedCase]?
}

/// What stands of a case in a list. ``ListedCase/summary`` holds what the citizen wrote: whoever shows it decides how
/// much of it.
package struct ListedCase: Hashable, Sendable {
  package var summary: CaseSummary
  /// When its last event was; `nil` where that event says nothing of it.
  package var updated: GivenTime?

  package init(summary: CaseSummary, updated: GivenTime?) {
    self.summary = summary
    self.updated = updated
  }
}

/// Which cases to list.
package struct CaseFilter: Hashable, Sendable {
  /// A category of the first level, alone with all below it or with one of the second.
  package struct Subject: Hashable, Sendable {
    package var category: String
    package var subcategory: String?

    package init(category: String, subcategory: String? = nil) {
      self.category = category
      self.subcategory = subcategory
    }
  }

  /// When they were received, both ends in.
  package var received: ClosedRange<Instant>
  /// `nil`: in all phases.
  package var phases: Set<CaseSummary.Phase>?
  /// `nil`: about anything.
  package var subjects: [Subject]?
  /// How many that match are passed over first, and how many follow at most.
  package var offset: Int
  package var limit: Int

  package init(
    received: ClosedRange<Instant>, phases: Set<CaseSummary.Phase>? = nil, subjects: [Subject]? = nil, offset: Int = 0,
    limit: Int
  ) {
    self.received = received
    self.phases = phases
    self.subjects = subjects
    self.offset = offset
    self.limit = limit
  }
}
