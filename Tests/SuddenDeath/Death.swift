import Foundation
import Synchronization

/// When the process kills itself: `STAGE:NUMBER`, the stage as it is told by ``reached(_:)``; never where that is empty.
package final class Death: Sendable {
  private let stage: String
  private let left: Mutex<Int>

  package init(_ moment: String) {
    let parts = moment.split(separator: ":").map(String.init)
    stage = parts.dropLast().joined(separator: ":")
    left = Mutex(parts.last.flatMap { Int($0) } ?? 0)
  }

  package func reached(_ stage: String) {
    guard stage == self.stage else { return }
    let isNow = left.withLock { left in
      left -= 1
      return left == 0
    }
    if isNow { kill(getpid(), SIGKILL) }
  }
}
