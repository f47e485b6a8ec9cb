package import Time

/// A case as its events tell it: the fold that reports, the read model and `verify` share.
package struct CaseSummary: Hashable, Sendable, Codable {
  package enum Phase: String, Hashable, Sendable, Codable { case open, replied, closed }

  /// Why a person should look at what the opinion is about, and what it may be about.
  package struct Doubt: Hashable, Sendable, Codable {
    /// In words, for a clerk.
    package var reason: String
    /// The likeliest first.
    package var guesses: [Classification.Guess]
  }

  /// How far the ladder after expiry has been climbed.
  package enum Step: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// 催办
    case urging
    /// 督办
    case supervision
    /// 通报
    case report

    package static func < (left: Step, right: Step) -> Bool { left.place < right.place }
    private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// 重点督办
  package struct KeySupervision: Hashable, Sendable, Codable {
    package var leader: String
    package var number: Int?
  }

  package var id: CaseID
  /// What people call it by; `nil` for cases of earlier versions.
  package var number: String?
  /// The `ce_sequence` of the last event folded in.
  package var events: Int
  /// Blank in what the citizen wrote once ``isErased``.
  package var submission: Submission
  package var deadline: CaseEvent.ReplyDeadline
  package var category: String?
  /// Of the second level, within `category`.
  package var subcategory: String?
  /// `nil` where nobody need look, or somebody has.
  package var doubt: Doubt?

  // Who acts
  /// Who answers for it: the one who signed last or, before anybody has, the one who was asked first (首接负责).
  package var owner: Owner?
  /// Whom it is offered to, who hasn't signed yet.
  package var offered: Owner?
  package var supervisor: Owner?
  /// Ids of those who help.
  package var attendants: [String] = []
  /// When the owner signed for it.
  package var signed: GivenTime?
  /// Ids of all who have been asked.
  package var tried: [String] = []
  package var returns = 0

  package var stage: CaseStage
  package var phase: Phase {
    switch stage {
    case .assigned, .signed, .paused, .merged: .open
    case .replied: .replied
    case .closed: .closed
    }
  }
  /// The stage that it goes back to once it is no longer merged.
  private var aside: CaseStage?
  package var mergedInto: CaseID?
  /// Cases that are handled together with this one.
  package var members: [CaseID] = []

  // Dates
  /// The last day passed without a reply made by then.
  package var overdue: Bool
  package var step: Step?
  package var keySupervision: KeySupervision?
  /// In working days, as long as nobody has decided.
  package var extensionRequested: Int?
  /// 代表建议
  package var isSuggestion = false
  /// At a people's congress of a higher level.
  package var isCarried = false
  package var reopened = 0

  // Answers
  /// The reply made first, by its own time.
  package var replied: GivenTime?
  /// Working days after the day of receipt, up to and including the day of that reply.
  package var workingDays: Int?
  /// The text of the reply that was taken in last.
  package var reply: String?
  /// It was answered by not being taken up.
  package var isRefused = false
  /// What the citizen said of that reply.
  package var rating: CaseCommand.Rate.Satisfaction?
  package var outcome: CaseEvent.Closed.Outcome?
  package var reviewDue: Bool = false
  /// What the latest 回头看 found.
  package var upheld: Bool?
  package var isErased = false

  /// Begins with a case's first event; `nil` if that isn't `opened`.
  package init?(id: CaseID, first event: CaseEvent) {
    guard case .opened(let opened) = event else { return nil }
    self.id = id
    number = opened.number
    events = 1
    submission = opened.submission
    deadline = opened.deadline
    stage = .assigned
    overdue = false
  }

  /// Takes in the next event of this case.
  /// - Parameter time: its own time.
  package mutating func fold(_ event: CaseEvent, at time: GivenTime? = nil) {
    events += 1
    switch event {
    case .opened, .reminded, .signOverdue, .delivered, .undelivered, .supplemented, .similarFound, .refusedCommand,
      .supervisionRequested, .supervisionDenied, .mergeDeclined, .escalated, .transferred, .disclosed:
      break
    case .coHandled(let coHandled): attendants += coHandled.with.filter { !attendants.contains($0) }
    case .classified(let classification): fold(classification)
    case .assigned(let assignment): fold(assignment)
    case .signed(let signed):
      owner = signed.owner
      offered = nil
      self.signed = time
      if stage == .assigned { stage = .signed }
      if aside == .assigned { aside = .signed }
    case .returned(let returned): returns = returned.count
    case .raised(let raised):
      isSuggestion = true
      begin(raised.to)
    case .overdue:
      overdue = true
      step = .urging
    case .overdueWithdrawn:
      overdue = false
      step = nil
    case .supervised(let supervised):
      if supervised.step == .ladder { step = .supervision }
      if let leader = supervised.leader {
        keySupervision = KeySupervision(leader: leader, number: supervised.number)
      }
    case .reported: step = .report
    case .deadlineChanged(let change) where change.reason != nil: begin(change.to)
    case .deadlineChanged(let change):
      deadline = change.to
      // Only new rules that give it more time move what is overdue.
      (overdue, step) = (false, nil)
    case .extensionRequested(let request): extensionRequested = request.workingDays
    case .extended(let extended):
      extensionRequested = nil
      deadline = extended.to
    case .extensionDenied: extensionRequested = nil
    case .paused: stage = .paused
    case .resumed(let resumed):
      deadline = resumed.to
      if stage == .paused { stage = .signed }
    case .replied(let reply):
      self.reply = reply.reply.text
      isRefused = false
      answered(by: reply.owner, at: reply.at, workingDays: reply.workingDays, overdue: reply.overdue)
    case .refused(let refused):
      reply = refused.refusal.reason
      isRefused = true
      answered(by: refused.owner, at: refused.at, workingDays: refused.workingDays, overdue: refused.overdue)
    case .rated(let rated): rating = rated.satisfaction
    case .reopened(let reopened): fold(reopened)
    case .merged(let merged):
      aside = stage
      stage = .merged
      mergedInto = merged.into
    case .unmerged:
      if stage == .merged { stage = aside ?? .assigned }
      aside = nil
      mergedInto = nil
    case .joined(let joined): if !members.contains(joined.other) { members.append(joined.other) }
    case .parted(let parted): members.removeAll { $0 == parted.other }
    case .closed(let closed):
      stage = .closed
      outcome = closed.outcome
    case .reviewDue: reviewDue = true
    case .reviewed(let reviewed):
      reviewDue = false
      upheld = reviewed.upheld
    case .erased:
      isErased = true
      submission.statement.erase()
    }
  }

  /// Another term begins: what was said and asked of the one before doesn't apply.
  private mutating func begin(_ deadline: CaseEvent.ReplyDeadline) {
    self.deadline = deadline
    extensionRequested = nil
    (overdue, step) = (false, nil)
  }

  private mutating func fold(_ classification: Classification) {
    category = classification.category
    subcategory = classification.subcategory
    doubt = classification.doubt.map { reason in
      let first = Classification.Guess(category: classification.category, confidence: classification.confidence)
      return Doubt(reason: reason, guesses: [first] + (classification.second.map { [$0] } ?? []))
    }
  }

  private mutating func fold(_ assignment: Assignment) {
    // 首接负责: who has it answers for it until another has signed.
    if owner == nil { owner = assignment.owner }
    offered = assignment.owner
    supervisor = assignment.supervisor
    isCarried = assignment.carried ?? false
    if let attendant = assignment.attendant?.id, !attendants.contains(attendant) { attendants.append(attendant) }
    if !tried.contains(assignment.owner.id) { tried.append(assignment.owner.id) }
    guard phase == .open else { return }
    if stage == .merged { aside = .assigned } else { stage = .assigned }
  }

  private mutating func answered(by newOwner: Owner?, at: GivenTime, workingDays: Int, overdue: Bool) {
    if phase == .open {
      stage = .replied
      owner = newOwner ?? owner
      offered = nil
    }
    aside = nil
    rating = nil
    extensionRequested = nil
    if let replied, replied.instant <= at.instant { return }
    replied = at
    self.workingDays = workingDays
    self.overdue = overdue
  }

  private mutating func fold(_ reopened: CaseEvent.Reopened) {
    self.reopened = reopened.count
    deadline = reopened.deadline
    stage = .assigned
    offered = owner
    mergedInto = nil
    members = []
    isCarried = false
    (replied, workingDays, overdue, step) = (nil, nil, false, nil)
    (outcome, reviewDue) = (nil, false)
  }
}
