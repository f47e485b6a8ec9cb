import EventLog

/// A member, and the books that a worker would keep about it.
final class Follower {
  let member: any LogMember
  private let topics: [String]
  private(set) var held: Set<TopicPartition> = []
  /// The offset at which each partition was to go on when it was gained.
  private(set) var gainedAt: [TopicPartition: Offset] = [:]
  private(set) var last = Polled(metadata: GroupMetadata(generation: -1))
  /// What was polled since the last commit.
  private(set) var records: [StoredRecord] = []

  init(_ member: any LogMember, from topics: [String]) {
    self.member = member
    self.topics = topics
  }

  @discardableResult
  func poll(
    for wait: Duration = .milliseconds(20), limit: BatchLimit = Trial.limit, paused: Set<TopicPartition> = []
  ) throws -> Polled {
    let polled = try member.poll(for: wait, limit: limit, paused: paused)
    try expect(polled.lost.isSubset(of: held), "only what was held is lost: \(polled.lost)")
    held.subtract(polled.lost)
    records.removeAll { polled.lost.contains($0.partition) }
    try expect(held.isDisjoint(with: polled.gained.keys), "nothing that is held is gained: \(polled.gained)")
    held.formUnion(polled.gained.keys)
    gainedAt.merge(polled.gained) { $1 }
    for record in polled.records {
      try expect(held.contains(record.partition), "records come from held partitions, not \(record.partition)")
      try expect(!paused.contains(record.partition), "nothing comes from \(record.partition), which is paused")
    }
    try expect(Set(polled.ends.keys), is: held, "partitions whose ends are told")
    records += polled.records
    last = polled
    return polled
  }

  /// Polls until the condition holds, and lets others poll in between.
  func poll(together others: [Follower] = [], until what: String, _ condition: () -> Bool) throws {
    let deadline = Deadline()
    while !condition() {
      try deadline.check(what)
      try poll()
      for other in others { try other.poll() }
    }
  }

  func pollUntilHolding(_ count: Int) throws {
    try poll(until: "\(count) partitions") { held.count == count }
  }

  func pollUntilReading(_ count: Int) throws {
    try poll(until: "\(count) records") { records.count >= count }
  }

  /// What a worker would commit that copies all it has polled to `topic`.
  func outcome(to topic: String = "out") -> Outcome {
    var outcome = Outcome(outputs: [], positions: [:], metadata: last.metadata)
    for record in records {
      outcome.outputs.append(Output(to: topic, record.record))
      outcome.positions[record.partition] = record.offset + 1
    }
    return outcome
  }

  @discardableResult
  func commit(_ outcome: Outcome) throws -> Commit {
    let commit = try member.commit(outcome)
    records = []
    return commit
  }

  func copy() throws {
    let commit = try commit(outcome())
    guard case .committed = commit else { throw Broken("a commit of what is this member's was \(commit)") }
  }
}
