import EventLog
import GRDB

/// A topic as the file has it.
struct TopicRow: Sendable {
  static let columns = "id, name, partitions, compacted, retention, maximum_size"

  let id: Int64
  let specification: TopicSpecification
  /// The file's name for each partition, by number.
  let partitions: [Int64]

  init(_ row: Row, prefix: String, in db: Database) throws {
    id = row[0]
    let name: String = row[1]
    let retention: Int64? = row[4]
    specification = TopicSpecification(
      name: String(decoding: name.utf8.dropFirst(prefix.utf8.count), as: UTF8.self), partitions: row[2],
      cleanup: row[3] == true
        ? .compact(tombstones: .milliseconds(retention ?? 0)) : .delete(after: retention.map { .milliseconds($0) }),
      maximumRecordSize: row[5])
    partitions = try Int64.fetchAll(
      db.cachedStatement(sql: "SELECT id FROM partitions WHERE topic = ? ORDER BY number"), arguments: [id])
  }

  var name: String { specification.name }

  var isCompacted: Bool {
    if case .compact = specification.cleanup { true } else { false }
  }
}
