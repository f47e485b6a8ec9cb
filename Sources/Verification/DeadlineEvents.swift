import Cases

/// That what falls due is said once for each generation of the deadline, while it runs, and an expiry is withdrawn only
/// after it was said.
struct DeadlineEvents {
  private struct Said: Equatable {
    let kind: CaseLife.TimerKind
    let generation: Int
  }

  /// 0 until the case is opened.
  private var generation = 0
  /// How often it was offered: the generation of the time for signing.
  private var offers = 0
  private var isOffered = false
  private var said: [Said] = []
  /// The generation whose expiry was said and not withdrawn.
  private var standing: Int?
  private var isAnswered = false
  private var isPaused = false

  mutating func see(_ event: CaseEvent, number: Int, _ fault: (String) -> Void) {
    if let deadline = event.newDeadline {
      generation = deadline.generation
      // The expiry of a deadline that runs no more is history.
      standing = nil
    }
    switch event {
    case .reminded(let deadline): say(.reminder, deadline, event, number, fault)
    case .overdue(let deadline):
      say(.overdue, deadline, event, number, fault)
      standing = deadline.generation
    case .reported(let deadline): say(.report, deadline, event, number, fault)
    case .supervised(let supervised):
      if let deadline = supervised.deadline { say(.supervision, deadline, event, number, fault) }
    case .escalated(let escalated):
      if let deadline = escalated.deadline { say(.escalation, deadline, event, number, fault) }
    case .overdueWithdrawn(let withdrawn):
      if standing != withdrawn.generation { fault("event \(number) withdraws an expiry that was not said") }
      standing = nil
    case .signOverdue(let sign):
      check(.sign, sign.generation, event, number, fault)
      if sign.generation != offers {
        fault("\(event.name) (event \(number)) is of offer \(sign.generation), and it was offered \(offers) times")
      } else if !isOffered {
        fault("\(event.name) (event \(number)) comes after somebody has signed")
      }
    case .assigned:
      offers += 1
      isOffered = true
    case .signed: isOffered = false
    case .paused: isPaused = true
    case .resumed: isPaused = false
    case .replied, .refused: (isAnswered, isPaused, isOffered) = (true, false, false)
    case .reopened:
      isAnswered = false
      offers += 1
      isOffered = true
    case .opened, .classified, .returned, .transferred, .coHandled, .raised, .supervisionRequested,
      .supervisionDenied, .deadlineChanged, .extensionRequested, .extended, .extensionDenied, .delivered,
      .undelivered, .rated, .merged, .unmerged, .joined, .parted, .mergeDeclined, .supplemented, .similarFound,
      .closed, .reviewDue, .reviewed, .erased, .disclosed, .refusedCommand:
      break
    }
  }

  private mutating func say(
    _ kind: CaseLife.TimerKind, _ deadline: CaseEvent.DeadlineEvent, _ event: CaseEvent, _ number: Int,
    _ fault: (String) -> Void
  ) {
    if generation > 0, deadline.generation != generation {
      fault("\(event.name) (event \(number)) is of deadline \(deadline.generation), while \(generation) runs")
    }
    check(kind, deadline.generation, event, number, fault)
  }

  private mutating func check(
    _ kind: CaseLife.TimerKind, _ generation: Int, _ event: CaseEvent, _ number: Int, _ fault: (String) -> Void
  ) {
    let new = Said(kind: kind, generation: generation)
    if said.contains(new) {
      fault("\(event.name) is said again for \(kind == .sign ? "offer" : "deadline") \(generation) by event \(number)")
    } else if isAnswered {
      fault("\(event.name) (event \(number)) comes after the answer")
    } else if isPaused {
      fault("\(event.name) (event \(number)) comes while the deadline stands still")
    }
    said.append(new)
  }
}
