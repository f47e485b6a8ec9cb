import EventLog
import SeededRandom
import Synchronization

/// A log over which workers die: at some commits, before they took place or after, by a seed.
final class CrashingLog: EventLog {
  static let death = LogError(.other, "killed", recovery: .restart)

  struct Deaths {
    var before = 0
    var after = 0
  }

  private struct State {
    var chance: SeededGenerator
    var deaths = Deaths()
    var commits = 0
  }

  private let log: any EventLog
  private let state: Mutex<State>
  /// Of so many commits, one is the last before the worker dies, and one the first that it didn't live to make.
  private let oneIn: Int?

  /// - Parameter oneIn: `nil` for a log over which nobody dies.
  init(_ log: any EventLog, oneIn: Int?, seed: UInt64) {
    self.log = log
    self.oneIn = oneIn
    state = Mutex(State(chance: SeededGenerator(seed: seed)))
  }

  var deaths: Deaths { state.withLock { $0.deaths } }
  var commits: Int { state.withLock { $0.commits } }

  fileprivate func commit(_ body: () throws(LogError) -> Commit) throws(LogError) -> Commit {
    let fate = oneIn.map { oneIn in state.withLock { Int.random(in: 0..<oneIn, using: &$0.chance) } }
    if fate == 0 {
      state.withLock { $0.deaths.before += 1 }
      throw Self.death
    }
    let commit = try body()
    state.withLock { $0.commits += 1 }
    if fate == 1 {
      state.withLock { $0.deaths.after += 1 }
      throw Self.death
    }
    return commit
  }

  var address: String { log.address }
  func identity() throws(LogError) -> String { try log.identity() }
  func create(_ topics: [TopicSpecification]) throws(LogError) -> [TopicReport] { try log.create(topics) }
  func topics() throws(LogError) -> [TopicSpecification] { try log.topics() }
  func openReader() throws(LogError) -> any LogReader { try log.openReader() }
  func openPublisher(as name: String) throws(LogError) -> any LogPublisher { try log.openPublisher(as: name) }

  func join(_ membership: Membership) throws(LogError) -> any LogMember {
    CrashingMember(try log.join(membership), self)
  }
}

private final class CrashingMember: LogMember {
  private let member: any LogMember
  private let log: CrashingLog

  init(_ member: any LogMember, _ log: CrashingLog) {
    self.member = member
    self.log = log
  }

  func poll(for wait: Duration, limit: BatchLimit, paused: Set<TopicPartition>) throws(LogError) -> Polled {
    try member.poll(for: wait, limit: limit, paused: paused)
  }

  func commit(_ outcome: Outcome) throws(LogError) -> Commit {
    try log.commit { () throws(LogError) in try member.commit(outcome) }
  }

  func leave() { member.leave() }
}
