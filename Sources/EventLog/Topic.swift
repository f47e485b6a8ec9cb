/// What a topic is created as.
package struct TopicSpecification: Hashable, Sendable {
  package enum Cleanup: Hashable, Sendable {
    /// Records go when they are older than this; `nil` keeps them for good.
    case delete(after: Duration?)
    /// Of each key only the newest record is sure to stay; its tombstone goes after `tombstones`.
    case compact(tombstones: Duration)
  }

  package let name: String
  package let partitions: Int
  package let cleanup: Cleanup
  /// The largest record that it takes, in bytes of key, value and headers.
  package let maximumRecordSize: Int

  package init(name: String, partitions: Int, cleanup: Cleanup, maximumRecordSize: Int = 1_048_576) {
    self.name = name
    self.partitions = partitions
    self.cleanup = cleanup
    self.maximumRecordSize = maximumRecordSize
  }
}

/// What came of asking for one topic.
package struct TopicReport: Hashable, Sendable {
  package enum Result: Hashable, Sendable {
    case created
    case asWanted
    /// It is there, but not as asked for, in these respects (a sentence each). Nothing was changed.
    case differs([String])
  }

  package let name: String
  package let result: Result

  package init(name: String, result: Result) {
    self.name = name
    self.result = result
  }
}
