import EventLog

/// Tells an ``Interruption`` of each commit of its members; is the log that it stands before in all else.
final class InterruptedLog: EventLog {
  private final class Member: LogMember {
    private let member: any LogMember
    private let interruption: Interruption

    init(_ member: any LogMember, _ interruption: Interruption) {
      self.member = member
      self.interruption = interruption
    }

    func poll(for wait: Duration, limit: BatchLimit, paused: Set<TopicPartition>) throws(LogError) -> Polled {
      try member.poll(for: wait, limit: limit, paused: paused)
    }

    func commit(_ outcome: Outcome) throws(LogError) -> Commit {
      interruption.willCommit()
      var success = false
      defer { interruption.didCommit(success) }
      let commit = try member.commit(outcome)
      success = commit != .undone
      return commit
    }

    func leave() {
      member.leave()
    }
  }

  private let log: any EventLog
  private let interruption: Interruption

  init(_ log: any EventLog, _ interruption: Interruption) {
    self.log = log
    self.interruption = interruption
  }

  var address: String { log.address }

  func identity() throws(LogError) -> String { try log.identity() }

  func create(_ topics: [TopicSpecification]) throws(LogError) -> [TopicReport] { try log.create(topics) }

  func topics() throws(LogError) -> [TopicSpecification] { try log.topics() }

  func join(_ membership: Membership) throws(LogError) -> any LogMember {
    Member(try log.join(membership), interruption)
  }

  func openReader() throws(LogError) -> any LogReader { try log.openReader() }

  func openPublisher(as name: String) throws(LogError) -> any LogPublisher { try log.openPublisher(as: name) }
}
