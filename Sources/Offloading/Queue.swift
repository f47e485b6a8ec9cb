import Dispatch
import Synchronization

/// What the threads of an ``Offload`` share. It outlives the offload until the last thread has ended.
final class Queue: Sendable {
  /// A piece of work calls `leave` once it no longer counts towards the limit.
  typealias Work = @Sendable (_ leave: () -> Void) -> Void

  private struct State {
    var waiting: [Work] = []
    /// Waiting or running.
    var count = 0
  }

  private let state = Mutex(State())
  /// Signalled once for each piece of work; a signal without any work behind it says that the queue is closed.
  private let arrivals = DispatchSemaphore(value: 0)

  /// False if the limit is reached; the work is not kept then.
  func add(limit: Int, _ work: @escaping Work) -> Bool {
    let accepted = state.withLock { state in
      guard state.count < limit else { return false }
      state.count += 1
      state.waiting.append(work)
      return true
    }
    if accepted { arrivals.signal() }
    return accepted
  }

  /// The life of one thread.
  func work() {
    while true {
      arrivals.wait()
      guard let work = state.withLock({ $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }) else {
        // Passed on, so that the next thread ends too.
        arrivals.signal()
        return
      }
      work { state.withLock { $0.count -= 1 } }
    }
  }

  /// Ends the threads once nothing waits. Called when nobody can add work any more.
  func close() {
    arrivals.signal()
  }
}
