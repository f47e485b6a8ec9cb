package import EventLog
package import Logging
package import Time

/// The log in one SQLite file, or in memory: for a small server, a first try, and the tests.
///
/// The file may be shared by processes of one machine, never over a network file system. What is committed is on the
/// disk (WAL with `synchronous=FULL`).
package final class SQLiteLog: EventLog {
  package struct Settings: Sendable {
    /// A path, or `:memory:` for a log that ends with this object and all that it handed out.
    package var path: String
    /// Put before the name of every topic, group and publisher.
    package var prefix: String
    package var logger: Logger
    /// Stamps the records and drives leases and retention.
    package var now: @Sendable () -> Instant
    /// How long a call waits for another process's transaction before it is told that the log is busy.
    package var busyTimeout: Duration = .seconds(5)
    /// The pauses, while a call waits for records, between its looks for commits of other processes: first the shortest,
    /// then twice as long each time. Commits of this process end the wait at once.
    package var pauses: ClosedRange<Duration> = .milliseconds(1) ... .milliseconds(100)
    /// Names the log when it is made; left out, SQLite draws 128 random bits.
    package var identity: (@Sendable () -> String)?
    /// Called within every write transaction, on the thread that asked for it, with the log's locks held: it must not
    /// call the log. For tests that kill the process at the worst moment.
    package var atCommitStage: (@Sendable (CommitStage) -> Void)?
    /// The file's largest size in pages, to let tests fill a disk.
    var maximumPages: Int?

    package init(path: String, prefix: String = "", logger: Logger, now: @escaping @Sendable () -> Instant) {
      self.path = path
      self.prefix = prefix
      self.logger = logger
      self.now = now
    }
  }

  /// Where a write transaction stands.
  package enum CommitStage: String, Sendable, CaseIterable {
    case began
    /// All is written, nothing committed.
    case written
    case committed
  }

  let file: LogFile

  /// Opens the file; makes it, and what belongs into it, if it is missing.
  package init(_ settings: Settings) throws(LogError) {
    file = try LogFile(settings)
  }

  package var address: String { file.address }

  package func identity() throws(LogError) -> String {
    try file.connect().read { db in try Schema.identity(in: db) }
  }

  package func join(_ membership: Membership) throws(LogError) -> any LogMember {
    try SQLiteMember(membership, connection: file.connect())
  }

  package func openReader() throws(LogError) -> any LogReader {
    SQLiteReader(connection: try file.connect())
  }

  package func openPublisher(as name: String) throws(LogError) -> any LogPublisher {
    try SQLitePublisher(name, connection: file.connect())
  }

  /// Compacts, and deletes what retention no longer keeps: all of it, in small transactions. Members do the same, a step
  /// at a time and where it is worth it, in polls that find nothing.
  package func maintain() throws(LogError) {
    let connection = try file.connect()
    try Compaction.run(connection, always: true)
    while try Retention.step(connection) {}
  }

  /// Names the log anew, by 128 random bits: for one that was brought back from a copy, to which nothing fits that was
  /// made from the one before.
  package func takeNewIdentity() throws(LogError) {
    try file.connect().write { db in try Schema.renewIdentity(in: db) }
  }

  /// Writes all that is in this log to a new file, which is a log like this one.
  /// - Throws: ``LogError`` if there is a file at that path already, or it can't be written.
  package func copy(to path: String) throws(LogError) {
    try file.connect().copy(to: path)
  }
}
