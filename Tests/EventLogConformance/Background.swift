import Foundation
import Synchronization

/// Work on a thread of its own, as the log's blocking calls want it.
final class Background: Sendable {
  private let finished = DispatchSemaphore(value: 0)
  private let result = Mutex<Result<Void, any Error>>(.success(()))

  init(_ work: @escaping @Sendable () throws -> Void) {
    Thread { [self] in
      let result = Result { try work() }
      self.result.withLock { $0 = result }
      finished.signal()
    }.start()
  }

  /// Waits for the end, and throws what the work threw. To be called once.
  func join() throws {
    finished.wait()
    try result.withLock { $0 }.get()
  }
}
