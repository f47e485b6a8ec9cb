import Synchronization

/// How much is asked of the server at this moment, within bounds.
final class Load: Sendable {
  private struct State {
    var requests = 0
    var bytes = 0
    var streams = 0
  }

  /// Room for one response that goes on telling events, until it is let go of.
  final class StreamPlace: Sendable {
    private let load: Load

    fileprivate init(_ load: Load) {
      self.load = load
    }

    deinit {
      load.state.withLock { $0.streams -= 1 }
    }
  }

  private let state = Mutex(State())
  private let mostRequests: Int
  private let mostBytes: Int
  private let mostStreams: Int

  init(requests: Int, bytes: Int, streams: Int) {
    mostRequests = requests
    mostBytes = bytes
    mostStreams = streams
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

  /// `nil` if as many responses as may be go on telling events.
  func stream() -> StreamPlace? {
    let isThere = state.withLock { state in
      guard state.streams < mostStreams else { return false }
      state.streams += 1
      return true
    }
    return isThere ? StreamPlace(self) : nil
  }
}
