import Synchronization

/// How much is asked of the server at this moment, within bounds.
final class Load: Sendable {
  private struct State {
    var requests = 0
    var bytes = 0
  }

  private let state = Mutex(State())
  private let mostRequests: Int
  private let mostBytes: Int

  init(requests: Int, bytes: Int) {
    mostRequests = requests
    mostBytes = bytes
  }

  /// False if as many requests as may be are under way.
  func begin() -> Bool {
    state.withLock { state in
      guard state.requests < mostRequests else { return false }
      state.requests += 1
      return true
    }
  }

  /// - Parameter bytes: that were kept for it.
  func end(releasing bytes: Int) {
    state.withLock { state in
      state.requests -= 1
      state.bytes -= bytes
    }
  }

  /// False if as much of bodies as may be is kept in memory.
  func keep(_ bytes: Int) -> Bool {
    state.withLock { state in
      guard state.bytes + bytes <= mostBytes else { return false }
      state.bytes += bytes
      return true
    }
  }
}
