package import Cases

/// A service request on its way to the log.
package struct NewRequest: Sendable {
  package let opinion: Opinion
  /// The name of the API key that it came with.
  package let client: String
  /// The header `Idempotency-Key`.
  package let idempotencyKey: String?
  /// SHA-256 of the body as it was sent.
  package let bodyDigest: [UInt8]
  package let traceParent: String?
  package let traceState: String?

  package enum Outcome: Hashable, Sendable {
    /// Durable.
    case taken(CaseID)
    /// The idempotency key can't be one.
    case invalidKey
    /// The idempotency key came with another request before.
    case conflicting
    case tooLarge
    /// Could not be stored in time.
    case unavailable
  }
}
