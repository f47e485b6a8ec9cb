import CLibrdkafka
import GivenBroker
import KafkaLog
import Testing

/// A producer that stops in the middle of a transaction, as one that is killed.
final class OpenTransaction {
  private let client: RawClient
  private let prefix: String

  /// - Parameter timeout: when the broker gives it up.
  init(_ id: String, on home: KafkaHome, timeout: Duration = .seconds(60)) throws {
    prefix = home.settings.prefix
    client = try #require(
      RawClient(
        RD_KAFKA_PRODUCER,
        [
          "bootstrap.servers": home.settings.brokers, "transactional.id": prefix + id,
          "transaction.timeout.ms": "\(timeout.components.seconds * 1000)",
        ]))
    try #require(rd_kafka_init_transactions(client.handle, 20_000) == nil)
    try #require(rd_kafka_begin_transaction(client.handle) == nil)
  }

  func write(_ value: String, key: [UInt8] = [107], to topic: String, partition: Int32 = 0) throws {
    try #require(client.produce(to: prefix + topic, partition: partition, key: key, value: Array(value.utf8)))
    try #require(client.flush())
  }

  func abort() throws {
    try #require(rd_kafka_abort_transaction(client.handle, 20_000) == nil)
  }
}
