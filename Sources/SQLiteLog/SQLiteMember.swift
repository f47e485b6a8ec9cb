import EventLog
import GRDB
import Time

/// A member of a consumer group of a ``SQLiteLog``.
///
/// It keeps its positions itself. Whether a partition is still its own is settled by epochs in the transaction of each
/// commit, so nobody has to wait for anyone in a rebalance.
final class SQLiteMember: LogMember {
  private let seat: Seat
  private let connection: Connection
  private let file: LogFile
  private let partitions: [Int64: TopicPartition]
  private let ids: [TopicPartition: Int64]

  private var generation: Int64 = 0
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
  /// How long the last poll's pauses had become when it ended with nothing.
  private var pause: Duration?

  init(_ membership: Membership, connection: Connection) throws(LogError) {
    self.connection = connection
    file = connection.file
    seat = try Seat(membership, connection: connection)
    let file = file
    let topics = try connection.read { db in try membership.topics.compactMap { try file.topic(named: $0, in: db) } }
    var partitions: [Int64: TopicPartition] = [:]
    for topic in topics {
      for (number, id) in topic.partitions.enumerated() { partitions[id] = TopicPartition(topic.name, number) }
    }
    self.partitions = partitions
    ids = Dictionary(uniqueKeysWithValues: partitions.map { ($1, $0) })
  }

  // MARK: Polling

  func poll(for wait: Duration, limit: BatchLimit, paused: Set<TopicPartition>) throws(LogError) -> Polled {
    try checkPresence()
    var patience = Patience(wait, pauses: file.settings.pauses, after: pause)
    pause = nil
    while true {
      if try !seat.keepAlive() { isStale = true }
      if try connection.hasNews() { isStale = true }
      if isStale || rewinds || hasBacklog(besides: paused) {
        let polled = try look(limit: limit, paused: paused)
        if !polled.records.isEmpty || !polled.lost.isEmpty || !polled.gained.isEmpty { return polled }
      }
      Retention.stepIfDue(connection)
      guard let pause = patience.next() else {
        self.pause = patience.pause
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

  /// Looks at group and records, in one snapshot.
  private func look(limit: BatchLimit, paused: Set<TopicPartition>) throws(LogError) -> Polled {
    while true {
      let seen = try connection.read { db in try self.see(limit: limit, paused: paused, in: db) }
      if let seen { return accept(seen) }
      try seat.rejoin()
    }
  }

  private struct Seen {
    var polled: Polled
    var held: [HeldPartition] = []
    var lastServed: Int64
  }

  /// - Returns: `nil` if this member was taken for dead.
  private func see(limit: BatchLimit, paused: Set<TopicPartition>, in db: Database) throws -> Seen? {
    guard try seat.isKept(in: db) else { return nil }
    let generation = try db.integer("SELECT generation FROM consumer_groups WHERE id = ?", [seat.group]) ?? 0
    var seen = Seen(polled: Polled(metadata: GroupMetadata(generation: generation)), lastServed: lastServed)
    seen.held = try HeldPartition.all(of: seat.membership.member, in: seat.group, named: partitions, db: db)
    var known = Dictionary(uniqueKeysWithValues: held.map { ($0.id, $0) })
    for index in seen.held.indices {
      let before = known.removeValue(forKey: seen.held[index].id)
      let stayed = before?.epoch == seen.held[index].epoch
      if stayed, !rewinds, let before { seen.held[index].position = before.position }
      seen.held[index].keepInside(group: seat.membership.group, logger: file.settings.logger)
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
    if generation != seen.polled.metadata.generation { seat.forgetOthers() }
    generation = seen.polled.metadata.generation
    isStale = false
    rewinds = false
    isUndone = false
    var polled = seen.polled
    polled.positions = positions
    return polled
  }

  private func checkPresence() throws(LogError) {
    if hasLeft {
      throw LogError(.other, "member \(seat.membership.member) has left its group", recovery: .restart)
    }
  }

  func leave() {
    if hasLeft { return }
    hasLeft = true
    seat.leave()
  }

  // MARK: Committing

  func commit(_ outcome: Outcome) throws(LogError) -> Commit {
    try checkPresence()
    if isUndone { return .undone }
    // Until it is known to have succeeded.
    rewinds = true
    let renewed = seat.renewedLease()
    let commit = try connection.write { db -> Commit in
      guard try self.seat.isKept(in: db), try self.holds(outcome, in: db) else { return .undone }
      var appender = Appender(to: self.file, in: db)
      for output in outcome.outputs { _ = try appender.append(output) }
      for (partition, offset) in outcome.positions {
        try db.perform(
          """
          INSERT INTO offsets (consumer_group, partition, offset) VALUES (?, ?, ?)
          ON CONFLICT DO UPDATE SET offset = excluded.offset
          """, [self.seat.group, self.ids[partition], offset])
      }
      try self.seat.renew(until: renewed, in: db)
      return .committed(ends: try appender.finish())
    }
    if case .committed = commit {
      seat.lease = renewed
      rewinds = false
    } else {
      isUndone = true
    }
    return commit
  }

  /// Whether all partitions of the positions have been this member's ever since the poll that the outcome comes from.
  private func holds(_ outcome: Outcome, in db: Database) throws -> Bool {
    if outcome.metadata.generation < seat.incarnation { return false }
    for partition in outcome.positions.keys {
      guard let id = ids[partition] else { return false }
      let epoch = try db.integer(
        "SELECT epoch FROM assignments WHERE consumer_group = ? AND partition = ? AND member = ?",
        [seat.group, id, seat.membership.member])
      guard let epoch, epoch <= outcome.metadata.generation else { return false }
    }
    return true
  }
}
