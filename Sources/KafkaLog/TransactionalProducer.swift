import CLibrdkafka
import EventLog

/// A producer that writes nothing but whole transactions, one at a time.
final class TransactionalProducer {
  private struct Target {
    let specification: TopicSpecification
    let handle: OpaquePointer
  }

  enum Result {
    /// For each output its offset, in the same order: -1 where the brokers had it already and didn't say.
    case committed([Offset])
    /// The group has moved on: nothing took place.
    case undone(fenced: Bool)
  }

  private enum Stage {
    case writing, committing
  }

  private let cluster: Cluster
  private let id: String
  private var client: Client
  private var hasLargestBatch = true
  private let reports = DeliveryReports()
  /// Their handles are owned; destroyed before the client.
  private var topics: [String: Target] = [:]
  private var keyless = 0
  private let whose: String
  private var isReady = false
  /// Why this producer is of no more use.
  private var end: LogError?

  /// Begins to end whatever a producer of that id left open, and to fence it; ``ready()`` waits until that is done.
  /// - Parameter whose: of whom an error speaks, as in "member 3 of group track".
  init(_ id: String, of whose: String, cluster: Cluster) throws(LogError) {
    self.id = id
    self.cluster = cluster
    self.whose = whose
    client = try Self.open(id, cluster, reports, batch: TopicConfiguration.largestBatch)
    try begin()
  }

  private static func open(
    _ id: String, _ cluster: Cluster, _ reports: DeliveryReports, batch: Int
  ) throws(LogError) -> Client {
    let callbacks = Callbacks(logger: cluster.settings.logger)
    callbacks.onDelivery = { [reports] in reports.take($0.pointee) }
    return try Client(
      .producer(cluster.settings, transactionalID: cluster.settings.prefix + id, batch: batch), callbacks: callbacks)
  }

  private func begin() throws(LogError) {
    // Goes on by itself when this time is over, and so can be waited for later.
    if let error = KafkaError(consuming: rd_kafka_init_transactions(client.handle, 1)) {
      if !error.isRetriable { throw cluster.failed(error, while: beginning) }
    } else {
      isReady = true
    }
  }

  /// To be called between transactions. The size of batches is a client's, not a topic's: so it takes another client.
  private func makeBatchesSmaller() throws(LogError) {
    closeTopics()
    isReady = false
    client = try Self.open(id, cluster, reports, batch: TopicConfiguration.smallestBatch)
    hasLargestBatch = false
    try begin()
    try ready()
  }

  private var beginning: String { "begin transactions of \(whose)" }

  /// Waits for the brokers, unless that has been done.
  func ready() throws(LogError) {
    if isReady { return }
    try cluster.persistently(while: beginning) { deadline throws(KafkaError) in
      if let error = KafkaError(consuming: rd_kafka_init_transactions(client.handle, max(1, deadline.milliseconds))) {
        throw error
      }
    }
    isReady = true
  }

  deinit { closeTopics() }

  private func closeTopics() {
    for topic in topics.values { rd_kafka_topic_destroy(topic.handle) }
    topics = [:]
  }

  // MARK: Preparing

  /// Finds everything that the brokers would refuse, before anything is written.
  func prepare(_ outputs: [Output]) throws(LogError) -> PreparedOutputs {
    try ready()
    // Outputs to one topic mostly follow one another.
    var name: String?
    for output in outputs where output.topic != name {
      name = output.topic
      guard hasLargestBatch, topics[output.topic] == nil else { continue }
      if try !cluster.topic(output.topic).takesLargestBatch { try makeBatchesSmaller() }
    }
    var prepared = PreparedOutputs(outputs)
    var current: Target?
    for output in outputs {
      if current?.specification.name != output.topic { current = try target(output.topic) }
      guard let target = current else { continue }
      try check(output.record, for: target.specification)
      prepared.append(target.handle, try number(for: output, in: target.specification))
    }
    return prepared
  }

  private func check(_ record: Record, for topic: TopicSpecification) throws(LogError) {
    let limit = topic.maximumRecordSize
    if record.size > limit {
      throw LogError(
        .recordTooLarge,
        "a record of \(record.size) bytes is too large for topic \(topic.name), which takes \(limit)",
        recovery: .stop)
    }
    if case .compact = topic.cleanup, record.key == nil {
      throw LogError(.other, "topic \(topic.name) is compacted and takes no record without a key", recovery: .stop)
    }
  }

  private func number(for output: Output, in topic: TopicSpecification) throws(LogError) -> Int {
    if let number = output.partition {
      if (0..<topic.partitions).contains(number) { return number }
      throw LogError(
        .unknownTopic, "topic \(topic.name) has \(topic.partitions) partitions and so none of number \(number)",
        recovery: .stop)
    }
    if let key = output.record.key { return Partitioner.partition(of: key, among: topic.partitions) }
    keyless &+= 1
    return Int(UInt(bitPattern: keyless) % UInt(topic.partitions))
  }

  private func target(_ name: String) throws(LogError) -> Target {
    if let target = topics[name] { return target }
    let specification = try cluster.topic(name)
    guard let handle = rd_kafka_topic_new(client.handle, cluster.settings.prefix + name, nil) else {
      throw cluster.failed(KafkaError(rd_kafka_last_error()), while: "write to topic \(name)")
    }
    let target = Target(specification: specification, handle: handle)
    topics[name] = target
    return target
  }

  // MARK: The transaction

  /// Writes the outputs and stores the offsets, or does neither.
  ///
  /// - Throws: ``LogError``: `.retry` if nothing took place and the same may succeed later; `.restart` if this producer
  ///   is of no more use; ``LogError/Code/fenced`` with `.stop` if another is known to have its id.
  func transact(_ outputs: PreparedOutputs, _ offsets: GroupOffsets? = nil) throws(LogError) -> Result {
    if let end { throw end }
    let begun = ContinuousClock.now
    let reached = cluster.settings.atCommitStage ?? { _ in }
    var stage = Stage.writing
    do throws(KafkaError) {
      if let error = KafkaError(consuming: rd_kafka_begin_transaction(client.handle)) { throw error }
      reached(.began)
      reports.begin(outputs.count)
      try write(outputs)
      reached(.written)
      if let offsets { try send(offsets) }
      reached(.stored)
      stage = .committing
      try patiently { rd_kafka_commit_transaction(client.handle, $0) }
      reached(.committed)
      return .committed(reports.offsets)
    } catch {
      return try settle(error, at: stage, begun: begun)
    }
  }

  private func write(_ outputs: PreparedOutputs) throws(KafkaError) {
    for number in 0..<outputs.count {
      var deadline: Deadline?
      while true {
        let code = outputs.produce(number, with: client.handle)
        if code == RD_KAFKA_RESP_ERR_NO_ERROR { break }
        let end = deadline ?? Deadline(after: cluster.settings.patience)
        deadline = end
        if code != RD_KAFKA_RESP_ERR__QUEUE_FULL || end.isOver {
          throw KafkaError(fatalIn: client.handle) ?? KafkaError(code)
        }
        rd_kafka_poll(client.handle, 10)
      }
    }
  }

  private func send(_ offsets: GroupOffsets) throws(KafkaError) {
    let list = PartitionList(offsets.positions, prefix: cluster.settings.prefix)
    try patiently {
      rd_kafka_send_offsets_to_transaction(client.handle, list.pointer, offsets.metadata.pointer, $0)
    }
  }

  /// Repeats a call as long as librdkafka says that it may be, and the patience lasts.
  /// - Parameter call: is given a time-out in milliseconds.
  private func patiently(_ call: (Int32) -> OpaquePointer?) throws(KafkaError) {
    let deadline = Deadline(after: cluster.settings.patience)
    while let error = KafkaError(consuming: call(max(1, deadline.milliseconds))) {
      if !error.isRetriable || deadline.isOver { throw error }
      Pause.of(min(.milliseconds(5), deadline.remaining))
    }
  }

  // MARK: When it fails

  private func settle(
    _ error: KafkaError, at stage: Stage, begun: ContinuousClock.Instant
  ) throws(LogError) -> Result {
    if error.code.isFencing { throw fenced(after: ContinuousClock.now - begun) }
    if error.isFatal { throw ended(LogError(error, at: cluster.settings.address, while: "write for \(whose)")) }
    if stage == .committing, !error.requiresAbort {
      throw ended(
        LogError(
          .unknownOutcome,
          "whether a commit of \(whose) took place at \(cluster.settings.address) is not known: \(error.text) "
            + "(\(error.code.name))", recovery: .restart))
    }
    do throws(KafkaError) {
      try patiently { rd_kafka_abort_transaction(client.handle, $0) }
    } catch let second {
      if second.code.isFencing { throw fenced(after: ContinuousClock.now - begun) }
      let reason = cluster.failed(second, while: "end a transaction of \(whose)").reason
      throw ended(LogError(second.isRetriable ? .unreachable : .other, reason, recovery: .restart))
    }
    if error.code.isOfGroup { return .undone(fenced: error.code == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID) }
    throw cluster.failed(reports.failure ?? error, while: "write for \(whose)")
  }

  /// A transaction that the brokers have ended because it took too long looks the same as one whose producer was fenced
  /// by another: time tells them apart.
  private func fenced(after time: Duration) -> LogError {
    if time >= cluster.settings.transactionTimeout {
      return ended(
        LogError(
          .fenced, "a transaction of \(whose) took \(time), and \(cluster.settings.address) gave it up",
          recovery: .restart))
    }
    return ended(.fenced(whose, at: cluster.settings.address, after: client.callbacks.lastFailure))
  }

  private func ended(_ error: LogError) -> LogError {
    end = error
    return error
  }
}

/// Positions to be stored with a transaction, and the state of the group in which they are this member's to store.
struct GroupOffsets {
  let positions: [TopicPartition: Offset]
  let metadata: CapturedMetadata
}

extension LogError {
  /// Brokers that come back after a crash may have forgotten a member's latest life, or have given up a transaction, and
  /// tell of it in the same words as of another that goes by the same name. Who has not lost its connection knows that it
  /// is the latter; who has begins again, and then knows.
  /// - Parameter failure: the last one to reach a broker, if there was any in this client's life.
  static func fenced(_ whose: String, at address: String, after failure: String?) -> LogError {
    guard let failure else {
      return LogError(
        .fenced, "another at \(address) goes by the name of \(whose): each needs one of its own", recovery: .stop)
    }
    return LogError(
      .fenced,
      "\(address) has given \(whose) up, or another goes by its name; its connection had failed before: \(failure)",
      recovery: .restart)
  }
}
