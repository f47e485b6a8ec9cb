import CLibrdkafka
import EventLog

/// Reads committed records of partitions of the caller's choice.
final class KafkaReader: LogReader {
  /// So many partitions share what may be fetched ahead.
  private static let usualPartitions = 8

  private let cluster: Cluster
  private let bell = Bell()
  private var consumer: Client?
  private var open = Rotation()
  /// Owned; each is fetched from while it is here.
  private var topics: [TopicPartition: OpaquePointer] = [:]

  init(of cluster: Cluster) throws(LogError) {
    self.cluster = cluster
    consumer = try Client(
      .reader(cluster.settings, partitions: Self.usualPartitions), callbacks: Callbacks(logger: cluster.settings.logger)
    )
  }

  deinit { close() }

  func bounds(of partition: TopicPartition) throws(LogError) -> Range<Offset> {
    try cluster.bounds(of: partition)
  }

  func committedOffsets(of group: String) throws(LogError) -> [TopicPartition: Offset] {
    try Administration(cluster).committedOffsets(of: group)
  }

  /// The brokers' first answer is waited for whatever `wait` says, for a moment: without it nothing could ever be handed
  /// out. Goes on from where it stopped without asking; other positions cost a request and begin a new fetch.
  func read(
    from positions: [TopicPartition: Offset], for wait: Duration, limit: BatchLimit
  ) throws(LogError) -> Chunk {
    guard let consumer else {
      throw LogError(.other, "a reader of \(cluster.settings.address) was closed and is used", recovery: .restart)
    }
    for (partition, entry) in open.entries where positions[partition] == nil && entry.isAtEnd { stop(partition) }
    for (partition, position) in positions.sorted(by: { $0.key < $1.key })
    where open.entries[partition]?.position != position {
      try start(partition, at: position, consumer)
    }
    if open.seemsUnfetched { consumer.wakeFetching(of: open.partitions, prefix: cluster.settings.prefix) }
    let others = Set(open.partitions).subtracting(positions.keys)
    let deadline = Deadline(after: wait)
    let answer = Deadline(after: .milliseconds(200))
    while true {
      let records = try take(limit, besides: others)
      let isKnown = positions.keys.allSatisfy { open.entries[$0]?.isAtEnd ?? true }
      let waits = isKnown ? deadline.remaining : max(deadline.remaining, answer.remaining)
      if !records.isEmpty || waits == .zero {
        return Chunk(records: records, positions: open.positions.filter { positions[$0.key] != nil })
      }
      // Also serves what librdkafka has to say to the client itself.
      rd_kafka_poll(consumer.handle, 0)
      bell.wait(for: min(waits, .milliseconds(500)))
    }
  }

  private func take(_ limit: BatchLimit, besides others: Set<TopicPartition>) throws(LogError) -> [StoredRecord] {
    do throws(PartitionTrouble) {
      return try open.take(limit, besides: others)
    } catch {
      for partition in open.partitions { stop(partition) }
      if error.isOutOfRange { throw outOfRange(error.partition, error.position, nil) }
      throw cluster.failed(error.error, while: "read \(error.partition)")
    }
  }

  private func start(_ partition: TopicPartition, at position: Offset, _ consumer: Client) throws(LogError) {
    stop(partition)
    let bounds = try cluster.bounds(of: partition)
    guard position >= bounds.lowerBound, position <= bounds.upperBound else {
      throw outOfRange(partition, position, bounds)
    }
    do throws(KafkaError) {
      guard let topic = rd_kafka_topic_new(consumer.handle, cluster.settings.prefix + partition.topic, nil) else {
        throw KafkaError(rd_kafka_last_error())
      }
      topics[partition] = topic
      let queue = try FetchQueue(partition, prefix: cluster.settings.prefix, of: consumer, bell: bell)
      if rd_kafka_consume_start(topic, Int32(clamping: partition.partition), position) != 0 {
        throw KafkaError(rd_kafka_last_error())
      }
      open.insert(queue, at: position)
    } catch {
      if let topic = topics.removeValue(forKey: partition) { rd_kafka_topic_destroy(topic) }
      throw cluster.failed(error, while: "read \(partition)")
    }
  }

  private func stop(_ partition: TopicPartition) {
    open.remove(partition)
    guard let topic = topics.removeValue(forKey: partition) else { return }
    rd_kafka_consume_stop(topic, Int32(clamping: partition.partition))
    rd_kafka_topic_destroy(topic)
  }

  private func outOfRange(_ partition: TopicPartition, _ position: Offset, _ bounds: Range<Offset>?) -> LogError {
    let outside = bounds.map { "lies outside of \($0.lowerBound) to \($0.upperBound)" } ?? "is gone"
    return LogError(
      .offsetOutOfRange, "offset \(position) of \(partition) at \(cluster.settings.address) \(outside)",
      recovery: .stop)
  }

  func close() {
    for partition in open.partitions { stop(partition) }
    consumer = nil
  }
}
