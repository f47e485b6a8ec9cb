import Cases
import Streams

/// That a case is in somebody's hands: it is opened, has an owner, and something watches over its next date.
struct OpenCase {
  private(set) var life = LifeCourse()
  private var isOpened = false
  private var hasOwner = false
  private var isOverdue = false
  private var generation = 0

  var phase: CaseSummary.Phase { life.phase }

  /// - Parameter offTable: told what the table of a case's life doesn't allow.
  mutating func see(
    _ event: CaseEvent, isFirst: Bool, number: Int, offTable: (String) -> Void, _ fault: (String) -> Void
  ) {
    if case .opened = event {
      if !isFirst { fault(isOpened ? "it is opened a second time" : "something happens before it is opened") }
      isOpened = true
    }
    if isFirst, !isOpened { fault("it begins with \(event.name), not with opened") }
    life.see(event, number: number, offTable)
    if case .assigned = event { hasOwner = true }
    if case .overdue = event { isOverdue = true }
    if let deadline = event.newDeadline {
      generation = deadline.generation
      isOverdue = false
    }
  }

  /// - Parameter timers: those that are set for the case, by kind, with their generations.
  func end(_ timers: [Streams.Timer.Kind: Int], _ fault: (String) -> Void) {
    func generation(_ kind: CaseLife.TimerKind) -> Int? { timers[kind.rawValue] }
    if !hasOwner { fault("it has no owner") }
    guard isOpened else { return }
    switch life.stage {
    case .assigned, .signed, .merged:
      if !isOverdue, generation(.overdue) != self.generation {
        fault("it is open, and no timer is set for its deadline \(self.generation)")
      }
    case .paused:
      if generation(.resume) == nil { fault("it is paused, and no timer is set for its going on") }
    case .replied:
      if generation(.delivery) == nil, generation(.rating) == nil {
        fault("its answer is on its way, and no timer is set for its arrival")
      }
    case .closed: break
    }
  }
}
