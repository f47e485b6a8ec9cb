import EventLog
import GRDB
import Time

/// Hands out the next records of several partitions within one snapshot.
struct RecordScan {
  /// A partition to be read from `position` up to `end`.
  struct Span {
    let id: Int64
    let partition: TopicPartition
    var position: Offset
    let end: Offset
  }

  private(set) var records: [StoredRecord] = []
  /// The index of the span that gave the last record.
  private(set) var lastServed: Int?

  /// Reads the spans in turn, and moves their positions past what was handed out or will never be there.
  /// - Parameter first: the index of the span to begin with, so that a long one can't starve the others.
  init(_ spans: inout [Span], from first: Int, limit: BatchLimit, in db: Database, address: String) throws {
    var bytes = 0
    for turn in spans.indices {
      let index = (first + turn) % spans.count
      let span = spans[index]
      if span.position >= span.end { continue }
      let room = limit.records - records.count
      if room <= 0 { return }
      var taken = 0
      let range = RecordID.range(span.position..<span.end, in: span.id)
      let rows = try db.rows(
        "SELECT id, time, key, value, headers FROM records WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
        [range.lowerBound, range.upperBound, room])
      while let row = try rows.next() {
        let stored = try Self.record(row, of: span.partition, address: address)
        bytes += stored.record.size
        if bytes > limit.bytes, !records.isEmpty { return }
        records.append(stored)
        spans[index].position = stored.offset + 1
        lastServed = index
        taken += 1
      }
      if taken < room { spans[index].position = span.end }
    }
  }

  private static func record(_ row: Row, of partition: TopicPartition, address: String) throws -> StoredRecord {
    let offset = RecordID.offset(of: row[0])
    guard let headers = HeaderCoding.decode(try row.bytes(at: 4) ?? []) else {
      throw LogError(
        .corrupt, "\(address) is damaged: the headers of \(partition) at offset \(offset) can't be read",
        recovery: .stop)
    }
    return StoredRecord(
      partition: partition, offset: offset, timestamp: Instant(milliseconds: row[1]),
      record: Record(key: try row.bytes(at: 2), value: try row.bytes(at: 3), headers: headers))
  }
}
