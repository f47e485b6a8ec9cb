package import EventLog

/// Where a gateway leaves what it has taken in.
package protocol Outbox: Sendable {
  /// Returns once all of them are durable, in the log or on this gateway's own disk, or after the time that an answer may
  /// take. They reach the log in this order, each once; those of several calls in the order in which the calls returned.
  func put(_ outputs: [Output]) async -> OutboxResult
}

package enum OutboxResult: Hashable, Sendable {
  case durable
  /// The log would never take one of them; none was taken.
  case tooLarge
  /// None may be acknowledged. Some may reach the log all the same.
  case unavailable
}
