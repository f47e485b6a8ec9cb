/// Reads partitions of the caller's choice, at offsets that the caller keeps. Shows committed records only.
package protocol LogReader: AnyObject {
  /// From the first record still there, up to the offset after the last, as a reader of uncommitted records sees it.
  func bounds(of partition: TopicPartition) throws(LogError) -> Range<Offset>

  /// The offsets that a group has stored; a partition of which it never stored one is missing.
  func committedOffsets(of group: String) throws(LogError) -> [TopicPartition: Offset]

  /// The next records at or after the given positions, each partition's in order; waits up to `wait` for the first one.
  ///
  /// A position moves past what no reader will ever see (aborted, control and compacted records), so it can reach the
  /// end of ``bounds(of:)`` even where nothing is handed out.
  /// - Throws: ``LogError/Code/offsetOutOfRange`` if a position lies outside of ``bounds(of:)``.
  func read(from positions: [TopicPartition: Offset], for wait: Duration, limit: BatchLimit) throws(LogError) -> Chunk

  /// Gives back what the reader holds (a connection, a prefetch queue). No call may follow.
  func close()
}

package struct Chunk: Sendable {
  package var records: [StoredRecord]
  /// Where each partition that was asked for is to be read on.
  package var positions: [TopicPartition: Offset]

  package init(records: [StoredRecord], positions: [TopicPartition: Offset]) {
    self.records = records
    self.positions = positions
  }
}

/// Appends records from outside of any group.
package protocol LogPublisher: AnyObject {
  /// Appends all outputs or none. Durable when it returns; gives for each output its place.
  func publish(_ outputs: [Output]) throws(LogError) -> [(partition: TopicPartition, offset: Offset)]

  func close()
}
