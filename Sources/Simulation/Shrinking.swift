import Cases
import Streams
import Time

/// Finds the shortest list of actions that still breaks the same rule: leaves out halves, quarters … and at last single
/// ones, as long as it does.
package struct Shrinking {
  private let simulation: Simulation
  private let failure: Failure
  private let until: Instant
  /// How often it may still be tried.
  private var attempts: Int

  /// - Parameter report: of a run that failed.
  package init?(_ simulation: Simulation, _ report: Simulation.Report, attempts: Int = 400) {
    guard let first = report.failures.first else { return nil }
    self.simulation = simulation
    failure = first
    until = report.end
    self.attempts = attempts
  }

  package func shrunk(_ all: [Action]) throws -> [Action] {
    var copy = self
    return try copy.shrink(all)
  }

  private mutating func shrink(_ all: [Action]) throws -> [Action] {
    var actions = all
    // Mostly the case itself, and the others that it has to do with, are enough.
    if let id = failure.caseID.flatMap({ CaseID($0) }) {
      let own = actions.filter { $0.caseID == id || $0.mentions(id) }
      let near = Set(own.flatMap { [$0.caseID] + $0.others })
      for some in [own, actions.filter { near.contains($0.caseID) }] where try fails(some) {
        actions = some
        break
      }
    }
    var size = max(1, actions.count / 2)
    while true {
      var start = 0
      var hasShrunk = false
      while start < actions.count, actions.count > 1 {
        var rest = actions
        rest.removeSubrange(start..<min(actions.count, start + size))
        if try !rest.isEmpty && fails(rest) {
          actions = rest
          hasShrunk = true
        } else {
          start += size
        }
      }
      if size == 1, !hasShrunk || attempts <= 0 { return actions }
      if size > 1 { size = max(1, size / 2) }
    }
  }

  private mutating func fails(_ actions: [Action]) throws -> Bool {
    guard attempts > 0 else { return false }
    attempts -= 1
    let runsOut = failure.rule == "all-closed" || failure.rule.hasPrefix("verify")
    let report = try simulation.replay(actions, until: until, runningOut: runsOut)
    return report.failures.contains { $0.rule == failure.rule }
  }
}

extension Action {
  /// The other case that it has to do with.
  fileprivate var others: [CaseID] {
    guard case .merge(let merge)? = try? CaseCommand(type: event.type, data: event.data) else { return [] }
    return [merge.into]
  }

  fileprivate func mentions(_ id: CaseID) -> Bool { others.contains(id) }
}
