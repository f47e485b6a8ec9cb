import Synchronization

/// Set once, asked for from anywhere.
final class Stop: Sendable {
  private let flag = Mutex(false)
  var isSet: Bool { flag.withLock { $0 } }
  func set() { flag.withLock { $0 = true } }
}
