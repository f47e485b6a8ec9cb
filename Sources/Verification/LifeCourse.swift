import Cases

/// Where a case stands, told by its events, and that it came there as the table of its life (``CaseLife``) allows: what
/// may not follow an answer is told by ``Closing``.
struct LifeCourse {
  private(set) var stage = CaseStage.assigned
  /// The stage that it goes back to once it is no longer merged.
  private var aside: CaseStage?
  private var owner: Fingerprint?
  private var offered: Fingerprint?

  var phase: CaseSummary.Phase {
    switch stage {
    case .assigned, .signed, .paused, .merged: .open
    case .replied: .replied
    case .closed: .closed
    }
  }

  mutating func see(_ event: CaseEvent, number: Int, _ fault: (String) -> Void) {
    if let kind = event.command, phase == .open, case .refused(let reason) = CaseLife.outcome(of: kind, in: stage) {
      fault("\(event.name) (event \(number)): \(reason)")
    }
    switch event {
    case .assigned(let assignment): offer(assignment.owner)
    case .signed(let signed):
      take(signed.owner, number, fault)
      if stage == .assigned { stage = .signed }
      if aside == .assigned { aside = .signed }
    case .paused: stage = .paused
    case .resumed:
      if stage != .paused { fault("it goes on by event \(number), and was not paused") }
      stage = .signed
    case .merged: (aside, stage) = (stage, .merged)
    case .unmerged: (stage, aside) = (aside ?? .assigned, nil)
    case .replied(let replied): answer(replied.owner, number, fault)
    case .refused(let refused): answer(refused.owner, number, fault)
    case .closed: stage = .closed
    case .reopened: (stage, aside, offered) = (.assigned, nil, owner)
    case .opened, .classified, .signOverdue, .returned, .transferred, .coHandled, .escalated, .raised, .reminded,
      .overdue, .overdueWithdrawn, .supervised, .supervisionRequested, .supervisionDenied, .reported,
      .deadlineChanged, .extensionRequested, .extended, .extensionDenied, .delivered, .undelivered, .rated, .joined,
      .parted, .mergeDeclined, .supplemented, .similarFound, .reviewDue, .reviewed, .erased, .disclosed,
      .refusedCommand:
      break
    }
  }

  private mutating func offer(_ next: Owner) {
    offered = Fingerprint(next)
    // 首接负责: who has it answers for it until another has signed.
    if owner == nil { owner = offered }
    if stage == .merged { aside = .assigned } else if phase == .open { stage = .assigned }
  }

  private mutating func answer(_ taken: Owner?, _ number: Int, _ fault: (String) -> Void) {
    if let taken { take(taken, number, fault) }
    guard phase == .open else { return }
    (stage, aside, offered) = (.replied, nil, nil)
  }

  private mutating func take(_ taken: Owner, _ number: Int, _ fault: (String) -> Void) {
    if offered != Fingerprint(taken) { fault("event \(number) gives it to \(taken.id), whom it was not offered to") }
    owner = Fingerprint(taken)
    offered = nil
  }
}

extension CaseEvent {
  /// The deadline that runs from now on; `nil` for an event that leaves it as it was.
  var newDeadline: ReplyDeadline? {
    switch self {
    case .opened(let opened): opened.deadline
    case .deadlineChanged(let change): change.to
    case .raised(let revised), .extended(let revised), .resumed(let revised): revised.to
    case .reopened(let reopened): reopened.deadline
    case .classified, .assigned, .signed, .signOverdue, .returned, .transferred, .coHandled, .escalated, .reminded,
      .overdue, .overdueWithdrawn, .supervised, .supervisionRequested, .supervisionDenied, .reported,
      .extensionRequested, .extensionDenied, .paused, .replied, .refused, .delivered, .undelivered, .rated, .merged,
      .unmerged, .joined, .parted, .mergeDeclined, .supplemented, .similarFound, .closed, .reviewDue, .reviewed,
      .erased, .disclosed, .refusedCommand:
      nil
    }
  }

  /// What asks for it where it moves a case, or may not happen in every stage.
  fileprivate var command: CaseCommand.Kind? {
    switch self {
    case .signed: .sign
    case .returned: .return
    case .transferred: .transfer
    case .coHandled: .coHandle
    case .escalated(let escalated): escalated.step == .asked ? .escalate : nil
    case .raised: .raise
    case .supervisionRequested: .supervise
    case .extensionRequested: .requestExtension
    case .extended: .extend
    case .extensionDenied: .denyExtension
    case .paused: .pause
    case .merged: .merge
    case .unmerged: .unmerge
    // Those are told by Closing, or may happen in every stage in which a case is open.
    case .rated, .reopened, .reviewed, .closed, .opened, .classified, .assigned, .resumed, .replied, .refused,
      .signOverdue, .reminded, .overdue,
      .overdueWithdrawn, .supervised, .supervisionDenied, .reported, .deadlineChanged, .delivered, .undelivered,
      .joined, .parted, .mergeDeclined, .supplemented, .similarFound, .reviewDue, .erased, .disclosed, .refusedCommand:
      nil
    }
  }
}
