import Synchronization

/// Tells whoever listens that what the read model says is no longer what it was.
///
/// Its number grows each time. However fast changes come, listeners are told of them only once in each pause, the last
/// time after the last change; while nothing changes, nothing runs.
package final class News: Sendable {
  private struct State {
    var version: Int
    var listeners: [Int: AsyncStream<Int>.Continuation] = [:]
    var lastListener = 0
    var isPausing = false
    /// Something changed during the pause.
    var isChanged = false
  }

  private let state: Mutex<State>
  private let pause: Duration
  private let wait: @Sendable (Duration) async -> Void

  /// - Parameters:
  ///   - version: The number to begin with: larger than any that an earlier run told, such as the time in milliseconds.
  ///   - pause: Between one telling and the next.
  ///   - wait: Comes back after that time.
  package init(
    version: Int, pause: Duration = .milliseconds(500), wait: @escaping @Sendable (Duration) async -> Void
  ) {
    state = Mutex(State(version: version))
    self.pause = pause
    self.wait = wait
  }

  /// The number last told. What is read from the model from now on has all that it stands for, perhaps more.
  package var version: Int { state.withLock { $0.version } }

  /// Something has changed, and can be read.
  package func advance() {
    let pauses = state.withLock { state in
      if state.isPausing {
        state.isChanged = true
        return false
      }
      return Self.tell(&state)
    }
    if pauses { rest() }
  }

  /// The present number at once, then each that is told. Whoever reads slowly misses those between; whoever stops is
  /// forgotten.
  package func stream() -> AsyncStream<Int> {
    let (stream, continuation) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
    let listener = state.withLock { state in
      state.lastListener += 1
      state.listeners[state.lastListener] = continuation
      continuation.yield(state.version)
      return state.lastListener
    }
    continuation.onTermination = { [weak self] _ in self?.state.withLock { $0.listeners[listener] = nil } }
    return stream
  }

  /// How many listen.
  package var listeners: Int { state.withLock { $0.listeners.count } }

  /// - Returns: whether a pause begins: with nobody to spare there is none.
  private static func tell(_ state: inout State) -> Bool {
    state.version += 1
    state.isChanged = false
    for listener in state.listeners.values { listener.yield(state.version) }
    state.isPausing = !state.listeners.isEmpty
    return state.isPausing
  }

  private func rest() {
    Task { [weak self, wait, pause] in
      await wait(pause)
      self?.rested()
    }
  }

  private func rested() {
    let pauses = state.withLock { state in
      state.isPausing = false
      return state.isChanged && Self.tell(&state)
    }
    if pauses { rest() }
  }
}
