import Dispatch
import Synchronization

/// Holds up the threads that come to it while it is shut.
final class Gate: Sendable {
  private struct State {
    var isShut = false
    var held = 0
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())
  private let opening = DispatchSemaphore(value: 0)

  func shut() { state.withLock { $0.isShut = true } }

  /// Blocks while the gate is shut.
  func pass() {
    let (mustWait, watching) = state.withLock { state in
      guard state.isShut else { return (false, [CheckedContinuation<Void, Never>]()) }
      state.held += 1
      defer { state.waiting = [] }
      return (true, state.waiting)
    }
    for continuation in watching { continuation.resume() }
    if mustWait { opening.wait() }
  }

  /// Returns once a thread is held up.
  func holdsOne() async {
    await withCheckedContinuation { continuation in
      let isHeld = state.withLock { state in
        if state.held == 0 { state.waiting.append(continuation) }
        return state.held > 0
      }
      if isHeld { continuation.resume() }
    }
  }

  func open() {
    let held = state.withLock { state in
      state.isShut = false
      defer { state.held = 0 }
      return state.held
    }
    for _ in 0..<held { opening.signal() }
  }
}
