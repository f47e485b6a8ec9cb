import Synchronization
import Time

/// A clock that goes on by what is waited for, and by nothing else.
final class VirtualTime: Sendable {
  private let now: Mutex<Instant>

  /// On a Thursday at noon in Shanghai.
  init(_ start: Instant = Instant(milliseconds: 1_790_222_400_000)) {
    now = Mutex(start)
  }

  var clock: @Sendable () -> Instant {
    { self.now.withLock { $0 } }
  }

  func pass(_ duration: Duration) {
    now.withLock { $0 = $0 + duration }
  }
}
