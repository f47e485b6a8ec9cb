import Dispatch
import Synchronization
import Time

/// Wakes the threads of this process that wait for a commit.
final class ChangeWatch: Sendable {
  private struct State {
    var count: UInt64 = 1
    var waiting: [DispatchSemaphore] = []
  }

  private let state = Mutex(State())

  /// The commits so far.
  var count: UInt64 { state.withLock { $0.count } }

  /// How many threads wait at this moment.
  var waiters: Int { state.withLock { $0.waiting.count } }

  func announce() {
    let waiting = state.withLock { state in
      state.count += 1
      defer { state.waiting = [] }
      return state.waiting
    }
    for waiter in waiting { waiter.signal() }
  }

  /// Returns when there were commits after the given count, or when the time is over.
  func wait(after seen: UInt64, upTo duration: Duration) {
    let waiter = DispatchSemaphore(value: 0)
    let waits = state.withLock { state in
      if state.count != seen { return false }
      state.waiting.append(waiter)
      return true
    }
    guard waits else { return }
    if waiter.wait(timeout: .now() + duration.inSeconds) == .timedOut {
      state.withLock { state in state.waiting.removeAll { $0 === waiter } }
    }
  }
}
