import Streams
import Time

/// What is kept of one citizen's chat with one account.
package struct Conversation: StoredState, Codable, Hashable {
  var seen = SeenDigests()
  /// What they are saying now.
  var draft: Draft?
  /// The code that they scanned last.
  var bound: BoundCode?
  /// When they withdrew their consent.
  var revoked: Instant?
  /// How many timers have been set.
  private var timers = 0

  package init() {}

  /// Nothing more need be known of it.
  var isOver: Bool { draft == nil && seen.isEmpty }

  mutating func nextTimer() -> Int {
    timers += 1
    return timers
  }
}
