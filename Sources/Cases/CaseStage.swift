/// Where a case stands.
package enum CaseStage: String, Hashable, Sendable, Codable, CaseIterable {
  /// 交办: offered to an owner who hasn't signed for it yet.
  case assigned
  /// 办理: its owner has signed for it.
  case signed
  /// Its deadline stands still, for a reason that the policy allows.
  case paused
  /// 并案: handled together with another case.
  case merged
  /// 答复: answered; the citizen is being told, and may say what they think of it.
  case replied
  case closed
}

/// What becomes of a case in each of its stages: the one table of its life, which README shows.
///
/// What it allows may still be refused for what the table can't know: who gives the command (``CaseRights``), when, and
/// how often.
package enum CaseLife {
  package enum Outcome: Hashable, Sendable {
    /// One of these is where it stands afterwards; its own stage, if it may stay as it is.
    case leads(to: Set<CaseStage>)
    /// Why not, in words.
    case refused(String)
  }

  /// What falls due.
  package enum TimerKind: String, Hashable, Sendable, Codable, CodingKeyRepresentable, CaseIterable {
    case sign, reminder, overdue, supervision, report, escalation, resume, delivery, rating, review
  }

  package static func outcome(of command: CaseCommand.Kind, in stage: CaseStage) -> Outcome {
    row(command)[column(stage)]
  }

  /// A timer that has no business in a stage isn't set in it, and changes nothing if it fires all the same.
  package static func outcome(of timer: TimerKind, in stage: CaseStage) -> Outcome {
    row(timer)[column(stage)]
  }

  private static func column(_ stage: CaseStage) -> Int {
    switch stage {
    case .assigned: 0
    case .signed: 1
    case .paused: 2
    case .merged: 3
    case .replied: 4
    case .closed: 5
    }
  }

  private static let stays: [Outcome] = CaseStage.allCases.map { .leads(to: [$0]) }

  private static func to(_ stages: CaseStage...) -> Outcome { .leads(to: Set(stages)) }

  private static let isSigned = Outcome.refused("somebody has signed for it")
  private static let isUnsigned = Outcome.refused("nobody has signed for it yet")
  private static let isPaused = Outcome.refused("it is paused")
  private static let isMerged = Outcome.refused("it is handled together with another case")
  private static let isUnanswered = Outcome.refused("it has not been answered yet")
  private static let isAnswered = Outcome.refused("it has been answered")
  private static let isClosed = Outcome.refused("it is closed")
  private static let isOpen = Outcome.refused("it is open")
  private static let isNotPaused = Outcome.refused("it is not paused")
  private static let isNotMerged = Outcome.refused("it is not handled together with another case")
  private static let isNotClosed = Outcome.refused("it is not closed")

  //                assigned                  signed                    paused          merged          replied                          closed
  private static func row(_ command: CaseCommand.Kind) -> [Outcome] {
    switch command {
    case .open, .grantSupervision, .recordMerged, .recordUnmerged, .recordSimilar, .correctCategory, .erase,
      .disclose:
      stays
    case .assign: [to(.assigned), to(.assigned), to(.assigned), to(.merged), isAnswered, isClosed]
    case .sign: [to(.signed), isSigned, isSigned, isMerged, isAnswered, isClosed]
    case .reply: [to(.replied), to(.replied), to(.replied), to(.replied), to(.replied), to(.closed)]
    case .refuse: [to(.replied), to(.replied), to(.replied), to(.replied), isAnswered, isClosed]
    case .transfer, .return: [to(.assigned), to(.signed), isPaused, isMerged, isAnswered, isClosed]
    case .coHandle, .escalate: [to(.assigned), to(.signed), to(.paused), isMerged, isAnswered, isClosed]
    case .raise, .requestExtension, .extend, .denyExtension:
      [to(.assigned), to(.signed), isPaused, isMerged, isAnswered, isClosed]
    case .supervise: [to(.assigned), to(.signed), to(.paused), to(.merged), isAnswered, isClosed]
    case .pause: [isUnsigned, to(.paused), isPaused, isMerged, isAnswered, isClosed]
    case .resume: [isNotPaused, isNotPaused, to(.signed), isNotPaused, isNotPaused, isNotPaused]
    case .merge: [to(.merged), to(.merged), isPaused, isMerged, isAnswered, isClosed]
    case .unmerge: [isNotMerged, isNotMerged, isNotMerged, to(.assigned, .signed), isAnswered, isClosed]
    case .recordDelivery:
      [to(.assigned), to(.signed), to(.paused), to(.merged), to(.replied, .closed), to(.closed)]
    case .rate:
      [
        isUnanswered, isUnanswered, isUnanswered, isUnanswered, to(.replied, .closed, .assigned),
        to(.closed, .assigned),
      ]
    case .reopen: [isOpen, isOpen, isOpen, isOpen, to(.assigned), to(.assigned)]
    case .review: [isNotClosed, isNotClosed, isNotClosed, isNotClosed, isNotClosed, to(.closed, .assigned)]
    case .close: [isUnanswered, isUnanswered, isUnanswered, isUnanswered, to(.closed), isClosed]
    }
  }

  private static func row(_ timer: TimerKind) -> [Outcome] {
    switch timer {
    case .sign, .reminder, .overdue, .supervision, .report, .escalation, .review: stays
    case .resume: [to(.assigned), to(.signed), to(.signed), to(.merged), to(.replied), to(.closed)]
    case .delivery: [to(.assigned), to(.signed), to(.paused), to(.merged), to(.closed), to(.closed)]
    case .rating: [to(.assigned), to(.signed), to(.paused), to(.merged), to(.closed), to(.closed)]
    }
  }
}
