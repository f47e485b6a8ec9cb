import Dispatch
import Synchronization

/// Wakes one thread that waits. Rung more than once before it wakes, it wakes once.
final class Bell: Sendable {
  private let isRung = Mutex(false)
  private let semaphore = DispatchSemaphore(value: 0)

  func ring() {
    let wasRung = isRung.withLock { isRung in
      defer { isRung = true }
      return isRung
    }
    if !wasRung { semaphore.signal() }
  }

  func wait() {
    semaphore.wait()
    isRung.withLock { $0 = false }
  }
}
