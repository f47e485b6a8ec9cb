import CLibrdkafka
import EventLog
import Foundation
import KafkaLog
import Logging

/// All topics of one prefix, which is new; they are deleted when this object goes.
final class KafkaTopics {
  let brokers: String
  let prefix = "huiyin-bench-\(UUID().uuidString.prefix(8).lowercased())-"

  private let properties: [String: String]

  /// - Parameter properties: librdkafka's, for all clients.
  init(at brokers: String, properties: [String: String] = [:]) {
    self.brokers = brokers
    self.properties = properties
  }

  /// - Parameter prefetch: in bytes; none is the usual one.
  func open(prefetch: Int? = nil) throws -> KafkaLog {
    var settings = KafkaSettings(
      brokers: brokers, prefix: prefix, properties: properties, logger: Logger(label: "bench"))
    if let prefetch { settings.prefetch = prefetch }
    return try KafkaLog(settings)
  }

  deinit {
    guard let names = try? open().topics().map({ prefix + $0.name }), !names.isEmpty else { return }
    let conf = rd_kafka_conf_new()
    rd_kafka_conf_set(conf, "bootstrap.servers", brokers, nil, 0)
    guard let client = rd_kafka_new(RD_KAFKA_PRODUCER, conf, nil, 0) else { return rd_kafka_conf_destroy(conf) }
    defer { rd_kafka_destroy(client) }
    var topics: [OpaquePointer?] = names.map { rd_kafka_DeleteTopic_new($0) }
    defer { for topic in topics { rd_kafka_DeleteTopic_destroy(topic) } }
    let queue = rd_kafka_queue_new(client)
    defer { rd_kafka_queue_destroy(queue) }
    rd_kafka_DeleteTopics(client, &topics, topics.count, nil, queue)
    if let event = rd_kafka_queue_poll(queue, 20_000) { rd_kafka_event_destroy(event) }
  }
}
