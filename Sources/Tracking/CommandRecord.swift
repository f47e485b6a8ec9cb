package import Cases
package import Time

/// A command as it was read: to which case, from whom, and when.
package struct CommandRecord: Hashable, Sendable {
  package var caseID: CaseID
  package var reference: OpinionReference
  package var type: String
  package var command: CaseCommand
  /// When it was given, by its sender's word; else when the log took it in.
  package var time: GivenTime
  /// When the log took it in.
  package var recorded: Instant
  package var historic: Bool

  package init(
    caseID: CaseID, reference: OpinionReference, command: CaseCommand, time: GivenTime, recorded: Instant,
    historic: Bool = false
  ) {
    self.caseID = caseID
    self.reference = reference
    type = command.type
    self.command = command
    self.time = time
    self.recorded = recorded
    self.historic = historic
  }
}
