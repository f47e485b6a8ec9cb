import CLibrdkafka
import Foundation

/// A plain producer, as other systems have: idempotent, without transactions.
final class LoadProducer: @unchecked Sendable {
  // Unchecked: a handle of librdkafka may be used from any thread.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private let client: OpaquePointer
  private let topic: OpaquePointer

  /// - Parameter linger: how long a record waits for others, in milliseconds.
  init(to topic: String, at brokers: String, linger: Int) throws {
    let conf = rd_kafka_conf_new()
    for (name, value) in [
      "bootstrap.servers": brokers, "enable.idempotence": "true", "linger.ms": "\(linger)", "partitioner": "murmur2",
    ] {
      rd_kafka_conf_set(conf, name, value, nil, 0)
    }
    guard let client = rd_kafka_new(RD_KAFKA_PRODUCER, conf, nil, 0),
      let handle = rd_kafka_topic_new(client, topic, nil)
    else { throw Failure(description: "no producer for \(topic)") }
    self.client = client
    self.topic = handle
  }

  deinit {
    rd_kafka_topic_destroy(topic)
    rd_kafka_destroy(client)
  }

  func send(key: String, _ value: [UInt8]) throws {
    while true {
      let code = Array(key.utf8).withUnsafeBytes { key in
        value.withUnsafeBytes { value in
          clibrdkafka_produce(
            client, topic, RD_KAFKA_PARTITION_UA, key.baseAddress, key.count, value.baseAddress, value.count, nil, nil)
        }
      }
      if code == RD_KAFKA_RESP_ERR_NO_ERROR { return }
      guard code == RD_KAFKA_RESP_ERR__QUEUE_FULL else {
        throw Failure(description: String(cString: rd_kafka_err2str(code)))
      }
      rd_kafka_poll(client, 10)
    }
  }

  /// Waits until all is acknowledged.
  func flush() throws {
    let code = rd_kafka_flush(client, 120_000)
    if code != RD_KAFKA_RESP_ERR_NO_ERROR { throw Failure(description: String(cString: rd_kafka_err2str(code))) }
  }
}
