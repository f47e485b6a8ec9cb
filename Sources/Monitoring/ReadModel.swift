import Cases
package import EventLog
import Foundation
import GRDB
import Streams
import Time

/// The cases as their events tell them, with what else the log says of them, in SQLite: what boards, pages and gauges are read from.
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

  /// - Parameters:
  ///   - path: of a file, made if it is missing; `:memory:` for one that ends with this object.
  ///   - tracing: is given each statement before it is carried out, and gets it with its arguments when it asks: for those
  ///     who want to know how.
  /// - Throws: ``Failure`` also if the file is another program's database: that is never touched.
  package init(path: String, tracing: (@Sendable (_ sql: String, _ whole: () -> String) -> Void)? = nil) throws(Failure)
  {
    database = try Self.run {
      var configuration = Configuration()
      configuration.busyMode = .timeout(5)
      configuration.prepareDatabase { db in
        // What is deleted, such as how a citizen can be reached, is overwritten.
        try db.execute(sql: "PRAGMA secure_delete = ON")
        // 32 MiB of pages; and of a large chunk's pages each is written once, not at each thousandth.
        try db.execute(sql: "PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 16384; PRAGMA temp_store = MEMORY")
        guard let tracing else { return }
        db.trace { event in
          if case .statement(let statement) = event { tracing(statement.sql) { statement.expandedSQL } }
        }
      }
      if path == ":memory:" { return try DatabaseQueue(configuration: configuration) }
      try Self.keepToOurselves(path)
      return try DatabasePool(path: path, configuration: configuration)
    }
    let isForeign = try Self.run { [database] in try database.read(ReadModelSchema.isForeign) }
    if isForeign { throw Failure(reason: "\(path) is the database of something else") }
  }

  /// It holds how citizens can be reached: a file that is made, or is there, is for its owner alone. SQLite gives what it
  /// puts beside it the same mode.
  private static func keepToOurselves(_ path: String) throws {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    fchmod(file, 0o600)
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

  /// Whether the model has never been as far as the log was when its reader began. Such a one that has far to go does
  /// without the indexes of lists until it is there (``finishBuilding()``): making them at the end takes seconds.
  /// - Parameter records: at most so many are to be read.
  package func beginBuilding(records: Int64) throws(Failure) -> Bool {
    try Self.run { [database] in
      try database.write { db in
        guard try !ReadModelSchema.isBuilt(db) else { return false }
        if records > Self.manyRecords { try ReadModelSchema.dropIndexes(db) }
        return true
      }
    }
  }

  private static let manyRecords = 100_000

  /// The model has been as far as the log was.
  package func finishBuilding() throws(Failure) {
    try Self.run { [database] in
      try database.write { db in
        try ReadModelSchema.makeIndexes(db)
        try db.execute(sql: "UPDATE source SET built = 1")
      }
    }
  }

  /// Folds in a chunk of the topics that ``Follower`` reads, and moves the positions, or does neither.
  package func apply(_ chunk: Chunk) throws(Failure) -> Applied {
    let events = RecordedEvent.readAll(chunk.records)
    return try Self.run { [database] in
      try database.write { db in
        let folding = Folding(db)
        var fold = ChunkFold(folding)
        for (record, event) in zip(chunk.records, events) { try fold.take(record, event) }
        try fold.store()
        for (partition, position) in chunk.positions {
          try db.cachedStatement(
            sql: """
              INSERT INTO positions (topic, partition, position) VALUES (?, ?, ?)
              ON CONFLICT DO UPDATE SET position = max(position, excluded.position)
              """
          ).execute(arguments: [partition.topic, partition.partition, position])
        }
        return folding.applied
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
