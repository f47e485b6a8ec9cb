import EventLog

/// Where a benchmark's log lives; all of it goes with this object.
protocol BenchHome: AnyObject {
  var name: String { get }
  /// A folder for snapshots, which need not exist.
  var snapshots: String { get }
  /// Long enough for a benchmark whose clock is set forward by a day.
  var sessionTimeout: Duration { get }

  /// A new log with these topics.
  func open(partitions: Int, topics: [String], changelogs: [String]) throws -> any EventLog
}

extension BenchHome {
  func specifications(_ partitions: Int, _ topics: [String], _ changelogs: [String]) -> [TopicSpecification] {
    topics.map {
      TopicSpecification(name: $0, partitions: partitions, cleanup: .delete(after: nil), maximumRecordSize: 2 << 20)
    }
      + changelogs.map {
        TopicSpecification(
          name: $0, partitions: partitions, cleanup: .compact(tombstones: .seconds(604_800)),
          maximumRecordSize: 2 << 20)
      }
  }
}
