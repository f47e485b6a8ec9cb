import Dispatch
import EventLog
import Logging
import Synchronization
import Time

/// Carries what waits in the spool to the log, in order, on a thread of its own, for as long as it takes.
final class Forwarder: Sendable {
  /// The pauses after trouble: first the shortest, then twice as long each time.
  private static let pauses = Duration.milliseconds(50) ... .seconds(2)

  private struct Finish {
    let deadline: Instant
  }

  private let committer: Committer
  private let clock: @Sendable () -> Instant
  private let pause: @Sendable (Duration) -> Void
  private let bell: Bell
  private let finishing = Mutex<Finish?>(nil)

  init(
    _ committer: Committer, bell: Bell, clock: @escaping @Sendable () -> Instant,
    pause: @escaping @Sendable (Duration) -> Void
  ) {
    self.committer = committer
    self.bell = bell
    self.clock = clock
    self.pause = pause
  }

  /// Goes on until nothing is left to forward, but not beyond the deadline.
  func finish(by deadline: Instant) {
    finishing.withLock { $0 = Finish(deadline: deadline) }
    bell.ring()
  }

  /// The life of its thread.
  /// - Parameter makeLine: is called on this thread.
  func run(_ makeLine: () -> Line) {
    let line = makeLine()
    while true {
      bell.wait()
      forwardAll(line)
      if finishing.withLock({ $0 != nil }) { break }
    }
    line.close()
    committer.end()
  }

  private func forwardAll(_ line: Line) {
    var wait = Self.pauses.lowerBound
    while true {
      if let finish = finishing.withLock({ $0 }), clock() >= finish.deadline { return }
      switch line.forwardNext() {
      case .nothing: return
      case .forwarded: wait = Self.pauses.lowerBound
      case .failed:
        pause(wait)
        wait = min(wait * 2, Self.pauses.upperBound)
      }
    }
  }
}
