import Dispatch
import Synchronization
import Time

/// Makes what callers put durable, on a thread of its own: all that has come while one transaction went to the disk is
/// the next one.
final class Committer: Sendable {
  /// How much may wait for the disk at once, and how much one transaction takes.
  private static let mostWaiting = (tickets: 10_000, bytes: 64 << 20)
  private static let mostTogether = (tickets: 2000, bytes: 8 << 20)

  /// What the forwarding thread wants changed, and waits for.
  private struct Errand: Sendable {
    let change: Spool.Change
    let done: @Sendable (SpoolFailure?) -> Void
  }

  private struct State {
    var waiting: [Ticket] = []
    var waitingBytes = 0
    /// Those whose transaction is under way.
    var running: [Ticket] = []
    var errand: Errand?
    var isRung = false
    var isWatched = false
    var isClosed = false
    var isEnding = false
    var contents: Spool.Contents
    var lastFailure: (at: Instant, reason: String)?
  }

  private let spool: Spool
  private let capacity: Int
  private let clock: @Sendable () -> Instant
  private let metrics: OutboxMetrics
  /// Called after records have been stored.
  private let onStored: @Sendable () -> Void
  private let state: Mutex<State>
  private let bell = DispatchSemaphore(value: 0)
  private let ends = AsyncStream.makeStream(of: Void.self)

  init(
    _ spool: Spool, capacity: Int, clock: @escaping @Sendable () -> Instant, metrics: OutboxMetrics,
    onStored: @escaping @Sendable () -> Void
  ) throws(SpoolFailure) {
    self.spool = spool
    self.capacity = capacity
    self.clock = clock
    self.metrics = metrics
    self.onStored = onStored
    let contents = try spool.contents()
    state = Mutex(State(contents: contents))
    metrics.observe(contents, at: clock())
  }

  var contents: Spool.Contents { state.withLock { $0.contents } }

  /// Why puts fail just now, if they do.
  func trouble(at now: Instant) -> String? {
    state.withLock { state in
      if state.contents.bytes >= capacity { return "the spool is full" }
      // Only for a while: where nobody asks because it isn't ready, nobody would find out that it is mended.
      guard let failure = state.lastFailure, now - failure.at < .seconds(10) else { return nil }
      return failure.reason
    }
  }

  // MARK: For those who put

  /// - Returns: whether someone must now watch the deadlines; `nil` if the ticket isn't taken.
  func take(_ ticket: Ticket) -> Bool? {
    let (mustWatch, mustRing): (Bool?, Bool) = state.withLock { state in
      guard !state.isClosed, state.waiting.count < Self.mostWaiting.tickets,
        state.waitingBytes + ticket.size <= Self.mostWaiting.bytes,
        state.contents.bytes + state.waitingBytes + ticket.size <= capacity
      else { return (nil, false) }
      state.waiting.append(ticket)
      state.waitingBytes += ticket.size
      defer {
        state.isWatched = true
        state.isRung = true
      }
      return (!state.isWatched, !state.isRung)
    }
    if mustRing { bell.signal() }
    return mustWatch
  }

  /// Answers those whose time is over.
  /// - Returns: whether anyone is left to be watched.
  func expire(at now: Instant) -> Bool {
    let (late, isWatched) = state.withLock { state in
      let all = state.running + state.waiting
      state.isWatched = !all.isEmpty
      return (all.filter { $0.deadline <= now }, state.isWatched)
    }
    for ticket in late { ticket.answer(.unavailable) }
    return isWatched
  }

  // MARK: For the forwarding thread

  /// Has the change made, and waits for it.
  /// - Parameter removed: what goes with it.
  func perform(_ change: Spool.Change, removing removed: Spool.Contents = Spool.Contents()) throws(SpoolFailure) {
    let done = DispatchSemaphore(value: 0)
    let outcome = Mutex<SpoolFailure?>(nil)
    let errand = Errand(change: change) { failure in
      outcome.withLock { $0 = failure }
      done.signal()
    }
    let mustRing = state.withLock { state in
      state.errand = errand
      defer { state.isRung = true }
      return !state.isRung
    }
    if mustRing { bell.signal() }
    done.wait()
    if let failure = outcome.withLock({ $0 }) { throw failure }
    let oldest = try spool.oldest()
    let contents = state.withLock { state in
      state.contents.entries -= removed.entries
      state.contents.bytes -= removed.bytes
      state.contents.oldest = oldest
      return state.contents
    }
    metrics.observe(contents, at: clock())
  }

  // MARK: Its thread

  func run() {
    while true {
      bell.wait()
      let (group, errand, isOver) = take()
      if !group.isEmpty || errand != nil { commit(group, errand) }
      if isOver { break }
    }
    ends.continuation.finish()
  }

  /// The next group, and what goes with it.
  private func take() -> (group: [Ticket], errand: Errand?, isOver: Bool) {
    state.withLock { state in
      var count = 0
      var bytes = 0
      for ticket in state.waiting {
        if count > 0, bytes + ticket.size > Self.mostTogether.bytes { break }
        if count == Self.mostTogether.tickets { break }
        count += 1
        bytes += ticket.size
      }
      // Whoever has been told that it can't be done must not find it done, as far as that is in our hands.
      state.running = state.waiting.prefix(count).filter { !$0.isAnswered }
      state.waiting.removeFirst(count)
      state.waitingBytes -= bytes
      let errand = state.errand
      state.errand = nil
      state.isRung = !state.waiting.isEmpty
      if state.isRung { bell.signal() }
      return (state.running, errand, state.isEnding && !state.isRung)
    }
  }

  private func commit(_ group: [Ticket], _ errand: Errand?) {
    var change = errand?.change ?? Spool.Change()
    change.additions = group.map(\.addition)
    do throws(SpoolFailure) {
      let admissions = try spool.commit(change)
      settle(group, admissions)
      errand?.done(nil)
    } catch {
      let now = clock()
      state.withLock { state in
        state.running = []
        state.lastFailure = (now, error.reason)
      }
      for ticket in group { ticket.answer(.unavailable) }
      errand?.done(error)
    }
  }

  private func settle(_ group: [Ticket], _ admissions: [Spool.Admission]) {
    var stored = 0
    var bytes = 0
    for (ticket, admission) in zip(group, admissions) where admission == .stored {
      stored += 1
      bytes += ticket.size
    }
    let contents = state.withLock { state in
      state.running = []
      state.lastFailure = nil
      if stored > 0, state.contents.oldest == nil { state.contents.oldest = group.first?.addition.received }
      state.contents.entries += stored
      state.contents.bytes += bytes
      return state.contents
    }
    for (ticket, admission) in zip(group, admissions) {
      switch admission {
      case .stored: ticket.answer(.durable)
      case .repeated: ticket.answer(.repeated)
      case .conflicting: ticket.answer(.conflicting)
      }
    }
    if group.isEmpty { return }
    metrics.committed(group.count, contents, at: clock())
    if stored > 0 { onStored() }
  }

  // MARK: The end

  /// From now on nothing more is taken.
  func close() {
    state.withLock { $0.isClosed = true }
  }

  /// The thread ends once nothing waits; nobody may ask for anything any more.
  func end() {
    state.withLock {
      $0.isClosed = true
      $0.isEnding = true
    }
    bell.signal()
  }

  /// Returns when the thread has ended, or when ``giveUpWaiting()`` is called.
  func ended() async {
    for await _ in ends.stream {}
  }

  func giveUpWaiting() {
    ends.continuation.finish()
  }
}
