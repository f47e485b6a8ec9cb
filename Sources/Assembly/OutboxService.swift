import Outbox
import ServiceLifecycle

/// Sees to it that at a graceful stop what is in the outbox reaches the log, if it is there.
///
/// To be started before the server, and so stopped after it.
struct OutboxService: Service {
  let outbox: SpoolingOutbox
  /// How long the stop may take. What is left then waits for the next start.
  let bound: Duration

  func run() async throws {
    try? await gracefulShutdown()
    await outbox.close(within: bound)
  }
}
