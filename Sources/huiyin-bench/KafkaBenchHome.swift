import EventLog
import Foundation
import KafkaLog
import Logging

/// Topics of their own on a broker that is there.
final class KafkaBenchHome: BenchHome {
  let name = "kafka"
  let brokers: String
  private let folder: TemporaryFolder
  private var opened: [KafkaTopics] = []

  /// - Parameter brokers: `host:port`, as librdkafka takes them.
  init(_ brokers: String) throws {
    self.brokers = brokers
    folder = try TemporaryFolder()
  }

  var snapshots: String { folder.path("snapshots") }
  /// What the names of the topics that were opened last begin with.
  var prefix: String { opened.last?.prefix ?? "" }

  func open(partitions: Int, topics: [String], changelogs: [String]) throws -> any EventLog {
    let made = KafkaTopics(at: brokers)
    opened.append(made)
    let log = try made.open()
    _ = try log.create(specifications(partitions, topics, changelogs))
    return log
  }
}
