import Foundation
package import Logging
package import Metrics
import Synchronization
package import Time
package import YAMLForms

/// Knows who may sign in: what the file of users says, also after it has changed. A changed file that is broken changes
/// nothing.
package final class UserWatch: Sendable {
  /// How long a change may go unnoticed.
  static let interval = Duration.seconds(2)

  /// What tells one state of a file from another.
  private struct FileState: Hashable {
    let node: UInt64
    let size: Int64
    let seconds: Int
    let nanoseconds: Int
  }

  private struct State {
    var users: Users
    var file: FileState?
    var looked: Instant
  }

  private let path: String?
  private let logger: Logger
  private let rejected: Counter
  private let state: Mutex<State>

  /// Reads the file.
  /// - Throws: ``InvalidFile`` with every fault.
  package init(
    path: String, now: Instant, logger: Logger, metrics: any MetricsFactory = MetricsSystem.factory
  ) throws(InvalidFile) {
    let file = Self.look(path)
    let users = try UserFile.read(path)
    self.path = path
    self.logger = logger
    rejected = Counter(label: "huiyin_users_rejected", factory: metrics)
    state = Mutex(State(users: users, file: file, looked: now))
  }

  /// These, for good.
  package init(_ users: Users, logger: Logger, metrics: any MetricsFactory = MetricsSystem.factory) {
    path = nil
    self.logger = logger
    rejected = Counter(label: "huiyin_users_rejected", factory: metrics)
    state = Mutex(State(users: users, file: nil, looked: .distantFuture))
  }

  /// Those in force. May be asked for on any thread.
  package var current: Users { state.withLock { $0.users } }

  /// Whether it is time to look again, which then counts as done: one of those who ask at once goes.
  func isDue(at now: Instant) -> Bool {
    guard path != nil else { return false }
    return state.withLock { state in
      // A clock that was set back is no reason to wait.
      guard now >= state.looked + Self.interval || now < state.looked else { return false }
      state.looked = now
      return true
    }
  }

  /// Looks at the file, and reads it if it has changed. Blocks.
  func refresh() {
    guard let path else { return }
    let file = Self.look(path)
    let isNew = state.withLock { state in
      defer { state.file = file }
      return state.file != file
    }
    guard isNew else { return }
    do throws(InvalidFile) {
      let users = try UserFile.read(path)
      state.withLock { $0.users = users }
      logger.info("goes by a changed file of users", metadata: ["users": "\(users.count)"])
    } catch {
      rejected.increment()
      logger.error(
        "can't go by the changed file of users, the one before stays in force", metadata: ["reason": "\(error)"])
    }
  }

  private static func look(_ path: String) -> FileState? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return FileState(
      node: UInt64(status.st_ino), size: Int64(status.st_size), seconds: status.st_mtim.tv_sec,
      nanoseconds: status.st_mtim.tv_nsec)
  }
}
