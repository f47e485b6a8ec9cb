import Cases
import Time

/// A scanned code, and from when until when what the citizen says is said under it.
struct BoundCode: Hashable, Codable {
  var code: String
  var scan: Scan?
  /// The scan's time.
  var since: Instant
  /// When the opinion that was said under it ended; until one is begun, how long it may take to begin; while one is being
  /// said, never.
  var until: Instant

  func covers(_ moment: Instant) -> Bool {
    since <= moment && moment < until
  }
}
