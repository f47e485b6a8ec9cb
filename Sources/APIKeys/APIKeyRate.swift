package import Time

/// Counts the requests of each client.
package protocol APIKeyRate: Sendable {
  /// `nil` if that client may make one more request now, which then counts; else how long it should wait.
  func allow(_ key: APIKey, at now: Instant) -> Duration?
}
