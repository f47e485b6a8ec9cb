import CLibrdkafka
import EventLog
import EventLogConformance
import Foundation
import KafkaLog
import Logging
import Testing

/// What needs a broker: one test after the other, since some restart it.
@Suite(
  .serialized, .enabled(if: GivenBroker.address != nil, "skipped: HUIYIN_TEST_KAFKA=host:port names no broker to try"))
enum RealBroker {}

enum GivenBroker {
  /// The broker that `HUIYIN_TEST_KAFKA=host:port` names, if any.
  static let address = variable("HUIYIN_TEST_KAFKA")
  /// A shell command that kills the broker and returns when it is up again.
  static let restart = variable("HUIYIN_TEST_KAFKA_RESTART")

  private static func variable(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// A home for the conformance suite on a real broker: a prefix of its own, whose topics are removed when it goes.
final class KafkaHome: LogHome {
  let settings: KafkaSettings
  let keepsTopicsTogether = false

  init(_ brokers: String) {
    let prefix = "huiyin-test-\(UUID().uuidString.prefix(8).lowercased())-"
    settings = KafkaSettings(brokers: brokers, prefix: prefix, logger: .quiet)
  }

  func open() throws -> any EventLog {
    try KafkaLog(settings)
  }

  deinit {
    let conf = rd_kafka_conf_new()
    rd_kafka_conf_set(conf, "bootstrap.servers", settings.brokers, nil, 0)
    guard let names = try? KafkaLog(settings).topics().map({ settings.prefix + $0.name }), !names.isEmpty,
      let client = rd_kafka_new(RD_KAFKA_PRODUCER, conf, nil, 0)
    else { return }
    defer { rd_kafka_destroy(client) }
    var topics: [OpaquePointer?] = names.map { rd_kafka_DeleteTopic_new($0) }
    defer { for topic in topics { rd_kafka_DeleteTopic_destroy(topic) } }
    let queue = rd_kafka_queue_new(client)
    defer { rd_kafka_queue_destroy(queue) }
    rd_kafka_DeleteTopics(client, &topics, topics.count, nil, queue)
    if let event = rd_kafka_queue_poll(queue, 20_000) { rd_kafka_event_destroy(event) }
  }
}

extension Logger {
  /// Says nothing, unless `HUIYIN_TEST_LOG` names a level.
  static let quiet: Logger = {
    guard let name = ProcessInfo.processInfo.environment["HUIYIN_TEST_LOG"], let level = Logger.Level(rawValue: name)
    else { return Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
    var logger = Logger(label: "test") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = level
    return logger
  }()
}
