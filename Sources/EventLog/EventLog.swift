/// A partitioned, append-only log with consumer groups: the one port between the pipeline and the outside.
///
/// Topic names here are without the operator's prefix; a home puts it in front of each. Every call blocks its thread
/// until it is done, so none belongs on Swift's cooperative pool. The log itself may be shared between threads; what it
/// hands out (members, readers, publishers) belongs to the thread that asked for it.
package protocol EventLog: Sendable {
  /// The URL by which it was opened, free of secrets, for logs and errors.
  var address: String { get }

  /// Names this log for as long as its contents stay the same log; another log, or one made anew, has another.
  func identity() throws(LogError) -> String

  /// Creates the topics that are missing, and says of every one how it stands. Never changes one that is there.
  func create(_ topics: [TopicSpecification]) throws(LogError) -> [TopicReport]

  /// All topics under the prefix, sorted by name.
  func topics() throws(LogError) -> [TopicSpecification]

  /// Joins a consumer group. Partitions come with the first polls.
  ///
  /// - Throws: ``LogError/Code/unknownTopic`` if a topic that it reads doesn't exist (yet).
  func join(_ membership: Membership) throws(LogError) -> any LogMember

  /// Reads partitions of the caller's choice, outside of any group.
  func openReader() throws(LogError) -> any LogReader

  /// Appends records from outside of any group.
  /// - Parameter name: stable over restarts; where two publishers have one name, the older one is fenced.
  func openPublisher(as name: String) throws(LogError) -> any LogPublisher
}

/// Who joins which group, to read what.
package struct Membership: Hashable, Sendable {
  package let group: String
  package let topics: [String]
  /// Stable over restarts, and unique in the group: the newer of two members with one id takes the older one's place,
  /// and the older one is told so (``LogError/Code/fenced``).
  package let member: String
  /// How long the group waits for a silent member before it gives its partitions to others.
  package let sessionTimeout: Duration

  package init(group: String, topics: [String], member: String, sessionTimeout: Duration = .seconds(10)) {
    self.group = group
    self.topics = topics
    self.member = member
    self.sessionTimeout = sessionTimeout
  }
}
