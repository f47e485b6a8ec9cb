import Cases
import EventLog
import Streams

/// Up to where a log is checked while others write to it.
///
/// What a stage has committed is in the log together with its offset. So the committed offsets are asked for first, and
/// the ends of the topics after them: then whatever follows from a record below a committed offset lies below the ends.
/// In between the changelogs are read; a case of which `cases` had its last event before that must have in them what that
/// event left there. The ends are asked for from the last topic to the first, so that what a record refers to lies below
/// the ends as well.
struct Horizon {
  let partitions: Int
  let ranges: [TopicPartition: Range<Offset>]
  let changelogs: Changelogs
  let held: Set<Place>
  private let committed: [Stage: [TopicPartition: Offset]]
  private let settled: [TopicPartition: Offset]

  /// In the order in which their ends are asked for.
  private static let topics = [
    Topics.feedback, Topics.citizens, DeadLetter.topic, Topics.cases, Topics.quotas, Topics.commands,
    Topics.classifications,
    Topics.opinions,
  ]
  private static let changelogTopics = Stage.allCases.compactMap(\.changelog)

  /// - Throws: ``LogError`` with the code `.unknownTopic` or `.topicDiffers` if the log isn't one of a whole pipeline.
  static func partitions(of log: any EventLog) throws(LogError) -> Int {
    let present = Dictionary(try log.topics().map { ($0.name, $0.partitions) }, uniquingKeysWith: { $1 })
    let wanted = topics + changelogTopics
    if let missing = wanted.first(where: { present[$0] == nil }) {
      throw LogError(
        .unknownTopic, "there is no topic \(missing) on \(log.address); `huiyin topics create` makes it",
        recovery: .stop)
    }
    let counts = Set(wanted.compactMap { present[$0] })
    guard let count = counts.first, counts.count == 1 else {
      throw LogError(
        .topicDiffers, "the topics of \(log.address) have different numbers of partitions: \(counts.sorted())",
        recovery: .stop)
    }
    return count
  }

  /// How many offsets all topics together span now: what progress is measured by.
  static func span(_ partitions: Int, _ reader: any LogReader) throws(LogError) -> Int64 {
    var span: Int64 = 0
    for topic in topics + changelogTopics {
      for number in 0..<partitions { span += Int64(try reader.bounds(of: TopicPartition(topic, number)).count) }
    }
    return span
  }

  init(_ partitions: Int, _ scan: LogScan, _ findings: Findings) throws(LogError) {
    self.partitions = partitions
    var committed: [Stage: [TopicPartition: Offset]] = [:]
    for stage in Stage.allCases { committed[stage] = try scan.reader.committedOffsets(of: stage.rawValue) }
    self.committed = committed

    var settled: [TopicPartition: Offset] = [:]
    for number in 0..<partitions {
      let partition = TopicPartition(Topics.cases, number)
      settled[partition] = try scan.reader.bounds(of: partition).upperBound
    }
    self.settled = settled

    var changelogs = Changelogs()
    for stage in Stage.allCases {
      guard let topic = stage.changelog else { continue }
      for number in 0..<partitions {
        try scan.readToPresentEnd(TopicPartition(topic, number)) { record in
          do throws(Rejection) {
            let read = try ChangelogRecord(record.record)
            changelogs.take(read, of: stage)
            guard let key = read.key, Partitioner.partition(of: key, among: partitions) != number else { return }
            findings.add(.recordsInPlace, at: Place(record), "it is the state of a key of another partition")
          } catch {
            findings.add(.unreadableKept, at: Place(record), error.reason)
          }
        }
      }
    }
    self.changelogs = changelogs
    held = changelogs.held

    var ranges: [TopicPartition: Range<Offset>] = [:]
    for topic in Self.topics {
      for number in 0..<partitions {
        let partition = TopicPartition(topic, number)
        ranges[partition] = try scan.reader.bounds(of: partition)
      }
    }
    self.ranges = ranges
  }

  func range(_ partition: TopicPartition) -> Range<Offset> { ranges[partition] ?? 0..<0 }

  /// Whether that stage has taken in the record and committed what follows from it.
  func hasConsumed(_ stage: Stage, _ place: Place) -> Bool {
    place.offset < committed[stage]?[place.partition] ?? 0
  }

  /// Whether that record of `cases` is older than the changelogs are as they were read.
  func isSettled(_ place: Place) -> Bool {
    place.offset < settled[place.partition] ?? 0
  }

  /// Whether the record lies where its key belongs; one without a key is right anywhere.
  func isInPlace(_ record: StoredRecord) -> Bool {
    record.record.key.map { Partitioner.partition(of: $0, among: partitions) == record.partition.partition } ?? true
  }
}
