import Cases
import EventLog
import Streams
import Time

/// All that is remembered of one case while its partition is checked: numbers and fingerprints, no texts.
struct CaseTrail {
  let id: CaseID
  private(set) var inHand = OpenCase()
  private(set) var order = EventOrder()
  private(set) var judgement = Judgement()
  private(set) var opinions: [Fingerprint] = []
  var answers = Answers()
  /// Something happened to it while the log was read, so that nothing can be said of how it stands.
  var isBusy = false
  /// When the log took in its first event.
  private(set) var began: Instant
  private var closing = Closing()
  private var deadlineEvents = DeadlineEvents()
  private var outcomes: [Fingerprint] = []
  private var refused: [Fingerprint] = []
  /// Answers of which it is known whether they arrived: a further word on one changes nothing.
  private var settledAnswers: [Fingerprint] = []
  /// Cases that it was told are similar.
  private var similar: [Fingerprint] = []
  /// Cases that it was told are handled together with it, or asked to be, and those that no longer are.
  private var joined: [Fingerprint] = []
  private var parted: [Fingerprint] = []
  /// When the log took in that its citizen is to be forgotten, or was once more.
  private(set) var forgotten: Instant?

  init(_ id: CaseID, began: Instant) {
    self.id = id
    self.began = began
  }

  /// Takes in the next event.
  /// - Returns: the opinion that came into the case with it.
  mutating func see(
    _ envelope: CloudEvent, _ event: CaseEvent, _ record: StoredRecord, by rules: Inspection.Rules,
    _ findings: Findings
  ) -> OpinionReference? {
    let place = Place(record)
    let id = id
    func fault(_ invariant: Invariant) -> (String) -> Void {
      { findings.add(invariant, case: id, at: place, $0) }
    }
    let isFirst = order.last == 0
    let inOrder = order.see(
      id: envelope.id, sequence: envelope.extensions["sequence"], of: id, fault(.eventsInOrder))
    guard let number = inOrder else { return nil }
    inHand.see(event, isFirst: isFirst, number: number, offTable: fault(.lifeByTheTable), fault(.openCaseInHand))
    closing.see(event, number: number, of: id, fault(.closedOnlyWhenAnswered))
    deadlineEvents.see(event, number: number, fault(.deadlineEventsOnce))
    judgement.see(event, number: number, at: envelope.time?.instant, by: rules, fault(.deadlinesRight))
    answers.see(event, number: number, at: place, recorded: record.timestamp)
    if let outcome = Fingerprint(outcomeOf: event, at: envelope.time) { outcomes.append(outcome) }
    switch event {
    case .opened(let opened): return opened.submission.opinion
    case .supplemented(let submission):
      if forgotten != nil {
        forgotten = record.timestamp
        if !submission.statement.text.isEmpty {
          fault(.nothingPersonal)("event \(number) keeps what somebody wrote who is to be forgotten")
        }
      }
      return submission.opinion
    case .delivered(let delivery): settledAnswers.append(Fingerprint(delivery.feedback))
    case .undelivered(let delivery):
      if delivery.final != false { settledAnswers.append(Fingerprint(delivery.feedback)) }
    case .similarFound(let found): similar.append(Fingerprint(found.other))
    case .joined(let other): joined.append(Fingerprint(other.other))
    case .parted(let other): parted.append(Fingerprint(other.other))
    case .refusedCommand(let refusal): refused.append(Fingerprint(refusal.command))
    case .erased: forgotten = record.timestamp
    case .classified, .assigned, .signed, .signOverdue, .returned, .transferred, .coHandled, .escalated, .raised,
      .reminded, .overdue, .overdueWithdrawn, .supervised, .supervisionRequested, .supervisionDenied, .reported,
      .deadlineChanged, .extensionRequested, .extended, .extensionDenied, .paused, .resumed, .replied, .refused, .rated,
      .reopened, .merged, .unmerged, .mergeDeclined, .closed, .reviewDue, .reviewed,
      .disclosed:
      break
    }
    return nil
  }

  mutating func note(_ opinion: Fingerprint) {
    opinions.append(opinion)
  }

  /// Whether that command has its effect here. Each event is the effect of one command only.
  mutating func settle(_ command: CaseCommand, _ reference: OpinionReference, _ outcome: Fingerprint) -> Bool {
    if let index = outcomes.firstIndex(of: outcome) {
      outcomes.remove(at: index)
      return true
    }
    return hadNoEffect(command) || refused.contains(Fingerprint(reference))
  }

  /// Whether it may have changed nothing, since it was known already.
  private func hadNoEffect(_ command: CaseCommand) -> Bool {
    switch command {
    case .recordDelivery(let delivery): settledAnswers.contains(Fingerprint(delivery.feedback))
    // Told once, and not at all if there are too many.
    case .recordSimilar(let found):
      similar.contains(Fingerprint(found.other)) || similar.count >= CaseCommand.RecordSimilar.maximum
    case .recordMerged(let record): joined.contains(Fingerprint(record.other))
    case .recordUnmerged(let record):
      joined.count { $0 == Fingerprint(record.other) } == parted.count { $0 == Fingerprint(record.other) }
    case .open, .assign, .sign, .reply, .refuse, .transfer, .return, .coHandle, .escalate, .raise, .supervise,
      .grantSupervision, .requestExtension, .extend, .denyExtension, .pause, .resume, .merge, .unmerge, .rate, .reopen,
      .review, .close, .correctCategory, .erase, .disclose:
      false
    }
  }

  /// Checks how it stands after its last event.
  func end(_ timers: [Streams.Timer.Kind: Int], _ findings: Findings) {
    guard !isBusy else { return }
    inHand.end(timers) { findings.add(.openCaseInHand, case: id, $0) }
    judgement.end { findings.add(.deadlinesRight, case: id, $0) }
  }
}
