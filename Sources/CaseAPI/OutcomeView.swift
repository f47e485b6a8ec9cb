import Monitoring

/// What came of a command.
struct OutcomeView: Encodable {
  enum State: String, Encodable {
    /// Nothing yet, or nobody gave it.
    case pending
    case done
    /// It is on record that it was not carried out, and why.
    case refused
  }

  let id: String
  let state: State
  /// Why it was refused.
  let reason: String?
  /// That it led to, in their order.
  let events: [JSONTree]
}
