import Foundation

/// When each record was published; shared by the thread that publishes and the one that measures.
final class Published: @unchecked Sendable {
  // Unchecked: all is only touched under the lock.
  private let lock = NSLock()
  private var times: [Int: Double] = [:]
  private var failed: String?

  func note(_ number: Int) {
    lock.withLock { times[number] = ProcessInfo.processInfo.systemUptime }
  }

  func time(of number: Int) -> Double {
    lock.withLock { times[number] ?? 0 }
  }

  func fail(_ reason: String) {
    lock.withLock { failed = reason }
  }

  var failure: String? { lock.withLock { failed } }
}
