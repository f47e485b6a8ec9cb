package import Time

/// A case as its events tell it: the fold that reports, the read model and `verify` share.
package struct CaseSummary: Hashable, Sendable, Codable {
  package enum Phase: String, Hashable, Sendable, Codable { case open, replied, closed }

  /// Why a person should look at what the opinion is about, and what it may be about.
  package struct Doubt: Hashable, Sendable, Codable {
    /// In words, for a clerk.
    package var reason: String
    /// The likeliest first.
    package var guesses: [Classification.Guess]
  }

  package var id: CaseID
  /// The `ce_sequence` of the last event folded in.
  package var events: Int
  package var submission: Submission
  package var deadline: CaseEvent.ReplyDeadline
  package var category: String?
  /// Of the second level, within `category`.
  package var subcategory: String?
  /// `nil` where nobody need look, or somebody has.
  package var doubt: Doubt?
  package var owner: Owner?
  package var phase: Phase
  /// The reply made first, by its own time.
  package var replied: GivenTime?
  /// Working days after the day of receipt, up to and including the day of that reply.
  package var workingDays: Int?
  /// The text of the reply that was taken in last.
  package var reply: String?
  /// What the citizen said of that reply.
  package var rating: CaseCommand.Rate.Satisfaction?
  /// The last day passed without a reply made by then.
  package var overdue: Bool

  /// Begins with a case's first event; `nil` if that isn't `opened`.
  package init?(id: CaseID, first event: CaseEvent) {
    guard case .opened(let opened) = event else { return nil }
    self.id = id
    events = 1
    submission = opened.submission
    deadline = opened.deadline
    phase = .open
    overdue = false
  }

  /// Takes in the next event of this case.
  package mutating func fold(_ event: CaseEvent) {
    events += 1
    switch event {
    case .classified(let classification):
      category = classification.category
      subcategory = classification.subcategory
      doubt = classification.doubt.map { reason in
        let first = Classification.Guess(category: classification.category, confidence: classification.confidence)
        return Doubt(reason: reason, guesses: [first] + (classification.second.map { [$0] } ?? []))
      }
    case .assigned(let assignment): owner = assignment.owner
    case .overdue: overdue = true
    case .overdueWithdrawn: overdue = false
    case .deadlineChanged(let change): deadline = change.to
    case .replied(let reply):
      if phase == .open { phase = .replied }
      self.reply = reply.reply.text
      rating = nil
      if let replied, replied.instant <= reply.at.instant { break }
      replied = reply.at
      workingDays = reply.workingDays
      overdue = reply.overdue
    case .rated(let rated): rating = rated.satisfaction
    case .closed: phase = .closed
    case .opened, .reminded, .delivered, .undelivered, .supplemented, .similarFound, .refusedCommand: break
    }
  }
}
