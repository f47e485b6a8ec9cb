package import Time

/// An opinion on its way between the stages: which one it is, when it came, and what was said.
package struct Submission: Hashable, Sendable, Codable {
  package var opinion: OpinionReference
  /// When the citizen said it, as the gateway gave it; where it gave nothing, when the log took it in.
  package var received: GivenTime
  /// When the log took it in.
  package var recorded: GivenTime
  /// Carried over from a time before this system: its times are the past's, and nobody is suspected for it.
  package var historic: Bool
  package var statement: Statement

  package init(
    opinion: OpinionReference, received: GivenTime, recorded: GivenTime, historic: Bool, statement: Statement
  ) {
    self.opinion = opinion
    self.received = received
    self.recorded = recorded
    self.historic = historic
    self.statement = statement
  }
}

/// Who must act: the data of `assigned`.
///
/// What may be missing was not said by earlier versions, or there is none.
package struct Assignment: Hashable, Sendable, Codable {
  package var owner: Owner
  /// In words, for a clerk.
  package var reason: String
  /// Of the directory that it was decided with.
  package var directory: String
  /// The station that goes on watching over what a department, or a deputy of a higher level, has in hand.
  package var supervisor: Owner?
  /// 协办: sees the case, and leaves the answer to the owner.
  package var attendant: Owner?
  /// Ids of those who come next, in order, if this owner returns it.
  package var next: [String]?
  /// Days in the near future on which the owner, a station, is closed, in order.
  package var closedDays: [CalendarDate]?
  /// True: the owner, a deputy, takes it to a people's congress of a higher level, and has to bring the answer back.
  package var carried: Bool?

  package init(
    owner: Owner, reason: String, directory: String, supervisor: Owner? = nil, attendant: Owner? = nil,
    next: [String]? = nil, closedDays: [CalendarDate]? = nil, carried: Bool? = nil
  ) {
    self.owner = owner
    self.reason = reason
    self.directory = directory
    self.supervisor = supervisor
    self.attendant = attendant
    self.next = next
    self.closedDays = closedDays
    self.carried = carried
  }
}

/// Someone whom a case is assigned to.
package struct Owner: Hashable, Sendable, Codable {
  package enum Kind: String, Hashable, Sendable, Codable, CaseIterable { case station, department, deputy }

  package var id: String
  package var kind: Kind
  package var name: String

  package init(id: String, kind: Kind, name: String) {
    self.id = id
    self.kind = kind
    self.name = name
  }
}

/// The data of `cn.huiyin.opinion.classified.v1` on `classifications`.
package struct ClassifiedOpinion: Hashable, Sendable, Codable {
  package var submission: Submission
  package var classification: Classification

  package init(submission: Submission, classification: Classification) {
    self.submission = submission
    self.classification = classification
  }
}
