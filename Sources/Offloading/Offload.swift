import Dispatch
import Foundation
import Synchronization

/// A few threads for work that blocks, so that it holds up neither connections nor Swift's own threads.
///
/// Work starts in the order it came. The threads end when the last reference goes.
package final class Offload: Sendable {
  package enum Refusal: Error, Equatable {
    /// As much work as may run or wait at once does so already; none of the new has been done.
    case full
  }

  private let queue: Queue
  private let limit: Int

  /// - Parameters:
  ///   - name: Of the threads, as a debugger shows them; Linux keeps the first 15 bytes.
  ///   - limit: How many pieces of work may run or wait at once.
  package init(name: String, threads: Int, limit: Int = 1000) {
    precondition(threads > 0 && limit > 0, "an offload without threads, or that takes no work, never ends a wait")
    let queue = Queue()
    self.queue = queue
    self.limit = limit
    for _ in 0..<threads {
      let thread = Thread { queue.work() }
      thread.name = name
      thread.start()
    }
  }

  deinit {
    queue.close()
  }

  /// Runs `body` on one of the threads. It runs even if the task that waits for it is cancelled.
  ///
  /// - Throws: What `body` throws, or ``Refusal/full``.
  package func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let accepted = queue.add(limit: limit) { leave in
        let result = Result { try body() }
        leave()
        continuation.resume(with: result)
      }
      if !accepted { continuation.resume(throwing: Refusal.full) }
    }
  }
}
