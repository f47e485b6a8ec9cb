package import Cases
package import Time

/// What a record of `feedback` says of whom it goes to and how; not what it says to them.
package struct ToldMessage: Hashable, Sendable, Codable {
  /// `answer`, `notice` or `rating`.
  package var kind: String
  /// The word of the event that it tells of, such as `replied`.
  package var of: String
  /// `citizen`, `owner`, `attendant`, `supervisor` or `proposer`.
  package var to: String
  /// The office that is told; none where the citizen is.
  package var owner: Owner?
  package var channel: String
  package var notBefore: GivenTime?
  package var expires: GivenTime?
  /// Of an answer: by what its carrier names it, over whichever channel.
  package var answer: String?
  /// 1 for an answer's first channel.
  package var attempt: Int?

  package init(
    kind: String, of: String, to: String, owner: Owner? = nil, channel: String, notBefore: GivenTime? = nil,
    expires: GivenTime? = nil, answer: String? = nil, attempt: Int? = nil
  ) {
    self.kind = kind
    self.of = of
    self.to = to
    self.owner = owner
    self.channel = channel
    self.notBefore = notBefore
    self.expires = expires
    self.answer = answer
    self.attempt = attempt
  }
}
