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
package struct Assignment: Hashable, Sendable, Codable {
  package var owner: Owner
  /// In words, for a clerk.
  package var reason: String
  /// Of the directory that it was decided with.
  package var directory: String

  package init(owner: Owner, reason: String, directory: String) {
    self.owner = owner
    self.reason = reason
    self.directory = directory
  }
}

/// A station or a department that a case is assigned to.
package struct Owner: Hashable, Sendable, Codable {
  package enum Kind: String, Hashable, Sendable, Codable { case station, department }

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
