import Synchronization
import Time

/// Someone who waits for what they put to be durable. Answered once, whoever comes first.
final class Ticket: Sendable {
  let addition: Spool.Addition
  /// When they are answered at the latest.
  let deadline: Instant
  private let waiting: Mutex<CheckedContinuation<KeyedResult, Never>?>

  init(_ addition: Spool.Addition, deadline: Instant, _ continuation: CheckedContinuation<KeyedResult, Never>) {
    self.addition = addition
    self.deadline = deadline
    waiting = Mutex(continuation)
  }

  var size: Int { addition.form.count }
  var isAnswered: Bool { waiting.withLock { $0 == nil } }

  func answer(_ result: KeyedResult) {
    let continuation = waiting.withLock { waiting in
      defer { waiting = nil }
      return waiting
    }
    continuation?.resume(returning: result)
  }
}
