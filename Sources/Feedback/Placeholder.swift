import Cases

/// What words may fill in.
enum Placeholder: String, Hashable, Sendable, CaseIterable {
  // Of the case
  /// The case's number, else its id.
  case number
  /// The last day for the reply, and who must act, as far as they are known.
  case due, owner
  /// The address of the case's page, with its key: for the citizen alone.
  case link
  // Of the event
  case by, reason, reply, from, to, until, days, times, leader, other, satisfaction

  var isAlwaysThere: Bool { self == .number || self == .reply }

  /// What words on that event may fill in; empty for an event of which nobody is told.
  static func allowed(on event: CaseEvent.Name, for recipient: Recipient) -> Set<Placeholder> {
    guard let own = of(event) else { return [] }
    return own.union(recipient == .citizen ? [.number, .due, .owner, .link] : [.number, .due, .owner])
  }

  private static func of(_ event: CaseEvent.Name) -> Set<Placeholder>? {
    switch event {
    case .opened, .supplemented, .reminded, .overdue, .overdueWithdrawn, .reported, .delivered, .closed: []
    case .assigned: [.reason]
    case .signed: [.by]
    case .reviewed: [.by]
    case .signOverdue, .reviewDue: [.until]
    case .returned: [.by, .reason, .from, .times]
    case .transferred, .escalated: [.by, .reason, .from]
    case .coHandled, .extensionDenied: [.by, .reason]
    case .supervised, .supervisionRequested, .supervisionDenied: [.by, .reason, .leader]
    case .extensionRequested: [.by, .reason, .days]
    case .deadlineChanged: [.from, .to, .reason]
    case .extended, .resumed, .raised: [.by, .reason, .from, .to]
    case .paused: [.by, .reason, .until]
    case .merged, .unmerged: [.by, .reason, .other]
    case .replied: [.by, .reply]
    case .refused: [.by, .reason]
    case .rated: [.satisfaction]
    case .reopened: [.by, .reason, .times]
    case .classified, .undelivered, .joined, .parted, .mergeDeclined, .similarFound, .erased, .disclosed,
      .refusedCommand:
      nil
    }
  }
}
