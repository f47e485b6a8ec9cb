package import EventLog
package import Logging
package import Time

/// The loop that every worker is: take a batch of records, run the pure function over each, commit the outputs, the
/// state, the timers and the positions as one transaction.
///
/// A worker owns its member of the consumer group and belongs to one thread; nothing of it is shared but its status.
package final class Worker<P: Processor> {
  /// As it was given: for its names alone. What works is in ``steps``.
  private let processor: P
  private var hearing: Hearing<P>
  private var steps: TypedSteps<P>
  private let log: any EventLog
  private let settings: WorkerSettings
  private let now: @Sendable () -> Instant
  private let logger: Logger
  private let metrics: WorkerMetrics
  package let status: WorkerStatus

  private var session: Session?
  private var limit: BatchLimit
  private var commits = 0

  /// What ends when the member does.
  private struct Session {
    let member: any LogMember
    let reader: any LogReader
    let identity: String
    let topics: [String: TopicSpecification]
    var stores: [Int: StateStore] = [:]
    var restores: [Int: Restore] = [:]
    var restoreBegan: [Int: Instant] = [:]
    var snapshotAt: [Int: Offset] = [:]
    var catchUps: [TopicPartition: CatchUp] = [:]
    /// When the group was last known to count on this member.
    var polledAt: Instant = .distantPast
  }

  /// - Parameter now: the only clock that there is for this worker and its processor.
  package init(
    _ processor: P, log: any EventLog, settings: WorkerSettings, status: WorkerStatus? = nil,
    now: @escaping @Sendable () -> Instant, logger: Logger
  ) {
    precondition(P.State.self == Never.self || processor.inputs.count == 1, "a stateful processor has one input topic")
    self.processor = processor
    steps = TypedSteps(processor)
    self.log = log
    self.settings = settings
    self.now = now
    self.status = status ?? WorkerStatus(worker: processor.name)
    var logger = logger
    logger[metadataKey: "worker"] = "\(processor.name)"
    logger[metadataKey: "member"] = "\(settings.member)"
    self.logger = logger
    hearing = Hearing(processor, logger: logger)
    metrics = WorkerMetrics(
      worker: processor.name, member: settings.member, group: processor.name,
      counters: processor.counters)
    limit = settings.batch
  }

  private var isStateful: Bool { P.State.self != Never.self }

  // MARK: Running

  /// Works until told to stop; then leaves the group, with snapshots written. Blocks its thread.
  ///
  /// - Throws: ``LogError`` with recovery `.stop`; every other trouble is waited out.
  package func run(until stop: StopSignal) throws(LogError) {
    var attempt = 0
    while !stop.isSet {
      do throws(LogError) {
        let before = commits
        let isIdle = try !step(wait: settings.idleWait)
        // That it can be polled again is not enough, if it was a commit that failed.
        if attempt > 0, isIdle || commits > before {
          logger.info("the log answers again")
          attempt = 0
        }
      } catch {
        switch error.recovery {
        case .stop:
          status.update { $0.phase = .failed(error.reason) }
          logger.critical("worker ends", metadata: ["reason": "\(error.reason)"])
          end()
          throw error
        case .abort where attempt == 0:
          attempt = 1
          logger.debug("batch given up", metadata: ["reason": "\(error.reason)"])
        case .abort, .retry, .restart:
          if error.recovery == .restart { end() }
          status.update { $0.phase = .waiting(error.reason) }
          let pause = min(settings.backOff.upperBound, settings.backOff.lowerBound * (1 << min(attempt, 10)))
          let level: Logger.Level = attempt == 0 || attempt % 10 == 0 ? .warning : .debug
          logger.log(
            level: level, "waits for the log",
            metadata: ["reason": "\(error.reason)", "code": "\(error.code)", "attempt": "\(attempt + 1)"])
          attempt += 1
          _ = stop.wait(for: pause)
        }
      }
    }
    finish()
  }

  /// Writes snapshots and leaves the group.
  package func finish() {
    for partition in session.map({ Array($0.stores.keys) }) ?? [] { writeSnapshot(partition) }
    end()
    status.update { $0.phase = .stopped }
  }

  /// Forgets all that isn't in the log.
  private func end() {
    session?.member.leave()
    session?.reader.close()
    session = nil
  }

  /// One turn of the loop.
  /// - Parameter wait: how long to wait for a record, if there is nothing else to do.
  /// - Returns: whether anything was done.
  @discardableResult
  package func step(wait: Duration) throws(LogError) -> Bool {
    if session == nil { session = try begin() }
    try listen()
    // Before the poll, so that no trouble with it finds records in hand, which no later poll would hand out again.
    let restored = try continueRestores()
    let asked = now()
    let polled = try session!.member.poll(for: pollTime(wait, at: asked), limit: limit, paused: restoring)
    session?.polledAt = asked
    take(over: polled, at: asked)
    let before = session!.catchUps

    let work = Work(steps, topics: session!.topics, now: now())
    do throws(LogError) {
      // They come in runs of one partition.
      var store: StateStore?
      for (index, record) in polled.records.enumerated() {
        let partition = record.partition
        if index == 0 || polled.records[index - 1].partition != partition { store = try self.store(of: partition) }
        try work.take(record, store)
        if index + 1 == polled.records.count || polled.records[index + 1].partition != partition {
          work.advance(partition, to: max(record.offset + 1, polled.positions[partition] ?? 0))
        }
      }
      for (partition, position) in polled.positions {
        session?.catchUps[partition]?.note(end: polled.ends[partition] ?? position, at: asked, position: position)
      }
      try fireTimers(into: work)
      try revise(into: work)
      observe(polled)
      guard !work.isEmpty else { return restored || !polled.gained.isEmpty }
      if try commit(work, polled.metadata) { tell(of: work, polled.records) } else { undo(work, before) }
    } catch {
      undo(work, before)
      throw error
    }
    return true
  }

  private func begin() throws(LogError) -> Session {
    var topics: [String: TopicSpecification] = [:]
    for topic in try log.topics() { topics[topic.name] = topic }
    for input in processor.inputs + (isStateful ? [processor.changelog] : []) where topics[input] == nil {
      throw LogError(.unknownTopic, "topic \(input) doesn't exist yet on \(log.address)", recovery: .retry)
    }
    let identity = try log.identity()
    let reader = try log.openReader()
    do throws(LogError) {
      try hearing.begin(log, reader, at: now())
    } catch {
      reader.close()
      throw error
    }
    steps = TypedSteps(hearing.processor)
    let membership = Membership(
      group: processor.name, topics: processor.inputs, member: settings.member,
      sessionTimeout: settings.sessionTimeout)
    // Last, so that nobody waits for a member that never was one.
    do throws(LogError) {
      return Session(member: try log.join(membership), reader: reader, identity: identity, topics: topics)
    } catch {
      reader.close()
      throw error
    }
  }

  /// Lets the processor hear what is new on its broadcast topics: before a batch, so that one batch is of one mind.
  private func listen() throws(LogError) {
    guard let session, hearing.look(log, session.reader, at: now()) else { return }
    steps = TypedSteps(hearing.processor)
    for store in session.stores.values { try store.adoptStored(by: steps) }
  }

  /// What the batch had read is unread again, so no timer may count on it.
  private func undo(_ work: Work, _ catchUps: [TopicPartition: CatchUp]) {
    work.undo()
    session?.catchUps = catchUps
  }

  /// - Returns: whether it took place.
  private func commit(_ work: Work, _ metadata: GroupMetadata) throws(LogError) -> Bool {
    let outputs = try work.finish()
    let began = now()
    let outcome = Outcome(outputs: outputs, positions: work.positions, metadata: metadata)
    switch try session!.member.commit(outcome) {
    case .undone:
      metrics.wasUndone()
      logger.debug("commit undone, the group has changed")
      return false
    case .committed(let ends):
      commits += 1
      let done = now()
      try work.apply(ends: ends, since: done)
      for (partition, change) in work.rulesChanges where change.adopted != nil {
        logger.info("rules adopted", metadata: ["partition": "\(partition)"])
      }
      metrics.committed(work, outputs: outputs.count, in: done - began)
      adaptLimit(to: done - began, full: work.consumed >= limit.records)
      status.update { $0.progressAt = done }
      writeSnapshotsIfDue()
      return true
    }
  }

  /// Keeps batches within the time that they may take.
  private func adaptLimit(to time: Duration, full: Bool) {
    if time > settings.batchTime {
      limit.records = max(1, limit.records / 2)
    } else if full, limit.records < settings.batch.records, time < settings.batchTime / 4 {
      limit.records = min(settings.batch.records, limit.records * 2)
    }
  }

  // MARK: Partitions

  /// - Returns: `nil` for a processor without state.
  private func store(of partition: TopicPartition) throws(LogError) -> StateStore? {
    guard isStateful else { return nil }
    if let store = session?.stores[partition.partition] { return store }
    throw LogError(.other, "the log handed out records of \(partition) before its state was there", recovery: .restart)
  }

  /// Partitions whose state isn't there yet: left alone by the polls that keep the membership alive meanwhile.
  private var restoring: Set<TopicPartition> {
    Set(session?.restoreBegan.keys.map { TopicPartition(processor.inputs[0], $0) } ?? [])
  }

  private func take(over polled: Polled, at time: Instant) {
    for partition in polled.lost {
      session?.catchUps[partition] = nil
      if isStateful {
        session?.stores[partition.partition] = nil
        session?.restores[partition.partition] = nil
        session?.restoreBegan[partition.partition] = nil
      }
    }
    for (partition, position) in polled.gained { session?.catchUps[partition] = CatchUp(position: position) }
    if !polled.lost.isEmpty || !polled.gained.isEmpty {
      logger.info(
        "partitions changed",
        metadata: ["lost": "\(polled.lost.sorted())", "gained": "\(polled.gained.keys.sorted())"])
    }
    if isStateful {
      for partition in polled.gained.keys { session?.restoreBegan[partition.partition] = time }
    }
  }

  /// Goes on with every restore by one chunk.
  /// - Returns: whether there was one.
  private func continueRestores() throws(LogError) -> Bool {
    guard isStateful, let session else { return false }
    for (partition, began) in session.restoreBegan.sorted(by: { $0.key < $1.key }) {
      let restore: Restore
      if let begun = session.restores[partition] {
        restore = begun
      } else {
        restore = try beginRestore(partition, session)
      }
      self.session?.restores[partition] = restore
      var advanced = restore
      guard try advanced.advance(session.reader, limit: settings.restoreChunk, at: now()) else {
        self.session?.restores[partition] = advanced
        continue
      }
      try advanced.store.adoptStored(by: steps)
      self.session?.restores[partition] = nil
      self.session?.restoreBegan[partition] = nil
      self.session?.stores[partition] = advanced.store
      self.session?.snapshotAt[partition] = advanced.store.changelogOffset - Offset(advanced.recordsRead)
      metrics.restored(in: now() - began)
      logger.info(
        "state restored", metadata: ["partition": "\(partition)", "records": "\(advanced.recordsRead)"])
    }
    return !session.restoreBegan.isEmpty
  }

  private func beginRestore(_ partition: Int, _ session: Session) throws(LogError) -> Restore {
    try Restore(snapshot(partition, session), reader: session.reader, notBefore: oldestSnapshot(session))
  }

  // MARK: Timers

  /// A timer that is due at t fires once its partition was read up to where it ended at some moment at or after t, and at
  /// the latest `timerWait` after t: so a backlog accuses nobody of being late, and overload silences no deadline. For a
  /// timer that this worker learnt of only later (a restart, a date in the past) that moment stands in t's place.
  private func fireTimers(into work: Work) throws(LogError) {
    guard isStateful, let session else { return }
    let time = now()
    // What is due longest comes first, so that one partition's long tail doesn't keep the others' timers waiting.
    let stores = session.stores.map { (due: $1.timers.first?.due ?? .distantFuture, partition: $0, store: $1) }
    for (_, partition, store) in stores.sorted(by: { ($0.due, $0.partition) < ($1.due, $1.partition) }) {
      let input = TopicPartition(processor.inputs[0], partition)
      guard let catchUp = session.catchUps[input] else { continue }
      while work.fired < settings.timersPerBatch, let first = store.timers.first, first.due <= time {
        let from = max(first.due, first.since)
        guard from <= catchUp.until || from + settings.timerWait <= time else { break }
        _ = store.timers.removeFirst()
        // So that the commit is bound to this partition, as one of its records would bind it.
        if try work.fire(first, store) { work.advance(input, to: catchUp.position) }
      }
    }
  }

  /// When the next timer is due, of those that are set.
  package func nextTimer() throws(LogError) -> Instant? {
    guard let session else { return nil }
    var next: Instant?
    for store in session.stores.values {
      while let first = store.timers.first {
        if try store.timer(first) == nil {
          _ = store.timers.removeFirst()
        } else {
          next = min(next ?? .distantFuture, first.due)
          break
        }
      }
    }
    return next
  }

  private func pollTime(_ wait: Duration, at time: Instant) -> Duration {
    guard let session else { return wait }
    if !session.restoreBegan.isEmpty { return .zero }
    let wait = hearing.isListening ? min(wait, Hearing<P>.interval) : wait
    if session.stores.values.contains(where: { $0.sweep != nil }) { return .zero }
    var until = time + wait
    for (partition, store) in session.stores {
      guard let first = store.timers.first else { continue }
      var from = max(first.due, first.since)
      // It waits for records that are already there: no look, however soon, is of use before they come.
      let catchUp = session.catchUps[TopicPartition(processor.inputs[0], partition)]
      if from <= time, let catchUp, catchUp.isBehind { from = from + settings.timerWait }
      until = min(until, from)
    }
    return max(.zero, until - time)
  }

  // MARK: Rules

  /// Goes on with the sweeps that new rules began.
  private func revise(into work: Work) throws(LogError) {
    guard isStateful, let session else { return }
    for (partition, store) in session.stores.sorted(by: { $0.key < $1.key }) where store.sweep != nil {
      let input = TopicPartition(processor.inputs[0], partition)
      guard work.revised < settings.revisionsPerBatch, let catchUp = session.catchUps[input] else { continue }
      // So that the commit is bound to this partition, as one of its records would bind it.
      if try work.revise(store, limit: settings.revisionsPerBatch - work.revised) {
        work.advance(input, to: catchUp.position)
      }
    }
  }

  // MARK: Snapshots

  private func snapshot(_ partition: Int, _ session: Session) -> Snapshot {
    Snapshot(
      folder: settings.snapshots, writer: settings.member, log: session.identity,
      changelog: TopicPartition(processor.changelog, partition))
  }

  private func oldestSnapshot(_ session: Session) -> Instant {
    guard case .compact(let tombstones) = session.topics[processor.changelog]?.cleanup else { return .distantPast }
    return now() - tombstones / 2
  }

  private func writeSnapshotsIfDue() {
    guard settings.snapshots != nil, let session else { return }
    for (partition, store) in session.stores {
      let due = max(settings.snapshotEvery, Offset(store.table.count) / 2)
      if store.changelogOffset - (session.snapshotAt[partition] ?? 0) >= due { writeSnapshot(partition) }
    }
  }

  private func writeSnapshot(_ partition: Int) {
    guard settings.snapshots != nil, let session, let store = session.stores[partition],
      store.changelogOffset != session.snapshotAt[partition]
    else { return }
    do {
      // Not the time of writing: a worker that slept long may be about to learn that its state is old.
      try snapshot(partition, session).write(store, at: session.polledAt)
      self.session?.snapshotAt[partition] = store.changelogOffset
    } catch {
      logger.warning(
        "snapshot not written, a restart will read more of the changelog",
        metadata: ["partition": "\(partition)", "error": "\(error)"])
    }
  }

  // MARK: Telling

  /// Leads from a line of the log to the case that it is about, and back.
  private func tell(of work: Work, _ records: [StoredRecord]) {
    for letter in work.deadLetters {
      var metadata = StoredRecord(
        partition: letter.partition, offset: letter.offset, timestamp: letter.timestamp, record: letter.original
      ).metadata
      metadata["reason"] = "\(letter.reason)"
      metadata["parked"] = "\(letter.parked)"
      metadata["retries"] = "\(letter.retries)"
      logger.warning("dead letter", metadata: metadata)
    }
    guard logger.logLevel <= .debug else { return }
    for record in records { logger.debug("record taken in", metadata: record.metadata) }
  }

  private func observe(_ polled: Polled) {
    guard let session else { return }
    let time = now()
    status.update { report in
      let remaining = session.restores.values.reduce(0) { $0 + $1.remaining }
      report.phase = session.restoreBegan.isEmpty ? .running : .restoring(remainingRecords: remaining)
      report.partitions = session.catchUps.count
      report.parkedKeys = session.stores.values.reduce(0) { $0 + $1.parkedKeys }
      report.timersPending = session.stores.values.reduce(0) { $0 + $1.timers.pending }
      report.toRevise = session.stores.values.reduce(0) { sum, store in
        sum + (store.sweep.map { $0.remaining ?? store.table.count } ?? 0)
      }
      report.lag = session.catchUps.reduce(0) { sum, next in
        sum + max(0, (polled.ends[next.key] ?? 0) - next.value.position)
      }
      if report.lag == 0 { report.progressAt = time }
    }
    let due = session.stores.values.compactMap { $0.timers.first?.due }.min() ?? time
    metrics.observe(status.current, timerLag: max(0, (time - due).inSeconds))
  }
}
