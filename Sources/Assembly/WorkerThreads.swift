import EventLog
import Foundation
import Logging
import ServiceLifecycle
import Streams
import Synchronization

/// Runs blocking loops, each on a thread of its own, as one service of the process.
///
/// A loop that ends with an error ends the process; on graceful shutdown all are told to stop and are waited for.
struct WorkerThreads: Service {
  typealias Loop = @Sendable (StopSignal) throws -> Void

  private let loops: [(name: String, run: Loop)]
  private let stop = StopSignal()

  init(_ loops: [(name: String, run: Loop)]) {
    self.loops = loops
  }

  func run() async throws {
    try await withTaskCancellationOrGracefulShutdownHandler {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for loop in loops { group.addTask { try await runOnThread(loop.name, loop.run) } }
        do {
          try await group.waitForAll()
        } catch {
          stop.set()
          throw error
        }
      }
    } onCancelOrGracefulShutdown: {
      stop.set()
    }
  }

  private func runOnThread(_ name: String, _ run: @escaping Loop) async throws {
    let stop = stop
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      let thread = Thread {
        continuation.resume(with: Result { try run(stop) })
      }
      thread.name = name
      thread.start()
    }
  }
}
