import CLibrdkafka
import EventLog
import GivenBroker
import KafkaLog
import Testing

/// A prefix of a test's own on the given broker, and short words for what most tests do there.
struct BrokerTrial {
  let home: KafkaHome

  init() throws {
    home = KafkaHome(try #require(GivenBroker.address))
  }

  func open(_ change: (inout KafkaSettings) -> Void = { _ in }) throws -> KafkaLog {
    var settings = home.settings
    change(&settings)
    return try KafkaLog(settings)
  }

  func createTopics(in log: KafkaLog) throws {
    let topics = ["in", "out"].map { TopicSpecification(name: $0, partitions: 4, cleanup: .delete(after: nil)) }
    #expect(try log.create(topics).allSatisfy { $0.result == .created })
  }

  /// All committed records, read until the positions reach the ends.
  func contents(of topic: String, in log: KafkaLog) throws -> [StoredRecord] {
    let reader = try log.openReader()
    defer { reader.close() }
    var positions: [TopicPartition: Offset] = [:]
    var ends: [TopicPartition: Offset] = [:]
    for number in 0..<4 {
      let partition = TopicPartition(topic, number)
      let bounds = try reader.bounds(of: partition)
      (positions[partition], ends[partition]) = (bounds.lowerBound, bounds.upperBound)
    }
    var records: [StoredRecord] = []
    let end = ContinuousClock.now + .seconds(60)
    while positions.contains(where: { $1 < ends[$0] ?? 0 }) {
      if ContinuousClock.now > end { throw GaveUp(waitingFor: "the end of \(topic)") }
      let chunk = try reader.read(from: positions, for: .milliseconds(100), limit: .test)
      positions = chunk.positions
      records += chunk.records
    }
    return records
  }

  /// Deletes what lies before an offset, as retention does.
  func delete(before offset: Offset, of partition: TopicPartition) throws {
    let client = try #require(RawClient(RD_KAFKA_PRODUCER, ["bootstrap.servers": home.settings.brokers]))
    let list = rd_kafka_topic_partition_list_new(1)
    defer { rd_kafka_topic_partition_list_destroy(list) }
    let name = home.settings.prefix + partition.topic
    rd_kafka_topic_partition_list_add(list, name, Int32(partition.partition)).pointee.offset = offset
    var requests: [OpaquePointer?] = [rd_kafka_DeleteRecords_new(list)]
    defer { rd_kafka_DeleteRecords_destroy(requests[0]) }
    #expect(client.await { rd_kafka_DeleteRecords(client.handle, &requests, 1, nil, $0) })
  }
}
