import CLibrdkafka
import EventLog
import Logging

/// A member of a consumer group.
///
/// Its id is static (`group.instance.id`): after a restart within the session's time-out it gets its partitions back
/// without anyone else noticing. Partitions come and go inside of librdkafka's rebalance callback, which only ``poll``
/// and ``leave`` let run.
final class KafkaMember: LogMember {
  private let membership: Membership
  private let cluster: Cluster
  private let logger: Logger
  private let whose: String
  private let producer: TurnTaking
  private let places: GroupPlaces
  private let bell = Bell()
  private var consumer: GroupConsumer?

  private var held = Rotation()
  /// The poll in which each partition was gained, or last set back to its committed offset.
  private var since: [TopicPartition: Int64] = [:]
  private var ends: [TopicPartition: Offset] = [:]
  /// The number of the last poll: what a commit shows to be of.
  private var generation: Int64 = 0
  private var metadata: CapturedMetadata?

  /// Not yet told to the caller.
  private var lost: Set<TopicPartition> = []
  private var gained: Set<TopicPartition> = []
  /// What was handed out is void: the next poll begins again at the committed offsets.
  private var rewinds = false
  /// Went wrong inside of a callback, for the call around it to throw.
  private var trouble: LogError?
  /// Why this member is of no more use.
  private var end: LogError?

  /// Waits for the brokers; joins with the first polls.
  init(_ membership: Membership, of cluster: Cluster) throws(LogError) {
    self.membership = membership
    self.cluster = cluster
    whose = "member \(membership.member) of group \(membership.group)"
    var logger = cluster.settings.logger
    logger[metadataKey: "group"] = "\(membership.group)"
    logger[metadataKey: "member"] = "\(membership.member)"
    self.logger = logger
    places = GroupPlaces(group: membership.group, cluster: cluster, logger: logger)
    var partitions = 0
    for topic in membership.topics { partitions += try cluster.topic(topic).partitions }
    if (try? Administration(cluster).has(member: membership.member, in: membership.group)) == true {
      logger.warning("took over the id of a member that had not left")
    }
    let name = "\(membership.group)/\(membership.member)"
    producer = try TurnTaking(("member/\(name)", "turn/\(name)"), of: whose, cluster: cluster)
    try subscribe(partitions: partitions)
  }

  deinit { release() }

  private func subscribe(partitions: Int) throws(LogError) {
    let callbacks = Callbacks(logger: logger)
    callbacks.onRebalance = { [unowned self] code, list in rebalance(code, list) }
    if let report = cluster.settings.statistics?.report {
      callbacks.onStatistics = { json in
        if let statistics = KafkaStatistics(json: json) { report(statistics) }
      }
    }
    let topics = Dictionary(membership.topics.map { (TopicPartition($0, -1), Offset(0)) }) { $1 }
    consumer = try GroupConsumer(
      .member(cluster.settings, membership, partitions: partitions), callbacks: callbacks,
      topics: PartitionList(topics, prefix: cluster.settings.prefix), bell: bell)
  }

  // MARK: Polling

  /// The ends of all partitions are asked of their leaders at the beginning of each call, in one small request to each:
  /// so they are those of a moment after it began. What librdkafka remembers from its last fetch can be older, and a
  /// timer must not fire by it.
  func poll(for wait: Duration, limit: BatchLimit, paused: Set<TopicPartition>) throws(LogError) -> Polled {
    do throws(LogError) {
      let consumer = try usable()
      generation += 1
      let deadline = Deadline(after: wait)
      try serve(consumer)
      if rewinds { try rewind(consumer) }
      if held.seemsUnfetched { consumer.client.wakeFetching(of: held.partitions, prefix: cluster.settings.prefix) }
      ends = try cluster.offsets(.end, of: held.partitions)
      while true {
        try serve(consumer)
        if !lost.isEmpty || !gained.isEmpty { return try polled([], consumer) }
        let records = try take(limit, besides: paused)
        if !records.isEmpty || deadline.isOver { return try polled(records, consumer) }
        bell.wait(for: min(deadline.remaining, .milliseconds(500)))
      }
    } catch {
      rewinds = true
      // All that is asked of a fenced client fails, each in its own words.
      let isFenced = consumer.flatMap { KafkaError(fatalIn: $0.handle) }?.code == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID
      let error = isFenced ? fenced : error
      if error.recovery == .stop || error.recovery == .restart { end = error }
      throw error
    }
  }

  private func polled(_ records: [StoredRecord], _ consumer: GroupConsumer) throws(LogError) -> Polled {
    guard let metadata = CapturedMetadata(of: consumer.handle) else {
      throw LogError(.other, "\(whose) is in no group", recovery: .restart)
    }
    self.metadata = metadata
    let positions = held.positions
    let polled = Polled(
      lost: lost, gained: positions.filter { gained.contains($0.key) }, records: records, ends: ends,
      positions: positions, metadata: GroupMetadata(generation: generation))
    lost = []
    gained = []
    return polled
  }

  private func take(_ limit: BatchLimit, besides paused: Set<TopicPartition>) throws(LogError) -> [StoredRecord] {
    do throws(PartitionTrouble) {
      return try held.take(limit, besides: paused)
    } catch {
      if error.isOutOfRange {
        // librdkafka has stopped fetching this partition, and can't be made to go on elsewhere.
        throw LogError(
          .offsetOutOfRange,
          "\(whose) can't go on at offset \(error.position) of \(error.partition), which is gone: begins again",
          recovery: .restart)
      }
      throw cluster.failed(error.error, while: "read \(error.partition) for \(whose)")
    }
  }

  /// Lets librdkafka's callbacks run, and hears what it has to say of the group.
  private func serve(_ consumer: GroupConsumer) throws(LogError) {
    while let error = consumer.serve() {
      if error.isFatal { break }
      logger.debug("librdkafka reports trouble", metadata: ["code": "\(error.code.name)"])
      switch error.code {
      case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
        RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR_INCONSISTENT_GROUP_PROTOCOL,
        RD_KAFKA_RESP_ERR_INVALID_SESSION_TIMEOUT:
        throw cluster.failed(error, while: "serve \(whose)")
      default: break
      }
    }
    if let error = KafkaError(fatalIn: consumer.handle) {
      if error.code == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID { throw fenced }
      throw LogError(error, at: cluster.settings.address, while: "serve \(whose)")
    }
    if let trouble {
      self.trouble = nil
      throw trouble
    }
  }

  private var fenced: LogError {
    .fenced(whose, at: cluster.settings.address, after: consumer?.client.callbacks.lastFailure)
  }

  private func usable() throws(LogError) -> GroupConsumer {
    if let end { throw end }
    guard let consumer else { throw LogError(.other, "\(whose) has left its group", recovery: .restart) }
    return consumer
  }

  // MARK: Partitions

  /// Called by librdkafka, within ``serve(_:)``.
  private func rebalance(
    _ code: rd_kafka_resp_err_t, _ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>
  ) {
    guard let consumer else { return }
    let partitions = list.elements.map { $0.partition(without: cluster.settings.prefix) }
    logger.debug("rebalance", metadata: ["code": "\(code.name)", "partitions": "\(partitions)"])
    let error: KafkaError?
    if code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS {
      gain(partitions, list, consumer)
      error = KafkaError(unlessDone: rd_kafka_assign(consumer.handle, list))
    } else {
      for partition in partitions { lose(partition) }
      error = KafkaError(unlessDone: rd_kafka_assign(consumer.handle, nil))
    }
    if let error {
      trouble = LogError(
        .other, "\(whose) can't take part in a rebalance: \(error.text) (\(error.code.name))", recovery: .restart)
    }
  }

  private func gain(
    _ partitions: [TopicPartition], _ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>,
    _ consumer: GroupConsumer
  ) {
    if partitions.isEmpty { return }
    var found: [TopicPartition: Offset] = [:]
    do throws(LogError) {
      let answer = try places.find(of: partitions, by: consumer.handle)
      found = answer.places
      ends.merge(answer.ends) { $1 }
    } catch {
      // They are this member's all the same, and get their places when it is set back.
      trouble = error
    }
    for (element, partition) in zip(list.elements.indices, partitions) {
      list.elements[element].offset = found[partition] ?? Offset(RD_KAFKA_OFFSET_END)
      do throws(KafkaError) {
        held.insert(
          try FetchQueue(partition, prefix: cluster.settings.prefix, of: consumer.client, bell: bell),
          at: found[partition])
        gained.insert(partition)
        since[partition] = generation
      } catch {
        trouble = cluster.failed(error, while: "read \(partition) for \(whose)")
      }
    }
  }

  private func lose(_ partition: TopicPartition) {
    guard held.entries[partition] != nil else { return }
    held.remove(partition)
    since[partition] = nil
    ends[partition] = nil
    if gained.remove(partition) == nil { lost.insert(partition) }
  }

  /// Goes back to the committed offsets.
  private func rewind(_ consumer: GroupConsumer) throws(LogError) {
    let partitions = held.partitions
    if !partitions.isEmpty {
      let found = try places.find(of: partitions, by: consumer.handle)
      ends = found.ends
      for partition in partitions { held.move(partition, to: nil) }
      try cluster.persistently(while: "set back \(whose)") { deadline throws(KafkaError) in
        let list = PartitionList(found.places, prefix: cluster.settings.prefix)
        let error = KafkaError(
          consuming: rd_kafka_seek_partitions(consumer.handle, list.pointer, max(1, deadline.milliseconds)))
        if let error { throw error }
        do throws(KafkaError) {
          _ = try list.offsets()
        } catch {
          // Fetching has not begun yet, or is only just ending.
          var error = error
          error.isRetriable =
            error.code == RD_KAFKA_RESP_ERR__STATE || error.code == RD_KAFKA_RESP_ERR__PREV_IN_PROGRESS
          throw error
        }
      }
      for (partition, place) in found.places { held.move(partition, to: place) }
    }
    for partition in partitions { since[partition] = generation }
    rewinds = false
  }

  // MARK: Committing

  func commit(_ outcome: Outcome) throws(LogError) -> Commit {
    _ = try usable()
    if rewinds { return .undone }
    // Until it is known to have succeeded.
    rewinds = true
    do throws(LogError) {
      let outputs = try producer.prepare(outcome.outputs)
      guard holds(outcome), let metadata else { return .undone }
      let offsets =
        outcome.positions.isEmpty ? nil : GroupOffsets(positions: outcome.positions, metadata: metadata)
      switch try producer.transact(outputs, offsets) {
      case .undone(let isFenced):
        if isFenced { end = fenced }
        return .undone
      case .committed(let offsets):
        let ends = try ends(of: outputs, at: offsets)
        rewinds = false
        return .committed(ends: ends)
      }
    } catch {
      if error.recovery == .restart || error.code == .fenced { end = error }
      throw error
    }
  }

  /// Whether all partitions of the positions have been this member's ever since the poll that the outcome comes from.
  private func holds(_ outcome: Outcome) -> Bool {
    outcome.positions.keys.allSatisfy { partition in
      since[partition].map { $0 <= outcome.metadata.generation } ?? false
    }
  }

  private func ends(
    of outputs: PreparedOutputs, at offsets: [Offset]
  ) throws(LogError) -> [TopicPartition: Offset] {
    var (ends, untold) = outputs.ends(offsets)
    if !untold.isEmpty {
      // A broker that is sent a batch a second time says only that it has it.
      do throws(LogError) {
        ends.merge(try cluster.offsets(.end, of: untold)) { $1 }
      } catch {
        throw LogError(
          .unknownOutcome, "where a commit of \(whose) ended is not known: \(error.reason)", recovery: .restart)
      }
    }
    return ends
  }

  // MARK: Leaving

  func leave() {
    consumer?.unsubscribe(before: Deadline(after: min(.seconds(3), cluster.settings.patience))) {
      held.partitions.isEmpty
    }
    release()
  }

  /// The queues of the partitions go before the client that they belong to.
  private func release() {
    held = Rotation()
    consumer?.close()
    consumer = nil
  }
}
