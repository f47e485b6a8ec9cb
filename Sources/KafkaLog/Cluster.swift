import CLibrdkafka
import EventLog
import Synchronization

/// What is asked of the cluster outside of any consuming or producing: topics, ends of partitions, offsets of groups.
///
/// Shared by all members, readers and publishers of a log: one connection to each broker, of which librdkafka makes use
/// from any thread.
final class Cluster: @unchecked Sendable {
  let settings: KafkaSettings
  /// A handle may be used from any thread; that makes this class `Sendable`.
  private let client: Client
  private let known = Mutex<[String: TopicSpecification]>([:])

  init(_ settings: KafkaSettings) throws(LogError) {
    self.settings = settings
    client = try Client(.cluster(settings), callbacks: Callbacks(logger: settings.logger))
  }

  var handle: OpaquePointer { client.handle }

  func identity() throws(LogError) -> String {
    guard let id = rd_kafka_clusterid(handle, settings.patience.wholeMilliseconds) else {
      throw failed(KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT), while: "tell the cluster's id")
    }
    defer { rd_kafka_mem_free(handle, id) }
    return "\(String(cString: id))/\(settings.prefix)"
  }

  // MARK: Topics

  /// All topics under the prefix, sorted by name.
  func topics() throws(LogError) -> [TopicSpecification] {
    let partitions = try partitionCounts()
    let configurations = try Administration(self).configurations(of: partitions.keys.sorted())
    let topics = partitions.sorted { $0.key < $1.key }.map { name, count in
      (configurations[name] ?? .unknown).specification(name: name, partitions: count)
    }
    known.withLock { known in for topic in topics { known[topic.name] = topic } }
    return topics
  }

  /// Asks the brokers once for each topic: partitions and sizes are fixed when it is created.
  /// - Throws: ``LogError/Code/unknownTopic`` if it doesn't exist (yet).
  func topic(_ name: String) throws(LogError) -> TopicSpecification {
    if let topic = known.withLock({ $0[name] }) { return topic }
    guard let count = try partitionCounts(of: name)[name] else {
      throw .unknownTopic(name, at: settings.address)
    }
    let configuration = try Administration(self).configurations(of: [name])[name] ?? .unknown
    let topic = configuration.specification(name: name, partitions: count)
    known.withLock { $0[name] = topic }
    return topic
  }

  /// Partitions of the topics under the prefix, or of one topic; those that don't exist are missing.
  /// - Parameter deadline: none means the usual patience.
  func partitionCounts(of topic: String? = nil) throws(LogError) -> [String: Int] {
    var counts: [String: Int] = [:]
    try withMetadata(of: topic) { metadata in
      for index in 0..<Int(metadata.topic_cnt) {
        let topic = metadata.topics[index]
        let name = String(cString: topic.topic)
        guard topic.err == RD_KAFKA_RESP_ERR_NO_ERROR, topic.partition_cnt > 0, name.hasPrefix(settings.prefix),
          !name.hasPrefix("__")
        else { continue }
        counts[String(name.dropFirst(settings.prefix.count))] = Int(topic.partition_cnt)
      }
    }
    return counts
  }

  /// Whether each partition of a topic has a leader.
  func isReady(_ topic: TopicSpecification) throws(LogError) -> Bool {
    var isReady = false
    try withMetadata(of: topic.name) { metadata in
      guard metadata.topic_cnt == 1, metadata.topics[0].err == RD_KAFKA_RESP_ERR_NO_ERROR else { return }
      let found = metadata.topics[0]
      isReady =
        Int(found.partition_cnt) >= topic.partitions
        && (0..<Int(found.partition_cnt)).allSatisfy {
          found.partitions[$0].err == RD_KAFKA_RESP_ERR_NO_ERROR && found.partitions[$0].leader >= 0
        }
    }
    return isReady
  }

  private func withMetadata(of name: String?, _ body: (rd_kafka_metadata) -> Void) throws(LogError) {
    var topic: OpaquePointer?
    if let name { topic = rd_kafka_topic_new(handle, settings.prefix + name, nil) }
    defer { if let topic { rd_kafka_topic_destroy(topic) } }
    var metadata: UnsafePointer<rd_kafka_metadata>?
    let code = rd_kafka_metadata(
      handle, name == nil ? 1 : 0, topic, &metadata, settings.patience.wholeMilliseconds)
    defer { if let metadata { rd_kafka_metadata_destroy(metadata) } }
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let metadata else {
      throw failed(KafkaError(code), while: "say which topics there are")
    }
    body(metadata.pointee)
  }

  // MARK: Offsets

  enum Edge: Int64 {
    /// RD_KAFKA_OFFSET_BEGINNING: the first record still there.
    case first = -2
    /// RD_KAFKA_OFFSET_END: after the last record, committed or not.
    case end = -1
  }

  /// One small request to each of the partitions' leaders.
  /// - Returns: where each partition begins or ends, at some moment after this was called.
  func offsets(_ edge: Edge, of partitions: some Sequence<TopicPartition>) throws(LogError) -> [TopicPartition: Offset]
  {
    let asked = Dictionary(partitions.map { ($0, edge.rawValue) }) { $1 }
    if asked.isEmpty { return [:] }
    let what = edge == .end ? "ends" : "begins"
    return try persistently(while: "say where a partition \(what)") { deadline throws(KafkaError) in
      let list = PartitionList(asked, prefix: settings.prefix)
      let code = rd_kafka_offsets_for_times(handle, list.pointer, deadline.milliseconds)
      if code != RD_KAFKA_RESP_ERR_NO_ERROR { throw KafkaError(code) }
      let offsets = try list.offsets()
      if offsets.values.contains(where: { $0 < 0 }) { throw KafkaError(RD_KAFKA_RESP_ERR_OFFSET_NOT_AVAILABLE) }
      return offsets
    }
  }

  func bounds(of partition: TopicPartition) throws(LogError) -> Range<Offset> {
    let count = try topic(partition.topic).partitions
    guard (0..<count).contains(partition.partition) else {
      throw LogError(
        .unknownTopic, "topic \(partition.topic) has \(count) partitions and so no \(partition)", recovery: .stop)
    }
    let end = try offsets(.end, of: [partition])[partition] ?? 0
    let first = try offsets(.first, of: [partition])[partition] ?? 0
    return min(first, end)..<max(first, end)
  }

  // MARK: Trouble

  /// Repeats a call, with short pauses, until it succeeds, fails for good, or the patience is over.
  func persistently<Result>(
    while activity: String, _ call: (Deadline) throws(KafkaError) -> Result
  ) throws(LogError) -> Result {
    let deadline = Deadline(after: settings.patience)
    var pause = Duration.milliseconds(5)
    while true {
      do throws(KafkaError) {
        return try call(deadline)
      } catch {
        if !error.isRetriable || deadline.isOver { throw failed(error, while: activity) }
      }
      Pause.of(min(pause, deadline.remaining))
      pause = min(pause * 2, .milliseconds(200))
    }
  }

  /// Adds to an error why the brokers could not be reached, if that is it.
  func failed(_ error: KafkaError, while activity: String) -> LogError {
    var error = LogError(error, at: settings.address, while: activity)
    if error.code == .unreachable, let failure = client.callbacks.lastFailure {
      error = LogError(error.code, "\(error.reason); last: \(failure)", recovery: error.recovery)
    }
    return error
  }
}
