import Cases

/// That a reminder and an expiry are said once for each generation of the deadline, while it runs, and an expiry is
/// withdrawn only after it was said.
struct DeadlineEvents {
  /// 0 until the case is opened.
  private var generation = 0
  private var reminded: [Int] = []
  private var expired: [Int] = []
  /// The generation whose expiry was said and not withdrawn.
  private var standing: Int?
  private var isReplied = false

  mutating func see(_ event: CaseEvent, number: Int, _ fault: (String) -> Void) {
    switch event {
    case .opened(let opened): generation = opened.deadline.generation
    case .deadlineChanged(let change): generation = change.to.generation
    case .reminded(let said):
      check(said, event, number, before: reminded, fault)
      reminded.append(said.generation)
    case .overdue(let said):
      check(said, event, number, before: expired, fault)
      expired.append(said.generation)
      standing = said.generation
    case .overdueWithdrawn(let withdrawn):
      if standing != withdrawn.generation { fault("event \(number) withdraws an expiry that was not said") }
      standing = nil
    case .replied: isReplied = true
    default: break
    }
  }

  private func check(
    _ said: CaseEvent.DeadlineEvent, _ event: CaseEvent, _ number: Int, before: [Int], _ fault: (String) -> Void
  ) {
    if before.contains(said.generation) {
      fault("\(event.name) is said again for deadline \(said.generation) by event \(number)")
    } else if generation > 0, said.generation != generation {
      fault("\(event.name) (event \(number)) is of deadline \(said.generation), while \(generation) runs")
    } else if isReplied {
      fault("\(event.name) (event \(number)) comes after the reply")
    }
  }
}
