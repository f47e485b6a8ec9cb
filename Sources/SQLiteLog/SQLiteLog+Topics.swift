package import EventLog
import GRDB
import Time

extension SQLiteLog {
  package func create(_ topics: [TopicSpecification]) throws(LogError) -> [TopicReport] {
    for topic in topics where topic.name.isEmpty || topic.partitions < 1 || topic.maximumRecordSize < 1 {
      throw LogError(
        .other, "topic \"\(topic.name)\" needs a name, at least one partition and a maximum record size above 0",
        recovery: .stop)
    }
    return try file.connect().write { db in
      try topics.map { wanted in
        guard let present = try self.file.topic(named: wanted.name, in: db, cached: false) else {
          try self.insert(wanted, in: db)
          return TopicReport(name: wanted.name, result: .created)
        }
        let differences = present.specification.differences(from: wanted)
        return TopicReport(name: wanted.name, result: differences.isEmpty ? .asWanted : .differs(differences))
      }
    }
  }

  package func topics() throws(LogError) -> [TopicSpecification] {
    try file.connect().read { db in try self.file.allTopics(in: db).map(\.specification) }
  }

  private func insert(_ topic: TopicSpecification, in db: Database) throws {
    let compacted: Bool
    let retention: Duration?
    switch topic.cleanup {
    case .delete(let after): (compacted, retention) = (false, after)
    case .compact(let tombstones): (compacted, retention) = (true, tombstones)
    }
    try db.perform(
      "INSERT INTO topics (name, partitions, compacted, retention, maximum_size) VALUES (?, ?, ?, ?, ?)",
      [
        file.settings.prefix + topic.name, topic.partitions, compacted, retention?.milliseconds,
        topic.maximumRecordSize,
      ])
    let id = db.lastInsertedRowID
    for number in 0..<topic.partitions {
      try db.perform("INSERT INTO partitions (topic, number) VALUES (?, ?)", [id, number])
    }
  }
}

extension TopicSpecification {
  /// A sentence for each respect in which this topic isn't as wanted.
  fileprivate func differences(from wanted: TopicSpecification) -> [String] {
    var differences: [String] = []
    if partitions != wanted.partitions {
      differences.append("it has \(partitions) partitions, not \(wanted.partitions), and their number is fixed")
    }
    if cleanup.inWords != wanted.cleanup.inWords {
      differences.append("it \(cleanup.inWords), while it should be one that \(wanted.cleanup.inWords)")
    }
    if maximumRecordSize != wanted.maximumRecordSize {
      differences.append("it takes records of up to \(maximumRecordSize) bytes, not \(wanted.maximumRecordSize)")
    }
    return differences
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
