package import Time

/// One of a citizen's cases, as they may see it.
package struct CitizenCase: Hashable, Sendable {
  package var id: CaseID
  package var received: GivenTime
  package var phase: CaseSummary.Phase
  /// The last day for a reply.
  package var due: CalendarDate
  package var overdue: Bool
  /// The name of who must act.
  package var owner: String?
  package var category: String?
  /// The latest reply's text.
  package var reply: String?
  /// That reply has been rated.
  package var rated: Bool
  /// The address of the case's page, with its key.
  package var page: String

  package init(
    id: CaseID, received: GivenTime, phase: CaseSummary.Phase, due: CalendarDate, overdue: Bool, owner: String? = nil,
    category: String? = nil, reply: String? = nil, rated: Bool = false, page: String
  ) {
    self.id = id
    self.received = received
    self.phase = phase
    self.due = due
    self.overdue = overdue
    self.owner = owner
    self.category = category
    self.reply = reply
    self.rated = rated
    self.page = page
  }
}

/// Knows which cases are whose.
package protocol CitizenCases: Sendable {
  /// Newest first; `nil` where it can't be told just now.
  /// - Parameter citizen: a ``Citizen/id``.
  func cases(of citizen: String, limit: Int) async -> [CitizenCase]?
}
