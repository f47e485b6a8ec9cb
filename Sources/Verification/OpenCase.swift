import Cases
import Streams

/// That a case is in somebody's hands: it is opened, has an owner, and something watches over its next date.
struct OpenCase {
  // What `track` calls its timers.
  static let overdueTimer: Streams.Timer.Kind = "overdue"
  static let deliveryTimer: Streams.Timer.Kind = "delivery"

  private(set) var phase = CaseSummary.Phase.open
  private var isOpened = false
  private var hasOwner = false
  private var isOverdue = false
  private var generation = 0

  mutating func see(_ event: CaseEvent, isFirst: Bool, _ fault: (String) -> Void) {
    switch event {
    case .opened(let opened):
      if !isFirst { fault(isOpened ? "it is opened a second time" : "something happens before it is opened") }
      isOpened = true
      generation = opened.deadline.generation
    case .assigned: hasOwner = true
    case .overdue: isOverdue = true
    case .deadlineChanged(let change): generation = change.to.generation
    case .replied: if phase == .open { phase = .replied }
    case .closed: phase = .closed
    default: break
    }
    if isFirst, !isOpened { fault("it begins with \(event.name), not with opened") }
  }

  /// - Parameter timers: those that are set for the case, by kind, with their generations.
  func end(_ timers: [Streams.Timer.Kind: Int], _ fault: (String) -> Void) {
    if !hasOwner { fault("it has no owner") }
    guard isOpened else { return }
    switch phase {
    case .open where !isOverdue:
      if timers[Self.overdueTimer] != generation {
        fault("it is open, and no timer is set for its deadline \(generation)")
      }
    case .replied:
      if timers[Self.deliveryTimer] == nil { fault("its answer is on its way, and no timer is set for its arrival") }
    case .open, .closed: break
    }
  }
}
