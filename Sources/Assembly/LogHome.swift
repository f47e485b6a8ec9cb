package import EventLog
import KafkaLog
package import Logging
import SQLiteLog
package import Time

/// The one place where a home of the log is chosen.
package enum LogHome {
  /// Opens the log. An embedded one gets the pipeline's topics where they are missing, since there is nobody else to make
  /// them; on Kafka that is `huiyin topics create`.
  package static func open(
    _ settings: Settings, creatingTopics: Bool = true, now: @escaping @Sendable () -> Instant, logger: Logger
  ) throws -> any EventLog {
    switch settings.log {
    case .sqlite(let path):
      let log = try SQLiteLog(
        SQLiteLog.Settings(path: path, prefix: settings.topicPrefix, logger: logger, now: now))
      if creatingTopics { _ = try log.create(PipelineTopics.specifications(partitions: settings.partitions)) }
      return log
    case .kafka(let brokers):
      return try KafkaLog(
        KafkaSettings(
          brokers: brokers.joined(separator: ","), prefix: settings.topicPrefix, replication: settings.replication,
          properties: settings.kafkaProperties, logger: logger))
    }
  }
}
