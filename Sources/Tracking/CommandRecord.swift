package import Cases
package import EventLog
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
  /// Where it lies in its partition, which tells a command that has waited from another copy of it.
  package var offset: Offset

  package init(
    caseID: CaseID, reference: OpinionReference, command: CaseCommand, time: GivenTime, recorded: Instant,
    historic: Bool = false, offset: Offset
  ) {
    self.caseID = caseID
    self.reference = reference
    type = command.type
    self.command = command
    self.time = time
    self.recorded = recorded
    self.historic = historic
    self.offset = offset
  }

  /// It is an answer that was given in the case that leads, at a time that is that case's.
  var isShared: Bool {
    switch command {
    case .reply(let reply): reply.lead != nil
    case .refuse(let refusal): refusal.lead != nil
    default: false
    }
  }

  /// What makes it a duplicate when it comes again. An opinion stays the same one, whatever command it comes in.
  var identity: OpinionReference {
    if case .open(let open) = command { open.submission.opinion } else { reference }
  }
}
