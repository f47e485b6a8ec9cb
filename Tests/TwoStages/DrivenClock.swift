import Synchronization
package import Time

/// A clock that stands still until it is told otherwise.
package final class DrivenClock: Sendable {
  private let time: Mutex<Instant>

  package init(_ start: Instant = Instant(milliseconds: 1_790_000_000_000)) {
    time = Mutex(start)
  }

  package var now: Instant { time.withLock { $0 } }

  package func advance(by distance: Duration) {
    time.withLock { $0 = $0 + distance }
  }

  package func set(to moment: Instant) {
    time.withLock { $0 = moment }
  }
}
