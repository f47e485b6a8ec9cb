import CLibrdkafka
import EventLog
import Foundation
package import KafkaLog
package import Logging

/// A prefix that only one test has on a broker. Its topics are removed when it goes.
package final class OwnPrefix: Sendable {
  package let settings: KafkaSettings

  package init(on brokers: String, logger: Logger) {
    let prefix = "huiyin-test-\(UUID().uuidString.prefix(8).lowercased())-"
    settings = KafkaSettings(brokers: brokers, prefix: prefix, logger: logger)
  }

  deinit {
    guard let names = try? KafkaLog(settings).topics().map({ settings.prefix + $0.name }), !names.isEmpty,
      let client = RawClient(RD_KAFKA_PRODUCER, ["bootstrap.servers": settings.brokers])
    else { return }
    var topics: [OpaquePointer?] = names.map { rd_kafka_DeleteTopic_new($0) }
    defer { for topic in topics { rd_kafka_DeleteTopic_destroy(topic) } }
    client.await { rd_kafka_DeleteTopics(client.handle, &topics, topics.count, nil, $0) }
  }
}
