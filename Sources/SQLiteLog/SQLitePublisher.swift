import EventLog
import GRDB

/// Appends to a ``SQLiteLog`` from outside of any group.
final class SQLitePublisher: LogPublisher {
  private let name: String
  private let connection: Connection
  private let incarnation: Int64

  init(_ name: String, connection: Connection) throws(LogError) {
    self.name = name
    self.connection = connection
    let stored = connection.file.settings.prefix + name
    incarnation = try connection.write { db in
      try db.perform(
        """
        INSERT INTO publishers (name, incarnation) VALUES (?, 1)
        ON CONFLICT DO UPDATE SET incarnation = incarnation + 1
        """, [stored])
      return try db.integer("SELECT incarnation FROM publishers WHERE name = ?", [stored]) ?? 0
    }
  }

  func publish(_ outputs: [Output]) throws(LogError) -> [(partition: TopicPartition, offset: Offset)] {
    let file = connection.file
    return try connection.write { db in
      let stored = file.settings.prefix + self.name
      guard try db.integer("SELECT incarnation FROM publishers WHERE name = ?", [stored]) == self.incarnation else {
        throw LogError(
          .fenced, "another publisher of \(file.address) has the name \(self.name): each needs one of its own",
          recovery: .stop)
      }
      var appender = Appender(to: file, in: db)
      let places = try outputs.map { try appender.append($0) }
      _ = try appender.finish()
      return places
    }
  }

  /// Nothing is held beyond this object's own life.
  func close() {}
}
