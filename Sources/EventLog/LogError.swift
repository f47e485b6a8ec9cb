/// Trouble with the log, said so that the caller knows what to do next.
package struct LogError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable {
    case unreachable, busy, full, corrupt, fenced, unknownTopic, topicDiffers, recordTooLarge, offsetOutOfRange,
      unknownOutcome, other
  }

  package enum Recovery: String, Sendable {
    /// The same call may succeed later: wait a little and repeat it.
    case retry
    /// Nothing of the call took place: discard what was worked out since the last poll, and poll again.
    case abort
    /// This member, reader or publisher is of no more use: make a new one and begin from the committed offsets.
    case restart
    /// No repetition helps: a person, or the caller, must change something first.
    case stop
  }

  package let code: Code
  /// One sentence that names what and where. Never holds a record's contents.
  package let reason: String
  package let recovery: Recovery

  package init(_ code: Code, _ reason: String, recovery: Recovery) {
    self.code = code
    self.reason = reason
    self.recovery = recovery
  }

  package var description: String { reason }
}
