package import EventLog

/// Where a log lives that is to be held against the port's promises. Each check is given a home of its own, with an
/// empty log in it.
package protocol LogHome: Sendable {
  /// Opens the log; called again, it opens the same one anew, as after a restart of the program.
  func open() throws -> any EventLog

  /// What the log goes by, if it isn't the wall's clock.
  var clock: DrivenClock? { get }

  /// Whether a member is given the same partition numbers of all topics that its group reads. Kafka's
  /// `cooperative-sticky` shares out each partition by itself.
  var keepsTopicsTogether: Bool { get }

  /// Deletes now what retention and compaction no longer keep.
  /// - Returns: `false` if this home does so only in its own time.
  func maintain(_ log: any EventLog) throws -> Bool
}

extension LogHome {
  package var clock: DrivenClock? { nil }

  package var keepsTopicsTogether: Bool { true }

  package func maintain(_ log: any EventLog) throws -> Bool { false }
}
