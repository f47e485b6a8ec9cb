import Synchronization
import Time

/// A clock that stands still until it is moved.
final class Moment: Sendable {
  private let time: Mutex<Instant>

  init(_ start: Instant) {
    time = Mutex(start)
  }

  var now: Instant { time.withLock { $0 } }

  func advance(by distance: Duration) {
    time.withLock { $0 = $0 + distance }
  }
}
