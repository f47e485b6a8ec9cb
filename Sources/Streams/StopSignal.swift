import Foundation
import Time

/// Tells threads to come to an end; one that waits for something to retry wakes at once.
package final class StopSignal: @unchecked Sendable {
  // Unchecked: `stopped` is only touched under the condition's lock.
  private let condition = NSCondition()
  private var stopped = false

  package init() {}

  package var isSet: Bool {
    condition.lock()
    defer { condition.unlock() }
    return stopped
  }

  package func set() {
    condition.lock()
    stopped = true
    condition.broadcast()
    condition.unlock()
  }

  /// Blocks until the signal is set or the time is over.
  /// - Returns: whether it is set.
  package func wait(for duration: Duration) -> Bool {
    let end = Date(timeIntervalSinceNow: duration.inSeconds)
    condition.lock()
    defer { condition.unlock() }
    while !stopped, condition.wait(until: end) {}
    return stopped
  }
}
