import Foundation
import Synchronization

/// Strikes the process at the commit that it is told to, having left a byte in the file of marks: `k` inside of a
/// commit's transaction, just before the process kills itself; `s` before it stops itself, then `u` or `c` for what came
/// of the commit that it held in hand, undone or committed; `1` after its first commit.
final class Interruption: Sendable {
  private struct State {
    var commit = 0
    var isCommitting = false
    var hasCommitted = false
  }

  private let orders: Orders
  private let state = Mutex(State())

  init(_ orders: Orders) {
    self.orders = orders
  }

  /// Within each write transaction, whatever it is for.
  func reached(_ stage: String) {
    let commit = state.withLock { $0.isCommitting ? $0.commit : 0 }
    if let pause = orders.pause, pause.stage == stage, pause.commit == commit { stop() }
    guard let death = orders.death, death.stage == stage, death.commit == commit else { return }
    if death.microseconds == 0 { return die(in: commit) }
    Thread { [self] in
      usleep(UInt32(death.microseconds))
      die(in: commit)
    }.start()
  }

  private func stop() {
    mark("s")
    kill(getpid(), SIGSTOP)
  }

  /// The state is locked meanwhile, so that the commit can't end first.
  private func die(in commit: Int) {
    state.withLock { state in
      guard state.isCommitting, state.commit == commit else { return }
      mark("k")
      kill(getpid(), SIGKILL)
    }
  }

  /// A commit of the worker's begins.
  func willCommit() {
    let commit = state.withLock { state in
      state.commit += 1
      return state.commit
    }
    if let pause = orders.pause, pause.stage == nil, pause.commit == commit { stop() }
    state.withLock { $0.isCommitting = true }
  }

  func didCommit(_ success: Bool) {
    let (commit, isFirst) = state.withLock { state in
      state.isCommitting = false
      let isFirst = success && !state.hasCommitted
      if success { state.hasCommitted = true }
      return (state.commit, isFirst)
    }
    if isFirst { mark("1") }
    if commit == orders.pause?.commit { mark(success ? "c" : "u") }
  }

  private func mark(_ letter: String) {
    let file = open(orders.marks, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    if file < 0 { return }
    _ = letter.withCString { write(file, $0, 1) }
    close(file)
  }
}
