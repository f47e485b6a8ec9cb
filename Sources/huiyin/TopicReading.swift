import ArgumentParser
import EventLog
import Streams

/// All records of a topic, partition by partition, up to where each ended when it was come to.
struct TopicReading {
  private let log: any EventLog
  private let topic: TopicSpecification

  /// - Throws: the end of the command, where there is no such topic.
  init(_ log: any EventLog, topic name: String) throws {
    guard let topic = try log.topics().first(where: { $0.name == name }) else {
      throw fail("there is no topic \(name) on \(log.address)")
    }
    self.log = log
    self.topic = topic
  }

  func forEach(_ body: (StoredRecord) throws -> Void) throws {
    let reader = try log.openReader()
    defer { reader.close() }
    for partition in 0..<topic.partitions {
      let place = TopicPartition(topic.name, partition)
      let bounds = try reader.bounds(of: place)
      var position = bounds.lowerBound
      while position < bounds.upperBound {
        let chunk = try reader.read(
          from: [place: position], for: .seconds(1), limit: BatchLimit(records: 1000, bytes: 8 << 20))
        for record in chunk.records where record.offset < bounds.upperBound && !record.record.isControl {
          try body(record)
        }
        position = chunk.positions[place] ?? position
      }
    }
  }
}
