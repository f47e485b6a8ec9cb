import EventLog
import Foundation
import KafkaLog
import Logging

/// Topics of their own on a broker that is there.
final class KafkaBenchHome: BenchHome {
  let name = "kafka"
  /// The brokers go by their own clock, and take no more than half an hour.
  let sessionTimeout = Duration.seconds(60)
  let brokers: String
  private let folder: TemporaryFolder
  private let properties: [String: String]
  private var opened: [KafkaTopics] = []

  /// - Parameters:
  ///   - brokers: `host:port`, as librdkafka takes them.
  ///   - properties: librdkafka's, for all of KafkaLog's clients.
  init(_ brokers: String, properties: [String: String] = [:]) throws {
    self.brokers = brokers
    self.properties = properties
    folder = try TemporaryFolder()
  }

  var snapshots: String { folder.path("snapshots") }
  /// What the names of the topics that were opened last begin with.
  var prefix: String { opened.last?.prefix ?? "" }

  func open(partitions: Int, topics: [String], changelogs: [String]) throws -> any EventLog {
    let made = KafkaTopics(at: brokers, properties: properties)
    opened.append(made)
    let log = try made.open()
    _ = try log.create(specifications(partitions, topics, changelogs))
    return log
  }
}
