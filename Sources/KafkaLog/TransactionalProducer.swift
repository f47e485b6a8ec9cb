import CLibrdkafka
import EventLog

/// A producer that writes nothing but whole transactions, one at a time.
final class TransactionalProducer {
  typealias Place = (partition: TopicPartition, offset: Offset)

  /// An output whose place is settled and whose size is known to fit.
  struct Prepared {
    fileprivate let topic: OpaquePointer
    fileprivate let partition: TopicPartition
    fileprivate let record: Record
  }

  enum Result {
    /// For each output its place, in the same order. An offset is -1 where the brokers had it already and didn't say.
    case committed([Place])
    /// The group has moved on: nothing took place.
    case undone(fenced: Bool)
  }

  private enum Stage {
    case writing, committing
  }

  private let cluster: Cluster
  private let client: Client
  private let reports = DeliveryReports()
  /// Owned; destroyed before the client.
  private var topics: [String: OpaquePointer] = [:]
  private var keyless = 0
  private let whose: String
  /// Why this producer is of no more use.
  private var end: LogError?

  /// Ends whatever a producer of that id left open, and fences it. Waits for the brokers.
  /// - Parameter whose: of whom an error speaks, as in "member 3 of group track".
  init(_ id: String, of whose: String, cluster: Cluster) throws(LogError) {
    self.cluster = cluster
    self.whose = whose
    let callbacks = Callbacks(logger: cluster.settings.logger)
    callbacks.onDelivery = { [reports] in reports.take($0.pointee) }
    let client = try Client(
      .producer(cluster.settings, transactionalID: cluster.settings.prefix + id), callbacks: callbacks)
    self.client = client
    try cluster.persistently(while: "begin transactions of \(whose)") { deadline throws(KafkaError) in
      if let error = KafkaError(consuming: rd_kafka_init_transactions(client.handle, max(1, deadline.milliseconds))) {
        throw error
      }
    }
  }

  deinit {
    for topic in topics.values { rd_kafka_topic_destroy(topic) }
  }

  // MARK: Preparing

  /// Finds everything that the brokers would refuse, before anything is written.
  func prepare(_ outputs: [Output]) throws(LogError) -> [Prepared] {
    var prepared: [Prepared] = []
    prepared.reserveCapacity(outputs.count)
    for output in outputs {
      let topic = try cluster.topic(output.topic)
      let limit = topic.maximumRecordSize
      if output.record.size > limit {
        throw LogError(
          .recordTooLarge,
          "a record of \(output.record.size) bytes is too large for topic \(topic.name), which takes \(limit)",
          recovery: .stop)
      }
      if case .compact = topic.cleanup, output.record.key == nil {
        throw LogError(
          .other, "topic \(topic.name) is compacted and takes no record without a key", recovery: .stop)
      }
      let partition = TopicPartition(topic.name, try number(for: output, in: topic))
      prepared.append(Prepared(topic: try handle(of: topic.name), partition: partition, record: output.record))
    }
    return prepared
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

  private func handle(of topic: String) throws(LogError) -> OpaquePointer {
    if let handle = topics[topic] { return handle }
    guard let handle = rd_kafka_topic_new(client.handle, cluster.settings.prefix + topic, nil) else {
      throw cluster.failed(KafkaError(rd_kafka_last_error()), while: "write to topic \(topic)")
    }
    topics[topic] = handle
    return handle
  }

  // MARK: The transaction

  /// Writes the outputs and stores the offsets, or does neither.
  ///
  /// - Throws: ``LogError``: `.retry` if nothing took place and the same may succeed later; `.restart` if this producer
  ///   is of no more use; ``LogError/Code/fenced`` with `.stop` if another is known to have its id.
  func transact(_ outputs: [Prepared], _ offsets: GroupOffsets? = nil) throws(LogError) -> Result {
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
      return .committed(zip(outputs, reports.offsets).map { ($0.partition, $1) })
    } catch {
      return try settle(error, at: stage, begun: begun)
    }
  }

  private func write(_ outputs: [Prepared]) throws(KafkaError) {
    for (index, output) in outputs.enumerated() {
      let deadline = Deadline(after: cluster.settings.patience)
      while true {
        let code = output.produce(with: client.handle, number: index)
        if code == RD_KAFKA_RESP_ERR_NO_ERROR { break }
        if code != RD_KAFKA_RESP_ERR__QUEUE_FULL || deadline.isOver {
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

extension TransactionalProducer.Prepared {
  /// - Parameter number: comes back with the delivery report.
  fileprivate func produce(with client: OpaquePointer, number: Int) -> rd_kafka_resp_err_t {
    var headers: OpaquePointer?
    if !record.headers.isEmpty {
      headers = rd_kafka_headers_new(record.headers.count)
      for header in record.headers {
        header.value.withLentBytes { value in
          _ = rd_kafka_header_add(headers, header.name, -1, value.baseAddress, value.count)
        }
      }
    }
    let code = record.key.withLentBytes { key in
      record.value.withLentBytes { value in
        clibrdkafka_produce(
          client, topic, Int32(clamping: partition.partition), key.baseAddress, key.count, value.baseAddress,
          value.count, headers, UnsafeMutableRawPointer(bitPattern: number + 1))
      }
    }
    if code != RD_KAFKA_RESP_ERR_NO_ERROR, let headers { rd_kafka_headers_destroy(headers) }
    return code
  }
}

extension [UInt8]? {
  /// Lends the bytes in C's way of telling nothing from empty: only nothing has no address.
  fileprivate func withLentBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    guard let self else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    if self.isEmpty {
      return withUnsafeBytes(of: UInt8(0)) { body(UnsafeRawBufferPointer(start: $0.baseAddress, count: 0)) }
    }
    return self.withUnsafeBytes(body)
  }
}
