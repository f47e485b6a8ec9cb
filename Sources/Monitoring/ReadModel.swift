import Cases
package import EventLog
import GRDB
import Streams
import Time

/// The cases as their events tell them, in SQLite: what boards, pages and gauges are read from.
///
/// It holds nothing that the log doesn't, and can be deleted at any time. What is folded in and how far the log has been
/// read are one transaction, so a kill at any moment neither loses nor repeats an event. Every call blocks its thread.
package final class ReadModel: Sendable {
  /// The disk or the file is at fault. Names no record's contents.
  package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String
    package var description: String { "read model: " + reason }
  }

  /// What became of the records of one chunk.
  package struct Applied: Hashable, Sendable {
    package var folded = 0
    /// Were there already.
    package var repeated = 0
    /// Came before an earlier event of their case; folded in all the same.
    package var gaps = 0
    /// Not events of a case, or not of a form known here.
    package var undecodable = 0
  }

  /// A record of `cases` that could not be read.
  package struct Undecodable: Hashable, Sendable {
    package let partition: TopicPartition
    package let offset: Offset
    package let reason: String
  }

  let database: any DatabaseWriter

  /// - Parameter path: of a file, made if it is missing; `:memory:` for one that ends with this object.
  /// - Throws: ``Failure`` also if the file is another program's database: that is never touched.
  package init(path: String) throws(Failure) {
    database = try Self.run {
      var configuration = Configuration()
      configuration.busyMode = .timeout(5)
      if path == ":memory:" { return try DatabaseQueue(configuration: configuration) }
      return try DatabasePool(path: path, configuration: configuration)
    }
    let isForeign = try Self.run { [database] in try database.read(ReadModelSchema.isForeign) }
    if isForeign { throw Failure(reason: "\(path) is the database of something else") }
  }

  /// Makes the model one of that log, and says how far it has read it.
  ///
  /// What was read from another log, or folded by other rules, is forgotten first.
  package func prepare(for identity: String) throws(Failure) -> [TopicPartition: Offset] {
    try Self.run { [database] in
      try database.write { db in
        if try !ReadModelSchema.isCurrent(db, identity: identity) {
          try ReadModelSchema.rebuild(db, identity: identity)
        }
        var positions: [TopicPartition: Offset] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT topic, partition, position FROM positions") {
          positions[TopicPartition(row["topic"], row["partition"])] = row["position"]
        }
        return positions
      }
    }
  }

  /// Forgets everything, to be read from the log anew.
  package func forget(for identity: String) throws(Failure) {
    try Self.run { [database] in
      try database.write { db in try ReadModelSchema.rebuild(db, identity: identity) }
    }
  }

  /// Folds in a chunk of `cases` and moves the positions, or does neither.
  package func apply(_ chunk: Chunk) throws(Failure) -> Applied {
    try Self.run { [database] in
      try database.write { db in
        var fold = CaseFold(db)
        for record in chunk.records where !record.record.isControl { try fold.take(record) }
        try fold.store()
        for (partition, position) in chunk.positions {
          try db.execute(
            sql: """
              INSERT INTO positions (topic, partition, position) VALUES (?, ?, ?)
              ON CONFLICT DO UPDATE SET position = max(position, excluded.position)
              """, arguments: [partition.topic, partition.partition, position])
        }
        return fold.applied
      }
    }
  }

  /// What could not be read, in the order of partitions and offsets.
  package func undecodable() throws(Failure) -> [Undecodable] {
    try Self.run { [database] in
      try database.read { db in
        try Row.fetchAll(
          db, sql: "SELECT topic, partition, position, reason FROM undecodable ORDER BY topic, partition, position"
        ).map { row in
          Undecodable(
            partition: TopicPartition(row["topic"], row["partition"]), offset: row["position"], reason: row["reason"])
        }
      }
    }
  }

  static func run<Value>(_ body: () throws -> Value) throws(Failure) -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw Failure(reason: error.message ?? error.resultCode.description)
    } catch {
      throw Failure(reason: "holds what it cannot have written")
    }
  }
}
