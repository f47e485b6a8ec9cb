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

  init(_ id: CaseID, began: Instant) {
    self.id = id
    self.began = began
  }

  /// Takes in the next event.
  /// - Returns: the opinion that came into the case with it.
  mutating func see(
    _ envelope: CloudEvent, _ event: CaseEvent, _ record: StoredRecord, by calendar: WorkingCalendar,
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
    inHand.see(event, isFirst: isFirst, fault(.openCaseInHand))
    closing.see(event, number: number, of: id, fault(.closedOnlyWhenAnswered))
    deadlineEvents.see(event, number: number, fault(.deadlineEventsOnce))
    judgement.see(event, number: number, at: envelope.time?.instant, by: calendar, fault(.deadlinesRight))
    answers.see(event, number: number, at: place, recorded: record.timestamp)
    if let outcome = Fingerprint(outcomeOf: event) { outcomes.append(outcome) }
    switch event {
    case .opened(let opened): return opened.submission.opinion
    case .supplemented(let submission): return submission.opinion
    case .delivered(let delivery), .undelivered(let delivery): settledAnswers.append(Fingerprint(delivery.feedback))
    case .similarFound(let found): similar.append(Fingerprint(found.other))
    case .refusedCommand(let refusal): refused.append(Fingerprint(refusal.command))
    default: break
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
    if case .recordDelivery(let delivery) = command, settledAnswers.contains(Fingerprint(delivery.feedback)) {
      return true
    }
    // Told once, and not at all if there are too many.
    if case .recordSimilar(let found) = command,
      similar.contains(Fingerprint(found.other)) || similar.count >= CaseCommand.RecordSimilar.maximum
    {
      return true
    }
    return refused.contains(Fingerprint(reference))
  }

  /// Checks how it stands after its last event.
  func end(_ timers: [Streams.Timer.Kind: Int], _ findings: Findings) {
    guard !isBusy else { return }
    inHand.end(timers) { findings.add(.openCaseInHand, case: id, $0) }
    judgement.end { findings.add(.deadlinesRight, case: id, $0) }
  }
}
