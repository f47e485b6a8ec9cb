package import EventLog

/// The log in Apache Kafka, by way of librdkafka.
///
/// Exactly-once stands on three things of Kafka's: transactions that hold the outputs and the offsets, readers that see
/// committed records only, and the group's metadata in each transaction, which fences a member whom the group has given
/// up. Each member and each publisher has a transactional id of its own, the same after a restart, so that what a killed
/// one left open is ended as soon as it is back.
package final class KafkaLog: EventLog {
  let cluster: Cluster

  /// Reaches out for the brokers, but doesn't wait for them: each later call does, as long as ``KafkaSettings/patience``.
  /// - Throws: ``LogError`` with recovery `.stop` that names the property that can't be set.
  package init(_ settings: KafkaSettings) throws(LogError) {
    try settings.check()
    cluster = try Cluster(settings)
  }

  package var address: String { cluster.settings.address }

  /// The cluster's id and the prefix. A topic that is deleted and created anew doesn't show in it: brokers tell clients
  /// of this age no id of a topic.
  package func identity() throws(LogError) -> String {
    try cluster.identity()
  }

  package func join(_ membership: Membership) throws(LogError) -> any LogMember {
    try KafkaMember(membership, of: cluster)
  }

  package func openReader() throws(LogError) -> any LogReader {
    try KafkaReader(of: cluster)
  }

  package func openPublisher(as name: String) throws(LogError) -> any LogPublisher {
    try KafkaPublisher(name, to: cluster)
  }

  /// A topic that is being created is waited for until each of its partitions has a leader.
  package func create(_ topics: [TopicSpecification]) throws(LogError) -> [TopicReport] {
    try TopicCreation(cluster).create(topics)
  }

  package func topics() throws(LogError) -> [TopicSpecification] {
    try cluster.topics()
  }
}
