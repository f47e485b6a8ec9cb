import Synchronization

/// The calls of a run, in order.
final class CallList: Sendable {
  private let calls = Mutex<[FaultyLog.Call]>([])

  var all: [FaultyLog.Call] { calls.withLock { $0 } }

  func append(_ call: FaultyLog.Call) {
    calls.withLock { $0.append(call) }
  }
}
