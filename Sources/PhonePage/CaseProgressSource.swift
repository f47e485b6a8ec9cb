package import Cases
package import Time

/// Knows how far a case has come: a read model of `cases`.
package protocol CaseProgressSource: Sendable {
  func progress(of id: CaseID) async -> CaseProgressAnswer
}

package enum CaseProgressAnswer: Sendable {
  case known(CitizenProgress)
  /// No event of it has been read yet. Whoever has the key was given it for an opinion that the log has.
  case notYet
  /// It can't be told just now.
  case unavailable
}

/// What a citizen sees of their case.
package struct CitizenProgress: Hashable, Sendable {
  /// One of 登记 反映 处理 结果 反馈.
  package struct Step: Hashable, Sendable {
    package enum State: String, Hashable, Sendable { case done, now, ahead }

    package var state: State
    package var at: GivenTime?

    package init(state: State, at: GivenTime? = nil) {
      self.state = state
      self.at = at
    }
  }

  package var statement: Statement
  /// Where personal numbers stand in the statement's text. Without it the text isn't shown: the page may be looked at over
  /// a shoulder.
  package var reading: TextReading?
  package var received: GivenTime
  package var due: CalendarDate
  package var provisional: Bool
  package var overdue: Bool
  package var phase: CaseSummary.Phase
  /// The name of who must act.
  package var owner: String?
  package var category: String?
  /// Five of them.
  package var steps: [Step]
  /// In the order in which they were given.
  package var replies: [CaseEvent.Replied]
  /// Of the latest reply.
  package var rating: CaseCommand.Rate.Satisfaction?

  package init(
    statement: Statement, reading: TextReading?, received: GivenTime, due: CalendarDate, provisional: Bool = false,
    overdue: Bool = false, phase: CaseSummary.Phase = .open, owner: String? = nil, category: String? = nil,
    steps: [Step], replies: [CaseEvent.Replied] = [], rating: CaseCommand.Rate.Satisfaction? = nil
  ) {
    self.statement = statement
    self.reading = reading
    self.received = received
    self.due = due
    self.provisional = provisional
    self.overdue = overdue
    self.phase = phase
    self.owner = owner
    self.category = category
    self.steps = steps
    self.replies = replies
    self.rating = rating
  }
}
