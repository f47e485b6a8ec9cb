/// A member of a consumer group: two verbs, and a rebalance can happen only inside the first, a transaction be open only
/// inside the second. So nobody ever has to undo half a batch.
package protocol LogMember: AnyObject {
  /// Waits up to `wait` for records of this member's partitions and hands out the next ones.
  ///
  /// What was lost and gained since the last call is said first, by an answer that holds no records: so that the caller
  /// can rebuild a partition's state before its records come. Each partition's records come in order. An empty answer is
  /// ordinary. Calling this keeps the membership alive.
  /// - Parameter paused: partitions to leave alone for now; they stay this member's.
  func poll(for wait: Duration, limit: BatchLimit, paused: Set<TopicPartition>) throws(LogError) -> Polled

  /// Appends the outputs and stores the positions in one step, or does neither.
  ///
  /// Durable when it returns ``Commit/committed(ends:)``. ``Commit/undone`` is an ordinary answer, as when the group has
  /// rebalanced meanwhile: nothing took place. After that, and after any error, the next poll begins again at the
  /// committed offsets.
  /// - Throws: ``LogError/Code/unknownOutcome`` if it can't be known which of both happened: then discard all state and
  ///   join anew. ``LogError/Code/recordTooLarge`` if an output doesn't fit; nothing took place.
  func commit(_ outcome: Outcome) throws(LogError) -> Commit

  /// Gives the partitions back at once, so that nobody waits for the session to time out. The member ends with it.
  func leave()
}

/// How much a call may hand out at once. One record is handed out even if it alone is over the limit in bytes.
package struct BatchLimit: Hashable, Sendable {
  package var records: Int
  package var bytes: Int

  package init(records: Int, bytes: Int) {
    self.records = records
    self.bytes = bytes
  }
}

package struct Polled: Sendable {
  /// Partitions that are no longer this member's, or were another's in between: forget all about them first.
  package var lost: Set<TopicPartition>
  /// Partitions that are this member's from now on, with the offset at which it goes on reading.
  package var gained: [TopicPartition: Offset]
  package var records: [StoredRecord]
  /// Where each of this member's partitions ended when this call looked: the offset after the last record there.
  package var ends: [TopicPartition: Offset]
  /// Where each of this member's partitions is read on after these records. May be past the last record's offset + 1,
  /// where what follows it is nothing that a reader will ever see.
  package var positions: [TopicPartition: Offset]
  /// To be handed back with the commit of these records.
  package var metadata: GroupMetadata

  package init(
    lost: Set<TopicPartition> = [], gained: [TopicPartition: Offset] = [:], records: [StoredRecord] = [],
    ends: [TopicPartition: Offset] = [:], positions: [TopicPartition: Offset] = [:], metadata: GroupMetadata
  ) {
    self.lost = lost
    self.gained = gained
    self.records = records
    self.ends = ends
    self.positions = positions
    self.metadata = metadata
  }
}

/// The state of the group at the moment of a poll. A commit is undone if one of its partitions has changed hands since.
package struct GroupMetadata: Hashable, Sendable {
  package let generation: Int64

  package init(generation: Int64) {
    self.generation = generation
  }
}

/// A record to append, and where.
package struct Output: Hashable, Sendable {
  package let topic: String
  /// `nil` leaves it to the key: ``Partitioner/partition(of:among:)``; without a key, to the log.
  package let partition: Int?
  package let record: Record

  package init(to topic: String, partition: Int? = nil, _ record: Record) {
    self.topic = topic
    self.partition = partition
    self.record = record
  }
}

/// What one transaction holds.
package struct Outcome: Sendable {
  package var outputs: [Output]
  /// For each partition the offset of the *next* record to read. Only partitions named here are sure to be still this
  /// member's when the outcome is committed: so name every one that the outputs come from.
  package var positions: [TopicPartition: Offset]
  package var metadata: GroupMetadata

  package init(outputs: [Output], positions: [TopicPartition: Offset], metadata: GroupMetadata) {
    self.outputs = outputs
    self.positions = positions
    self.metadata = metadata
  }
}

package enum Commit: Hashable, Sendable {
  /// It is done. For each partition that got an output: an offset after the last of these outputs, and at or before any
  /// record of a later transaction.
  case committed(ends: [TopicPartition: Offset])
  case undone
}
