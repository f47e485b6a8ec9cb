import CLibrdkafka
import EventLog

/// The properties of one client.
struct ClientConfiguration {
  let type: rd_kafka_type_t
  /// May be overridden from outside.
  private var tuning: [String: String]
  private var fixed: [String: String]
  private let passedOn: [String: String]

  private init(_ type: rd_kafka_type_t, _ settings: KafkaSettings, tuning: [String: String], fixed: [String: String]) {
    self.type = type
    self.tuning = tuning.merging([
      "client.id": "huiyin", "reconnect.backoff.ms": "50", "reconnect.backoff.max.ms": "1000",
    ]) { own, _ in own }
    self.fixed = fixed.merging(["bootstrap.servers": settings.brokers]) { own, _ in own }
    passedOn = settings.properties
  }

  /// Of clients in no group, lest `max.poll.interval.ms` be held against librdkafka's own default for it.
  private static let noSession = "1000"

  /// For questions about the cluster: it sees the end of a partition as a reader of uncommitted records does.
  static func cluster(_ settings: KafkaSettings) -> ClientConfiguration {
    ClientConfiguration(
      RD_KAFKA_CONSUMER, settings, tuning: [:],
      fixed: [
        "isolation.level": "read_uncommitted", "allow.auto.create.topics": "false", "enable.auto.commit": "false",
        "session.timeout.ms": noSession,
      ])
  }

  /// - Parameter partitions: how many at most are read at once.
  static func reader(_ settings: KafkaSettings, partitions: Int) -> ClientConfiguration {
    let share = max(256, settings.prefetch / 1024 / max(1, partitions))
    return ClientConfiguration(
      RD_KAFKA_CONSUMER, settings,
      tuning: [
        "fetch.wait.max.ms": "100", "fetch.error.backoff.ms": "50", "fetch.queue.backoff.ms": "5",
        "queued.max.messages.kbytes": "\(share)", "fetch.message.max.bytes": "\(min(1 << 20, share * 1024))",
      ],
      fixed: [
        "isolation.level": "read_committed", "enable.auto.commit": "false", "enable.auto.offset.store": "false",
        "auto.offset.reset": "error", "enable.partition.eof": "true", "allow.auto.create.topics": "false",
        "session.timeout.ms": noSession,
      ])
  }

  static func member(_ settings: KafkaSettings, _ membership: Membership, partitions: Int) -> ClientConfiguration {
    var configuration = reader(settings, partitions: partitions)
    let session = membership.sessionTimeout.wholeMilliseconds
    configuration.tuning["heartbeat.interval.ms"] = "\(max(1, session / 5))"
    configuration.fixed.merge([
      "group.id": settings.prefix + membership.group, "group.instance.id": membership.member,
      // Not cooperative-sticky, which takes partitions in one rebalance and gives them in the next: static members that are
      // killed between the two come back to the half of it, and as nothing has changed for the broker, the partitions
      // between them stay nobody's.
      "partition.assignment.strategy": "range", "session.timeout.ms": "\(session)",
      "statistics.interval.ms": "\(settings.statistics?.every.wholeMilliseconds ?? 0)",
    ]) { $1 }
    return configuration
  }

  /// librdkafka 2.0 sends one batch of a partition at a time, and its thread spins until the answer to it comes: so a
  /// batch should hold a whole transaction's records.
  /// - Parameter batch: the most bytes that a batch of several records has.
  static func producer(_ settings: KafkaSettings, transactionalID: String, batch: Int) -> ClientConfiguration {
    ClientConfiguration(
      RD_KAFKA_PRODUCER, settings,
      tuning: [
        // After a commit the coordinator is busy for a moment, and this is how long librdkafka sleeps on it.
        "retry.backoff.ms": "1", "linger.ms": "1", "queue.buffering.max.kbytes": "65536",
      ],
      fixed: [
        "transactional.id": transactionalID, "enable.idempotence": "true", "acks": "all",
        "transaction.timeout.ms": "\(settings.transactionTimeout.wholeMilliseconds)",
        "batch.size": "\(batch)", "message.max.bytes": "100000000",
      ])
  }

  /// The caller owns what is returned, until a client does.
  ///
  /// - Throws: ``LogError`` that names the property, never its value.
  func makeConf(_ callbacks: Callbacks) throws(LogError) -> OpaquePointer {
    guard let conf = rd_kafka_conf_new() else {
      throw LogError(.other, "librdkafka gave no configuration", recovery: .stop)
    }
    for (name, value) in tuning where passedOn[name] == nil {
      // What only newer versions know is left out with older ones.
      _ = rd_kafka_conf_set(conf, name, value, nil, 0)
    }
    for (name, value) in passedOn.merging(fixed, uniquingKeysWith: { $1 }).sorted(by: { $0.key < $1.key }) {
      let result = rd_kafka_conf_set(conf, name, value, nil, 0)
      if result == RD_KAFKA_CONF_OK { continue }
      rd_kafka_conf_destroy(conf)
      let version = String(cString: rd_kafka_version_str())
      let what = result == RD_KAFKA_CONF_UNKNOWN ? "isn't known to" : "has a value that isn't one for"
      throw LogError(.other, "the Kafka property \(name) \(what) librdkafka \(version)", recovery: .stop)
    }
    rd_kafka_conf_set_opaque(conf, Unmanaged.passUnretained(callbacks).toOpaque())
    rd_kafka_conf_set_log_cb(conf) { client, level, facility, message in
      guard let client, let facility, let message else { return }
      Callbacks.of(rd_kafka_opaque(client))?.log(
        level: level, facility: String(cString: facility), message: String(cString: message))
    }
    if callbacks.onRebalance != nil {
      rd_kafka_conf_set_rebalance_cb(conf) { _, code, partitions, opaque in
        if let partitions { Callbacks.of(opaque)?.onRebalance?(code, partitions) }
      }
    }
    if callbacks.onDelivery != nil {
      rd_kafka_conf_set_dr_msg_cb(conf) { _, message, opaque in
        if let message { Callbacks.of(opaque)?.onDelivery?(message) }
      }
    }
    if callbacks.onStatistics != nil {
      rd_kafka_conf_set_stats_cb(conf) { _, json, count, opaque in
        Callbacks.of(opaque)?.onStatistics?(UnsafeRawBufferPointer(start: json, count: count))
        return 0
      }
    }
    return conf
  }
}
