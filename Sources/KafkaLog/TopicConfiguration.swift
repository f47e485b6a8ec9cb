import EventLog
import Time

/// What of a topic's configuration at the brokers is ours to say, and how it stands for a ``TopicSpecification``.
struct TopicConfiguration {
  /// No batch of several records is larger than this, in bytes, where all topics at hand take such ones: every topic
  /// does that is left at the brokers' default.
  static let largestBatch = 1_048_576
  /// No batch is larger than this where one of them doesn't.
  static let smallestBatch = 131_072
  /// `max.message.bytes` bounds a batch as it is written, the specification one record's own bytes: between the two lie
  /// the frame of the batch and that of each header, and a batch of small records must fit in any case.
  static let roomForFrames = 262_144
  /// What a topic takes that the brokers tell nothing of: their own default.
  static let unknown = TopicConfiguration(entries: [:])

  let entries: [String: String]

  init(entries: [String: String]) {
    self.entries = entries
  }

  init(_ topic: TopicSpecification, replication: Int?) {
    var entries = [
      "message.timestamp.type": "LogAppendTime",
      "max.message.bytes": "\(topic.maximumRecordSize + Self.roomForFrames)",
    ]
    switch topic.cleanup {
    case .delete(let age):
      entries["cleanup.policy"] = "delete"
      entries["retention.ms"] = "\(age?.milliseconds ?? -1)"
    case .compact(let tombstones):
      entries["cleanup.policy"] = "compact"
      entries["delete.retention.ms"] = "\(tombstones.milliseconds)"
    }
    if let replication, replication >= 3 { entries["min.insync.replicas"] = "\(replication - 1)" }
    self.entries = entries
  }

  func specification(name: String, partitions: Int) -> TopicSpecification {
    let cleanup: TopicSpecification.Cleanup
    if isCompacted {
      cleanup = .compact(tombstones: .milliseconds(number("delete.retention.ms") ?? 86_400_000))
    } else {
      let age = number("retention.ms") ?? 604_800_000
      cleanup = .delete(after: age < 0 ? nil : .milliseconds(age))
    }
    let size = number("max.message.bytes").map { max(1, Int($0) - Self.roomForFrames) }
    return TopicSpecification(
      name: name, partitions: partitions, cleanup: cleanup, maximumRecordSize: size ?? 1_048_576)
  }

  /// A sentence for each respect in which a topic with this configuration isn't as wanted.
  func differences(from wanted: TopicSpecification, partitions: Int) -> [String] {
    let present = specification(name: wanted.name, partitions: partitions)
    var differences: [String] = []
    if partitions != wanted.partitions {
      differences.append("it has \(partitions) partitions, not \(wanted.partitions), and their number is fixed")
    }
    if present.cleanup.inWords != wanted.cleanup.inWords {
      differences.append("it \(present.cleanup.inWords), while it should be one that \(wanted.cleanup.inWords)")
    }
    if isCompacted, policies.contains("delete") {
      differences.append("it also deletes records that are old, though they may be the newest of their keys")
    }
    if present.maximumRecordSize != wanted.maximumRecordSize {
      differences.append(
        "it takes records of up to \(present.maximumRecordSize) bytes, not \(wanted.maximumRecordSize)")
    }
    if entries["message.timestamp.type"] != "LogAppendTime" {
      differences.append("its records bear the time of their writer's clock, not of the log's (message.timestamp.type)")
    }
    return differences
  }

  private var isCompacted: Bool { policies.contains("compact") }

  private var policies: [Substring] { entries["cleanup.policy"]?.split(separator: ",") ?? [] }

  private func number(_ name: String) -> Int64? { entries[name].flatMap { Int64($0) } }
}

extension TopicSpecification {
  /// Whether this topic takes batches of ``TopicConfiguration/largestBatch`` bytes.
  var takesLargestBatch: Bool {
    maximumRecordSize + TopicConfiguration.roomForFrames >= TopicConfiguration.largestBatch
  }
}

extension TopicSpecification.Cleanup {
  fileprivate var inWords: String {
    switch self {
    case .delete(.none): "keeps records for good"
    case .delete(.some(let age)): "keeps records for \(age.milliseconds) ms"
    case .compact(let age): "keeps the newest record of each key, and tombstones for \(age.milliseconds) ms"
    }
  }
}
