import Monitoring
import Time

/// How far the monitor sees, and what stands still.
struct HealthView: Encodable {
  struct Rebuilding: Encodable {
    /// Records, of ``total``.
    let done: Int64
    let total: Int64
  }

  struct Waiting: Encodable {
    let count: Int
    let oldest: GivenTime?
  }

  /// Has been as far as the log was when it began.
  let ready: Bool
  /// Records still to be read to that point, at most.
  let remaining: Int64?
  /// What it waits for, in words.
  let trouble: String?
  let rebuilding: Rebuilding?
  /// Opinions whose case isn't opened yet.
  let arriving: Waiting
  let deadLetters: Int
  let parkedKeys: Int
  let undelivered: Int

  init(_ status: Follower.Status, _ arriving: Arriving, deadLetters: Int, parkedKeys: Int, undelivered: Int) {
    ready = status.isReady
    remaining = status.remaining
    trouble = status.trouble
    rebuilding = status.rebuilding.map { Rebuilding(done: $0.done, total: $0.total) }
    self.arriving = Waiting(count: arriving.count, oldest: arriving.oldest.map { GivenTime($0) })
    self.deadLetters = deadLetters
    self.parkedKeys = parkedKeys
    self.undelivered = undelivered
  }
}
