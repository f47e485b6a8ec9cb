import Synchronization

/// Something that happens only once.
final class Once: Sendable {
  private let taken = Mutex(false)

  var isTaken: Bool { taken.withLock { $0 } }

  /// - Returns: whether it is the first time.
  func take() -> Bool {
    taken.withLock { taken in
      defer { taken = true }
      return !taken
    }
  }
}
