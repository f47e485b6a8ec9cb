import Cases
import Streams
import Time

/// What must hold of one case after each of its events.
struct CaseWatch {
  private(set) var summary: CaseSummary?
  private var dates = DateWatch()
  private var steps = CaseSteps()
  private var sequence = 0
  private var said: Set<String> = []
  /// Who had been asked when it was returned last, as long as nobody else has been.
  private var tried: [String]?
  private var hasArrived = false
  private var reasons = 0
  /// Answers, by their events, of which feedback has said nothing yet.
  private(set) var untold: Set<String> = []
  /// The latest event gave it another deadline.
  private(set) var isMoved = false
  /// Cases whose citizens this one's latest answer is for, too.
  private(set) var shared: [CaseID] = []

  /// - Parameter fault: told the name of a rule, and what is wrong.
  mutating func see(
    _ envelope: CloudEvent, _ event: CaseEvent, recorded: Instant, _ days: CountedDays, _ policy: ReplyPolicy,
    county: String, of id: CaseID, _ fault: (_ rule: String, _ sentence: String) -> Void
  ) {
    sequence += 1
    if envelope.extensions["sequence"] != String(sequence) || envelope.id != "\(id).\(sequence)" {
      fault("sequence", "event \(sequence) is numbered \(envelope.extensions["sequence"] ?? "nothing")")
    }
    if envelope.source != Sources.track { fault("one-writer", "\(event.name) is written by \(envelope.source)") }
    let before = summary
    if summary == nil {
      summary = CaseSummary(id: id, first: event)
      if summary == nil { fault("opened-first", "it begins with \(event.name)") }
    } else {
      summary?.fold(event, at: envelope.time)
    }
    isMoved = summary?.deadline.generation != before?.deadline.generation
    let time = envelope.time?.instant ?? recorded
    steps.fold(event, sequence: sequence, at: envelope.time ?? GivenTime(recorded))
    dates.see(event, at: time, recorded: recorded, days, policy) { fault("dates", $0) }
    if let before, let summary { checkTable(event, before, summary, fault) }
    checkOnce(event, before, fault)
    checkOwner(event, before, county, fault)
    checkAnswer(envelope.id, event, fault)
  }

  private func checkTable(
    _ event: CaseEvent, _ before: CaseSummary, _ after: CaseSummary, _ fault: (String, String) -> Void
  ) {
    if let kind = Self.command(of: event) {
      switch CaseLife.outcome(of: kind, in: before.stage) {
      case .refused(let reason): fault("table", "\(event.name) in stage \(before.stage.rawValue): \(reason)")
      case .leads(let stages):
        if !stages.contains(after.stage) {
          fault("table", "\(event.name) leads from \(before.stage.rawValue) to \(after.stage.rawValue)")
        }
      }
    } else if before.stage != after.stage, event.kind != .resumed, event.kind != .closed {
      fault("table", "\(event.name) leads from \(before.stage.rawValue) to \(after.stage.rawValue)")
    }
  }

  private static func command(of event: CaseEvent) -> CaseCommand.Kind? {
    switch event.kind {
    case .assigned: .assign
    case .signed: .sign
    case .returned: .return
    case .transferred: .transfer
    case .coHandled: .coHandle
    case .raised: .raise
    case .supervisionRequested: .supervise
    case .extensionRequested: .requestExtension
    case .extended: .extend
    case .extensionDenied: .denyExtension
    case .paused: .pause
    case .replied: .reply
    case .refused: .refuse
    case .rated: .rate
    case .reopened: .reopen
    case .merged: .merge
    case .unmerged: .unmerge
    case .reviewed: .review
    default: nil
    }
  }

  private mutating func checkOnce(_ event: CaseEvent, _ before: CaseSummary?, _ fault: (String, String) -> Void) {
    func deadline(_ said: CaseEvent.DeadlineEvent) -> (String, Bool) {
      ("\(event.name) \(said.generation)", said.generation == before?.deadline.generation)
    }
    let (name, isCurrent): (String, Bool)
    switch event {
    case .reminded(let said), .overdue(let said), .reported(let said): (name, isCurrent) = deadline(said)
    case .supervised(let supervised):
      guard let said = supervised.deadline else { return }
      (name, isCurrent) = deadline(said)
    case .escalated(let escalated):
      guard let said = escalated.deadline else { return }
      (name, isCurrent) = deadline(said)
    case .signOverdue(let sign): (name, isCurrent) = ("sign \(sign.generation)", true)
    default: return
    }
    if !said.insert(name).inserted { fault("deadline-events-once", "\(name) is said again") }
    if !isCurrent { fault("deadline-events-once", "\(name) is of a deadline that does not run") }
    if let stage = before?.stage, ![.assigned, .signed, .merged].contains(stage) {
      fault("deadline-events-once", "\(name) is said in stage \(stage.rawValue)")
    }
  }

  private mutating func checkOwner(
    _ event: CaseEvent, _ before: CaseSummary?, _ county: String, _ fault: (String, String) -> Void
  ) {
    if let before, let old = before.owner, summary?.owner != old {
      let takes = [.signed, .replied, .refused].contains(event.kind)
      if !takes || summary?.owner != before.offered {
        fault("first-owner", "\(event.name) takes it from \(old.id), and nobody it was offered to has signed")
      }
    }
    switch event {
    case .returned(let returned): tried = returned.tried + [returned.from.id]
    case .assigned(let assignment):
      if let tried, assignment.owner.id != county, tried.contains(assignment.owner.id) {
        fault("never-twice", "it was returned and goes to \(assignment.owner.id) again")
      }
      tried = nil
    case .transferred, .escalated: tried = nil
    default: break
    }
  }

  private mutating func checkAnswer(_ id: String, _ event: CaseEvent, _ fault: (String, String) -> Void) {
    shared = []
    switch event {
    case .replied(let replied):
      untold.insert(id)
      shared = replied.merged ?? []
    case .refused(let refused):
      untold.insert(id)
      shared = refused.merged ?? []
    case .delivered: hasArrived = true
    case .undelivered(let delivery):
      untold.remove(String(delivery.feedback.dropLast(2)))
      if delivery.final != false { reasons += delivery.reason?.isEmpty == false ? 1 : 0 }
    case .closed:
      if !hasArrived, reasons == 0 { fault("closed-when-answered", "no answer was delivered, and no reason recorded") }
      if !steps.isComplete { fault("five-steps", "it is closed without the step \(steps.missing?.rawValue ?? "")") }
    case .reopened: (hasArrived, reasons) = (false, 0)
    default: break
    }
  }

  mutating func told(_ event: String) { untold.remove(event) }
}
