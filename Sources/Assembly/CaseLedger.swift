package import Cases
package import EventLog
import Streams

/// All cases of a log, folded from its `cases` topic.
package struct CaseLedger {
  package private(set) var cases: [CaseID: CaseSummary] = [:]

  package init() {}

  /// Reads `cases` to its end.
  /// - Throws: ``LogError``, or ``Rejection`` for a record that is no event of a case.
  package init(reading log: any EventLog) throws {
    let reader = try log.openReader()
    defer { reader.close() }
    guard let topic = try log.topics().first(where: { $0.name == Topics.cases }) else { return }
    for partition in 0..<topic.partitions {
      let place = TopicPartition(Topics.cases, partition)
      let bounds = try reader.bounds(of: place)
      var position = bounds.lowerBound
      while position < bounds.upperBound {
        let chunk = try reader.read(
          from: [place: position], for: .zero, limit: BatchLimit(records: 5000, bytes: 16 << 20))
        for record in chunk.records where !record.record.isControl { try fold(record) }
        position = chunk.positions[place] ?? position
      }
    }
  }

  package mutating func fold(_ record: StoredRecord) throws {
    let (envelope, key) = try CloudEvent.keyed(record)
    guard let id = CaseID(key) else { throw Rejection("\(record.partition)/\(record.offset): the key is no case id") }
    let event = try CaseEvent(type: envelope.type, data: envelope.data)
    if cases[id] == nil {
      cases[id] = CaseSummary(id: id, first: event)
    } else {
      cases[id]?.fold(event, at: envelope.time)
    }
  }

  /// Sorted by the bytes of the case ids.
  package var report: [ReportLine] {
    cases.values.sorted { $0.id < $1.id }.map(ReportLine.init)
  }
}
