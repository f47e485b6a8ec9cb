import EventLog
import Streams
import Synchronization

/// A log that does as it is told at each call: passes it on, or lets it fail. It also counts what goes through it.
final class FaultyLog: EventLog {
  enum Call: String, CaseIterable, Sendable {
    case topics, identity, openReader, join, poll, commit
    /// After a commit took place, before the caller hears of it.
    case committed
    case bounds, read, leave
  }

  enum Fault: Sendable {
    case error(LogError)
    /// Of a commit only: it is undone.
    case undone
    /// The group changes hands and back again just before the call.
    case rebalance
    /// Of a poll only: at most so many records.
    case atMost(Int)
    /// Of leaving only: nobody hears of it, as if the process had been killed.
    case unheard
  }

  /// What is to happen at a call, given its number among all calls (from 0).
  typealias Plan = @Sendable (Call, Int) -> Fault?

  private struct State {
    var plan: Plan = { _, _ in nil }
    var calls: [Call] = []
    var recordsRead = 0
    var idlePolls = 0
    var stop: StopSignal?
    var outcomes: [Outcome] = []
  }

  private let log: any EventLog
  private let state = Mutex(State())

  init(_ log: any EventLog) {
    self.log = log
  }

  // MARK: For the test

  /// Begins to count anew, too.
  func plan(_ plan: @escaping Plan) {
    state.withLock {
      $0.plan = plan
      $0.calls = []
      $0.recordsRead = 0
    }
  }

  var calls: [Call] { state.withLock { $0.calls } }
  /// By readers, not by members.
  var recordsRead: Int { state.withLock { $0.recordsRead } }
  /// What took place.
  var outcomes: [Outcome] { state.withLock { $0.outcomes } }
  var commits: Int { outcomes.count }

  /// Sets the signal once two polls in a row, with no commit tried in between, have found nothing.
  func stopWhenIdle(_ stop: StopSignal) {
    state.withLock {
      $0.stop = stop
      $0.idlePolls = 0
    }
  }

  // MARK: For the parts

  /// - Throws: what is planned; the faults that are no errors are returned.
  func note(_ call: Call, _ membership: Membership? = nil) throws(LogError) -> Fault? {
    let fault = state.withLock { state in
      state.calls.append(call)
      if call == .commit { state.idlePolls = 0 }
      return state.plan(call, state.calls.count - 1)
    }
    switch fault {
    case .error(let error): throw error
    case .rebalance:
      if let membership { try shake(membership) }
      return nil
    default: return fault
    }
  }

  private func shake(_ membership: Membership) throws(LogError) {
    let other = Membership(
      group: membership.group, topics: membership.topics, member: "intruder",
      sessionTimeout: membership.sessionTimeout)
    try log.join(other).leave()
  }

  func noteRead(_ count: Int) {
    state.withLock { $0.recordsRead += count }
  }

  func notePolled(_ polled: Polled, paused: Set<TopicPartition>) {
    let isIdle = polled.records.isEmpty && polled.lost.isEmpty && polled.gained.isEmpty && paused.isEmpty
    let stop = state.withLock { state in
      state.idlePolls = isIdle ? state.idlePolls + 1 : 0
      return state.idlePolls >= 2 ? state.stop : nil
    }
    stop?.set()
  }

  func noteCommitted(_ outcome: Outcome) {
    state.withLock { $0.outcomes.append(outcome) }
  }

  // MARK: The log

  var address: String { log.address }

  func identity() throws(LogError) -> String {
    _ = try note(.identity)
    return try log.identity()
  }

  func create(_ topics: [TopicSpecification]) throws(LogError) -> [TopicReport] {
    try log.create(topics)
  }

  func topics() throws(LogError) -> [TopicSpecification] {
    _ = try note(.topics)
    return try log.topics()
  }

  func join(_ membership: Membership) throws(LogError) -> any LogMember {
    _ = try note(.join)
    return FaultyMember(try log.join(membership), membership, self)
  }

  func openReader() throws(LogError) -> any LogReader {
    _ = try note(.openReader)
    return FaultyReader(try log.openReader(), self)
  }

  func openPublisher(as name: String) throws(LogError) -> any LogPublisher {
    try log.openPublisher(as: name)
  }
}

private final class FaultyMember: LogMember {
  private let member: any LogMember
  private let membership: Membership
  private let log: FaultyLog

  init(_ member: any LogMember, _ membership: Membership, _ log: FaultyLog) {
    self.member = member
    self.membership = membership
    self.log = log
  }

  func poll(for wait: Duration, limit: BatchLimit, paused: Set<TopicPartition>) throws(LogError) -> Polled {
    var limit = limit
    if case .atMost(let count) = try log.note(.poll, membership) { limit.records = count }
    let polled = try member.poll(for: wait, limit: limit, paused: paused)
    log.notePolled(polled, paused: paused)
    return polled
  }

  func commit(_ outcome: Outcome) throws(LogError) -> Commit {
    do throws(LogError) {
      if case .undone = try log.note(.commit, membership) { return try undo(outcome) }
    } catch {
      _ = try undo(outcome)
      throw error
    }
    let commit = try member.commit(outcome)
    if case .committed = commit {
      log.noteCommitted(outcome)
      _ = try log.note(.committed)
    }
    return commit
  }

  /// Has the member itself refuse the outcome, so that it begins again at the committed offsets.
  private func undo(_ outcome: Outcome) throws(LogError) -> Commit {
    var outdated = outcome
    outdated.metadata = GroupMetadata(generation: -1)
    return try member.commit(outdated)
  }

  func leave() {
    if case .unheard = try? log.note(.leave) { return }
    member.leave()
  }
}

private final class FaultyReader: LogReader {
  private let reader: any LogReader
  private let log: FaultyLog

  init(_ reader: any LogReader, _ log: FaultyLog) {
    self.reader = reader
    self.log = log
  }

  func bounds(of partition: TopicPartition) throws(LogError) -> Range<Offset> {
    _ = try log.note(.bounds)
    return try reader.bounds(of: partition)
  }

  func committedOffsets(of group: String) throws(LogError) -> [TopicPartition: Offset] {
    try reader.committedOffsets(of: group)
  }

  func read(from positions: [TopicPartition: Offset], for wait: Duration, limit: BatchLimit) throws(LogError) -> Chunk {
    _ = try log.note(.read)
    let chunk = try reader.read(from: positions, for: wait, limit: limit)
    log.noteRead(chunk.records.count)
    return chunk
  }

  func close() {
    reader.close()
  }
}
