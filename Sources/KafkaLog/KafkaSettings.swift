import EventLog
package import Logging

/// How a ``KafkaLog`` is reached, and what it may hold.
package struct KafkaSettings: Sendable {
  /// `host:port,host:port`: any of the brokers, the others are learnt from them.
  package var brokers: String
  /// Put before the name of every topic, consumer group and transactional id.
  package var prefix: String
  /// Copies of each record in topics that are created; `nil` leaves it to the brokers. With three or more, one of them
  /// may be missing and writing goes on (`min.insync.replicas` is one less).
  package var replication: Int?
  /// Passed on to librdkafka as they are: SASL, TLS, buffers … Those that exactly-once depends on are refused.
  package var properties: [String: String]
  package var logger: Logger
  /// How long a call waits for brokers before it says that they are away. Several waits may add up in one call.
  package var patience: Duration = .seconds(10)
  /// When the brokers abort a transaction that nobody ends: so long may a member that was killed for good hold up those
  /// who read behind it.
  package var transactionTimeout: Duration = .seconds(15)
  /// The most bytes that a member, or a reader, fetches ahead of its calls, over all of its partitions.
  package var prefetch: Int = 32 << 20
  /// How often the client of each member tells its numbers, and to whom; called on the thread that polls.
  package var statistics: (every: Duration, report: @Sendable (KafkaStatistics) -> Void)?
  /// Called within every transaction, on the thread that asked for it. For tests that strike at the worst moment.
  package var atCommitStage: (@Sendable (CommitStage) -> Void)?
  /// Whether the brokers can be asked how topics are configured and who is in a group: librdkafka's mock cluster can't.
  var takesAdministration = true

  package enum CommitStage: String, Sendable, CaseIterable {
    /// Nothing is written yet.
    case began
    /// All outputs are librdkafka's, and some of them may be the brokers'.
    case written
    /// The offsets are part of the transaction: what is left is to ask for its end.
    case stored
    /// The brokers have confirmed it, and the caller doesn't know yet.
    case committed
  }

  package init(
    brokers: String, prefix: String = "", replication: Int? = nil, properties: [String: String] = [:], logger: Logger
  ) {
    self.brokers = brokers
    self.prefix = prefix
    self.replication = replication
    self.properties = properties
    self.logger = logger
  }

  var address: String { "kafka://\(brokers)" }

  /// Properties of librdkafka that are this module's own, each with the reason or the setting that stands for it.
  static let reserved: [String: String] = {
    let exactlyOnce = "exactly-once depends on it"
    let own = "it has a setting of its own"
    var reserved: [String: String] = [:]
    for name in [
      "acks", "request.required.acks", "allow.auto.create.topics", "auto.commit.enable",
      "auto.offset.reset", "batch.size", "delivery.report.only.error",
      "delivery.timeout.ms", "enable.auto.commit", "enable.auto.offset.store", "enable.gapless.guarantee",
      "enable.idempotence", "enable.partition.eof", "group.instance.id", "group.protocol", "group.protocol.type",
      "group.remote.assignor", "isolation.level", "message.max.bytes", "message.timeout.ms",
      "partition.assignment.strategy", "partitioner", "queuing.strategy",
    ] { reserved[name] = exactlyOnce }
    for name in [
      "bootstrap.servers", "group.id", "metadata.broker.list", "session.timeout.ms", "statistics.interval.ms",
      "transaction.timeout.ms", "transactional.id",
    ] { reserved[name] = own }
    return reserved
  }()

  func check() throws(LogError) {
    for name in properties.keys.sorted() {
      guard let reason = Self.reserved[name] else { continue }
      throw LogError(.other, "the Kafka property \(name) can't be set from outside: \(reason)", recovery: .stop)
    }
    if brokers.isEmpty {
      throw LogError(.other, "a log in Kafka needs the address of a broker, as host:port", recovery: .stop)
    }
  }
}
