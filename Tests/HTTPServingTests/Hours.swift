import Synchronization

/// Time that passes when the test says so.
final class Hours: Sendable {
  private struct Sleeper {
    let duration: Duration
    let continuation: CheckedContinuation<Void, Never>
  }

  private struct State {
    var next = 0
    var sleepers: [Int: Sleeper] = [:]
    var cancelled: Set<Int> = []
    var watching: [(duration: Duration, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())

  var wait: @Sendable (Duration) async -> Void {
    { [self] duration in
      let number = state.withLock { state in
        state.next += 1
        return state.next
      }
      await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          let (isCancelled, watching) = state.withLock { state in
            if state.cancelled.contains(number) { return (true, [CheckedContinuation<Void, Never>]()) }
            state.sleepers[number] = Sleeper(duration: duration, continuation: continuation)
            defer { state.watching.removeAll { $0.duration == duration } }
            return (false, state.watching.filter { $0.duration == duration }.map(\.continuation))
          }
          if isCancelled { continuation.resume() }
          watching.forEach { $0.resume() }
        }
      } onCancel: {
        state.withLock { state in
          state.cancelled.insert(number)
          return state.sleepers.removeValue(forKey: number)?.continuation
        }?.resume()
      }
    }
  }

  /// Ends the waits of that length, once there is one.
  func pass(_ duration: Duration) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.sleepers.values.contains(where: { $0.duration == duration }) { return true }
        state.watching.append((duration, continuation))
        return false
      }
      if isThere { continuation.resume() }
    }
    let woken = state.withLock { state in
      let woken = state.sleepers.filter { $0.value.duration == duration }
      for number in woken.keys { state.sleepers[number] = nil }
      return woken.values.map(\.continuation)
    }
    woken.forEach { $0.resume() }
  }
}
