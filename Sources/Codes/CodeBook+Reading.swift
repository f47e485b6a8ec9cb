import Cases
package import EventLog
import Streams

extension CodeBook {
  /// Reads the topic `codes` up to its present end. Blocks its thread.
  ///
  /// - Returns: the book, and the records that could not be read: where each stands, and why.
  /// - Throws: ``LogError``, also where there is no such topic.
  package static func read(
    from log: any EventLog
  ) throws(LogError) -> (book: CodeBook, unreadable: [(place: String, reason: String)]) {
    let partitions = try partitions(of: log)
    let reader = try log.openReader()
    defer { reader.close() }
    var book = CodeBook()
    var unreadable: [(place: String, reason: String)] = []
    for partition in partitions {
      let bounds = try reader.bounds(of: partition)
      var position = bounds.lowerBound
      while position < bounds.upperBound {
        let chunk = try reader.read(from: [partition: position], for: .seconds(1), limit: batchLimit)
        for record in chunk.records {
          do throws(Rejection) {
            try book.apply(record.record)
          } catch {
            unreadable.append((place: "\(partition)/\(record.offset)", reason: error.reason))
          }
        }
        position = chunk.positions[partition] ?? position
      }
    }
    return (book, unreadable)
  }

  static let batchLimit = BatchLimit(records: 1000, bytes: 8_000_000)

  static func partitions(of log: any EventLog) throws(LogError) -> [TopicPartition] {
    guard let topic = try log.topics().first(where: { $0.name == Topics.codes }) else {
      throw LogError(.unknownTopic, "the topic \(Topics.codes) does not exist yet", recovery: .retry)
    }
    return (0..<topic.partitions).map { TopicPartition(topic.name, $0) }
  }
}
