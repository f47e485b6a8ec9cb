import EventLog
import GRDB
import Logging
import Time

/// A member of a consumer group of a ``SQLiteLog``.
///
/// It keeps its positions itself. Whether a partition is still its own is settled by epochs in the transaction of each
/// commit, so nobody has to wait for anyone in a rebalance.
final class SQLiteMember: LogMember {
  private let membership: Membership
  private let connection: Connection
  private let file: LogFile
  private let logger: Logger
  private let partitions: [Int64: TopicPartition]
  private let ids: [TopicPartition: Int64]
  private let group: Int64

  private var incarnation: Int64
  private var generation: Int64 = 0
  /// Until when the group waits for this member.
  private var lease: Instant
  /// The soonest end of another member's lease, as far as is known.
  private var othersLease = Instant.distantPast
  private var held: [HeldPartition] = []
  private var ends: [TopicPartition: Offset] = [:]
  /// The partition that gave the last record.
  private var lastServed: Int64 = .min
  /// Something may have been committed that this member hasn't seen.
  private var isStale = true
  /// The next look begins again at the committed offsets.
  private var rewinds = false
  /// What was polled before a commit that was undone can't be committed: the records before it are missing.
  private var isUndone = false
  private var hasLeft = false

  init(_ membership: Membership, connection: Connection) throws(LogError) {
    let file = connection.file
    self.membership = membership
    self.connection = connection
    self.file = file
    logger = file.settings.logger
    lease = file.settings.now() + membership.sessionTimeout
    let (joined, topics) = try connection.write { db in
      let joined = try Group.join(membership, takingOver: true, file: file, in: db)
      return (joined, try membership.topics.compactMap { try file.topic(named: $0, in: db) })
    }
    var partitions: [Int64: TopicPartition] = [:]
    for topic in topics {
      for (number, id) in topic.partitions.enumerated() { partitions[id] = TopicPartition(topic.name, number) }
    }
    self.partitions = partitions
    ids = Dictionary(uniqueKeysWithValues: partitions.map { ($1, $0) })
    guard let joined else { throw Self.fenced(membership) }
    group = joined.group
    incarnation = joined.incarnation
    if joined.tookOver {
      logger.warning(
        "took over the id of a member that had not left",
        metadata: ["group": "\(membership.group)", "member": "\(membership.member)"])
    }
  }

  // MARK: Polling

  func poll(for wait: Duration, limit: BatchLimit, paused: Set<TopicPartition>) throws(LogError) -> Polled {
    try checkPresence()
    var patience = Patience(wait, pauses: file.settings.pauses)
    while true {
      try keepAlive()
      if try connection.hasNews() { isStale = true }
      if isStale || rewinds || hasBacklog(besides: paused) {
        let polled = try look(limit: limit, paused: paused)
        if !polled.records.isEmpty || !polled.lost.isEmpty || !polled.gained.isEmpty { return polled }
      }
      Retention.stepIfDue(connection)
      guard let pause = patience.next() else {
        return Polled(ends: ends, positions: positions, metadata: GroupMetadata(generation: generation))
      }
      connection.wait(upTo: pause)
    }
  }

  private var positions: [TopicPartition: Offset] {
    Dictionary(uniqueKeysWithValues: held.map { ($0.partition, $0.position) })
  }

  private func hasBacklog(besides paused: Set<TopicPartition>) -> Bool {
    held.contains { $0.position < $0.end && (paused.isEmpty || !paused.contains($0.partition)) }
  }

  /// Renews the lease when less than two thirds of it are left, and sees to members whose own has run out.
  private func keepAlive() throws(LogError) {
    let now = file.settings.now()
    if (lease - now).inSeconds * 3 < membership.sessionTimeout.inSeconds * 2 {
      let renewed = now + membership.sessionTimeout
      let found = try connection.write(announced: false) { db in try self.renew(until: renewed, in: db) }
      lease = renewed
      if !found { isStale = true }
    }
    guard now >= othersLease else { return }
    if try soonestLease() <= now {
      let expired = try connection.write { db in
        try Group.expire(self.group, besides: self.membership.member, file: self.file, in: db)
      }
      if expired > 0 {
        logger.info(
          "gave the partitions of silent members to others",
          metadata: ["group": "\(membership.group)", "members": "\(expired)"])
      }
    }
    othersLease = try soonestLease()
  }

  /// Whether this member was still there to be renewed.
  private func renew(until lease: Instant, in db: Database) throws -> Bool {
    try db.perform(
      "UPDATE members SET lease = ? WHERE consumer_group = ? AND id = ? AND incarnation = ?",
      [lease.milliseconds, group, membership.member, incarnation])
    return db.changesCount > 0
  }

  private func soonestLease() throws(LogError) -> Instant {
    let soonest = try connection.read { db in
      try db.integer(
        "SELECT min(lease) FROM members WHERE consumer_group = ? AND id <> ?", [group, membership.member])
    }
    return soonest.map { Instant(milliseconds: $0) } ?? .distantFuture
  }

  /// Looks at group and records, in one snapshot.
  private func look(limit: BatchLimit, paused: Set<TopicPartition>) throws(LogError) -> Polled {
    while true {
      let seen = try connection.read { db in try self.see(limit: limit, paused: paused, in: db) }
      if let seen { return accept(seen) }
      try rejoin()
    }
  }

  private struct Seen {
    var polled: Polled
    var held: [HeldPartition] = []
    var lastServed: Int64
  }

  /// - Returns: `nil` if this member was taken for dead.
  private func see(limit: BatchLimit, paused: Set<TopicPartition>, in db: Database) throws -> Seen? {
    guard try isPresent(in: db) else { return nil }
    let generation = try db.integer("SELECT generation FROM consumer_groups WHERE id = ?", [group]) ?? 0
    var seen = Seen(polled: Polled(metadata: GroupMetadata(generation: generation)), lastServed: lastServed)
    seen.held = try HeldPartition.all(of: membership.member, in: group, named: partitions, db: db)
    var known = Dictionary(uniqueKeysWithValues: held.map { ($0.id, $0) })
    for index in seen.held.indices {
      let before = known.removeValue(forKey: seen.held[index].id)
      let stayed = before?.epoch == seen.held[index].epoch
      if stayed, !rewinds, let before { seen.held[index].position = before.position }
      seen.held[index].keepInside(group: membership.group, logger: logger)
      let partition = seen.held[index].partition
      seen.polled.ends[partition] = seen.held[index].end
      if !stayed { seen.polled.gained[partition] = seen.held[index].position }
      if !stayed, before != nil { seen.polled.lost.insert(partition) }
    }
    seen.polled.lost.formUnion(known.values.map(\.partition))
    if seen.polled.lost.isEmpty, seen.polled.gained.isEmpty {
      try scan(&seen, limit: limit, paused: paused, in: db)
    }
    return seen
  }

  private func scan(_ seen: inout Seen, limit: BatchLimit, paused: Set<TopicPartition>, in db: Database) throws {
    let open = seen.held.indices.filter { !paused.contains(seen.held[$0].partition) }
    var spans = open.map { index in
      let held = seen.held[index]
      return RecordScan.Span(id: held.id, partition: held.partition, position: held.position, end: held.end)
    }
    let first = spans.firstIndex { $0.id > lastServed } ?? 0
    let scan = try RecordScan(&spans, from: first, limit: limit, in: db, address: file.address)
    for (index, span) in zip(open, spans) { seen.held[index].position = span.position }
    seen.polled.records = scan.records
    if let last = scan.lastServed { seen.lastServed = spans[last].id }
  }

  private func accept(_ seen: Seen) -> Polled {
    held = seen.held
    ends = seen.polled.ends
    lastServed = seen.lastServed
    if generation != seen.polled.metadata.generation { othersLease = .distantPast }
    generation = seen.polled.metadata.generation
    isStale = false
    rewinds = false
    isUndone = false
    var polled = seen.polled
    polled.positions = positions
    return polled
  }

  // MARK: Membership

  /// - Returns: `false` if the group took this member for dead.
  /// - Throws: ``LogError/Code/fenced`` if another member has its id now.
  private func isPresent(in db: Database) throws -> Bool {
    let found = try db.integer(
      "SELECT incarnation FROM members WHERE consumer_group = ? AND id = ?", [group, membership.member])
    if let found, found != incarnation { throw Self.fenced(membership) }
    return found != nil
  }

  private func rejoin() throws(LogError) {
    lease = file.settings.now() + membership.sessionTimeout
    let joined = try connection.write { db in
      try Group.join(self.membership, takingOver: false, file: self.file, in: db)
    }
    guard let joined else { throw Self.fenced(membership) }
    incarnation = joined.incarnation
    logger.info(
      "joined again after the group had given up waiting",
      metadata: ["group": "\(membership.group)", "member": "\(membership.member)"])
  }

  private func checkPresence() throws(LogError) {
    if hasLeft {
      throw LogError(
        .other, "member \(membership.member) has left group \(membership.group)", recovery: .restart)
    }
  }

  private static func fenced(_ membership: Membership) -> LogError {
    LogError(
      .fenced,
      "another member of group \(membership.group) has the id \(membership.member): each needs one of its own",
      recovery: .stop)
  }

  func leave() {
    guard !hasLeft else { return }
    hasLeft = true
    do {
      try connection.write { db in
        try Group.leave(
          self.group, member: self.membership.member, incarnation: self.incarnation, file: self.file, in: db)
      }
    } catch {
      logger.warning(
        "could not leave the group; it waits for the session to time out",
        metadata: ["group": "\(membership.group)", "member": "\(membership.member)", "reason": "\(error.reason)"])
    }
  }

  // MARK: Committing

  func commit(_ outcome: Outcome) throws(LogError) -> Commit {
    try checkPresence()
    if isUndone { return .undone }
    // Until it is known to have succeeded.
    rewinds = true
    let renewed = file.settings.now() + membership.sessionTimeout
    let commit = try connection.write { db -> Commit in
      guard try self.isPresent(in: db), try self.holds(outcome, in: db) else { return .undone }
      var appender = Appender(to: self.file, in: db)
      for output in outcome.outputs { _ = try appender.append(output) }
      for (partition, offset) in outcome.positions {
        try db.perform(
          """
          INSERT INTO offsets (consumer_group, partition, offset) VALUES (?, ?, ?)
          ON CONFLICT DO UPDATE SET offset = excluded.offset
          """, [self.group, self.ids[partition], offset])
      }
      _ = try self.renew(until: renewed, in: db)
      return .committed(ends: try appender.finish())
    }
    if case .committed = commit {
      lease = renewed
      rewinds = false
    } else {
      isUndone = true
    }
    return commit
  }

  /// Whether all partitions of the positions have been this member's ever since the poll that the outcome comes from.
  private func holds(_ outcome: Outcome, in db: Database) throws -> Bool {
    if outcome.metadata.generation < incarnation { return false }
    for partition in outcome.positions.keys {
      guard let id = ids[partition] else { return false }
      let epoch = try db.integer(
        "SELECT epoch FROM assignments WHERE consumer_group = ? AND partition = ? AND member = ?",
        [group, id, membership.member])
      guard let epoch, epoch <= outcome.metadata.generation else { return false }
    }
    return true
  }
}
