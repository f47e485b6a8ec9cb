package import Time

/// Opinions that are known to be about something, and whose case isn't opened yet.
package struct Arriving: Hashable, Sendable {
  package let count: Int
  /// Since when the one that has waited longest has.
  package let oldest: Instant?
  package let waiting: Duration?
}
