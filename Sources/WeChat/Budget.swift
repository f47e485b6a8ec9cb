import Synchronization
package import Time

/// The time that one answer may take, whatever it waits for.
package struct Budget: Sendable {
  private let total: Duration
  private let end: Instant
  private let clock: @Sendable () -> Instant
  private let wait: @Sendable (Duration) async -> Void

  /// Begins now.
  ///
  /// - Parameter wait: sleeps without blocking a thread; may return early once its task is cancelled.
  package init(
    _ total: Duration, clock: @escaping @Sendable () -> Instant, wait: @escaping @Sendable (Duration) async -> Void
  ) {
    self.total = total
    self.clock = clock
    self.wait = wait
    end = clock() + total
  }

  /// What `work` gives, or nil once the time is up. Work that hangs, and doesn't hear that its task is cancelled, is
  /// left behind.
  package func within<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value? {
    // A clock that is set back must not make the answer wait longer.
    let left = min(end - clock(), total)
    guard left > .zero else { return nil }
    let race = Race<Value>()
    let working = Task { race.end(await work()) }
    let waiting = Task { [wait] in
      await wait(left)
      race.end(nil)
    }
    let winner = await race.winner()
    working.cancel()
    waiting.cancel()
    return winner
  }

  /// Ends with whatever comes first.
  private final class Race<Value: Sendable>: Sendable {
    private enum State {
      case running
      case awaited(CheckedContinuation<Value?, Never>)
      case ended(Value?)
    }

    private let state = Mutex(State.running)

    func end(_ value: Value?) {
      let awaiting: CheckedContinuation<Value?, Never>? = state.withLock { state in
        switch state {
        case .running:
          state = .ended(value)
          return nil
        case .awaited(let continuation):
          state = .ended(value)
          return continuation
        case .ended: return nil
        }
      }
      awaiting?.resume(returning: value)
    }

    func winner() async -> Value? {
      await withCheckedContinuation { continuation in
        let ended: Value?? = state.withLock { state in
          guard case .ended(let value) = state else {
            state = .awaited(continuation)
            return nil
          }
          return .some(value)
        }
        if let ended { continuation.resume(returning: ended) }
      }
    }
  }
}
