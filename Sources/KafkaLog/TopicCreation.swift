import CLibrdkafka
import EventLog

/// Creates topics that are missing, and compares those that are there.
struct TopicCreation {
  private let cluster: Cluster

  init(_ cluster: Cluster) {
    self.cluster = cluster
  }

  func create(_ topics: [TopicSpecification]) throws(LogError) -> [TopicReport] {
    for topic in topics where topic.name.isEmpty || topic.partitions < 1 || topic.maximumRecordSize < 1 {
      throw LogError(
        .other, "topic \"\(topic.name)\" needs a name, at least one partition and a maximum record size above 0",
        recovery: .stop)
    }
    let present = try cluster.partitionCounts()
    let missing = topics.filter { present[$0.name] == nil }
    var created: Set<String> = []
    if !missing.isEmpty {
      let refusals = try Administration(cluster).create(missing)
      for topic in missing {
        guard let refusal = refusals[topic.name] else {
          created.insert(topic.name)
          continue
        }
        if refusal.code != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS {
          throw cluster.failed(refusal, while: "create topic \(topic.name)")
        }
      }
      try waitForLeaders(of: missing)
    }
    return try report(topics, created: created)
  }

  private func waitForLeaders(of topics: [TopicSpecification]) throws(LogError) {
    for topic in topics {
      try cluster.persistently(while: "find leaders for the partitions of topic \(topic.name)") {
        _ throws(KafkaError) in
        do throws(LogError) {
          if try cluster.isReady(topic) { return }
        } catch {
          throw KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT, error.reason)
        }
        throw KafkaError(RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE)
      }
    }
  }

  private func report(_ topics: [TopicSpecification], created: Set<String>) throws(LogError) -> [TopicReport] {
    let others = topics.map(\.name).filter { !created.contains($0) }
    let partitions = others.isEmpty ? [:] : try cluster.partitionCounts()
    let configurations = try Administration(cluster).configurations(of: others)
    return topics.map { topic in
      if created.contains(topic.name) { return TopicReport(name: topic.name, result: .created) }
      let configuration = configurations[topic.name] ?? .unknown
      let differences = configuration.differences(from: topic, partitions: partitions[topic.name] ?? 0)
      return TopicReport(name: topic.name, result: differences.isEmpty ? .asWanted : .differs(differences))
    }
  }
}
