package import Time

/// Something that somebody was told of a case, and what became of it.
package struct ToldLine: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    /// Handed on; nobody says of such whether it arrives.
    case sent
    /// Of an answer: nobody has said yet.
    case underWay
    case delivered(GivenTime?)
    /// - Parameter reason: why.
    case undelivered(GivenTime?, reason: String?)
  }

  /// The `ce_id` of its record.
  package let id: String
  package let time: GivenTime?
  package let message: ToldMessage
  package let state: State
}
