package import EventLog

/// By which rules a partition of a stateful processor goes, as the log tells it.
package struct RulesStanding: Hashable, Sendable {
  /// Those that it goes by; `nil` if none came yet, and what its worker is given counts.
  package var adopted: [UInt8]?
  /// Its keys are still being revised under them.
  package var isRevising = false
  /// Those that lie in the input topic where its worker has not come yet, the newest of them.
  package var coming: [UInt8]?

  /// What it will go by when its worker has read all that is there.
  package var newest: [UInt8]? { coming ?? adopted }

  /// Of all partitions, in order. Reads the whole changelog, and of the input what the processor hasn't. Blocks its thread.
  ///
  /// - Parameter name: of the processor, as its group has it.
  /// - Throws: ``LogError``, with the code `.unknownTopic` where one of the topics isn't there.
  package static func all(
    of name: String, input: String, changelog: String, in log: any EventLog
  ) throws(LogError) -> [RulesStanding] {
    let topics = try log.topics()
    guard let specification = topics.first(where: { $0.name == input }),
      topics.contains(where: { $0.name == changelog })
    else {
      throw LogError(
        .unknownTopic, "the topics \(input) and \(changelog) aren't both on \(log.address)", recovery: .stop)
    }
    let reader = try log.openReader()
    defer { reader.close() }
    // First: what is committed after this is found in the changelog, in the input, or in both.
    let committed = try reader.committedOffsets(of: name)
    var standings: [RulesStanding] = []
    for number in 0..<specification.partitions {
      var standing = RulesStanding()
      try read(TopicPartition(changelog, number), from: 0, reader) { record in
        switch try? ChangelogRecord(record) {
        case .rules(let rules): standing.adopted = rules
        case .revising: standing.isRevising = true
        case .revised: standing.isRevising = false
        default: break
        }
      }
      let partition = TopicPartition(input, number)
      try read(partition, from: committed[partition] ?? 0, reader) { record in
        if let rules = RulesRecord(record) { standing.coming = rules.rules }
      }
      if standing.coming == standing.adopted { standing.coming = nil }
      standings.append(standing)
    }
    return standings
  }

  private static func read(
    _ partition: TopicPartition, from start: Offset, _ reader: any LogReader, _ body: (Record) -> Void
  ) throws(LogError) {
    let bounds = try reader.bounds(of: partition)
    var position = max(start, bounds.lowerBound)
    while position < bounds.upperBound {
      let chunk = try reader.read(
        from: [partition: position], for: .seconds(1), limit: BatchLimit(records: 10_000, bytes: 8 << 20))
      for record in chunk.records where record.offset < bounds.upperBound { body(record.record) }
      position = chunk.positions[partition] ?? position
    }
  }
}
