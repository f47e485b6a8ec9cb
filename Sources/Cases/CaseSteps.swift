package import Time

/// The five steps that every case must come through (来访有登记、登记有反映、反映有处理、处理有结果、结果有反馈): when it came
/// to each, as its events say.
///
/// A fold over the events of one case, in order. A case that is taken up again has to come to a result, and to its
/// citizen, anew.
package struct CaseSteps: Hashable, Sendable, Codable {
  package enum Step: String, Hashable, Sendable, Codable, CaseIterable {
    /// 登记: it was opened.
    case registered
    /// 反映: it was put before someone who must act.
    case reflected
    /// 处理: they signed for it, or answered straight away.
    case handled
    /// 结果: it was answered, or refused for a reason.
    case answered
    /// 反馈: the citizen has been told, or it is on record why they could not be.
    case told
  }

  private var times: [Step: GivenTime] = [:]

  package init() {}

  /// - Parameter time: the event's own.
  package mutating func fold(_ event: CaseEvent, at time: GivenTime) {
    switch event {
    case .opened: reach(.registered, time)
    case .assigned: reach(.reflected, time)
    case .signed: reach(.handled, time)
    case .replied, .refused:
      reach(.handled, time)
      reach(.answered, time)
    case .delivered: reach(.told, time)
    case .undelivered(let delivery) where delivery.final != false: reach(.told, time)
    case .reopened:
      times[.answered] = nil
      times[.told] = nil
    default: break
    }
  }

  private mutating func reach(_ step: Step, _ time: GivenTime) {
    if times[step] == nil { times[step] = time }
  }

  /// `nil` for a step that it hasn't come to.
  package func time(of step: Step) -> GivenTime? { times[step] }

  package var isComplete: Bool { missing == nil }

  /// The first step that it hasn't come to.
  package var missing: Step? { Step.allCases.first { times[$0] == nil } }

  /// How long it took from the step before; `nil` unless it came to both. A reply may bear a time before that at which
  /// it was assigned: that counts as no time at all.
  package func duration(to step: Step) -> Duration? {
    guard let index = Step.allCases.firstIndex(of: step), index > 0, let end = times[step],
      let begin = times[Step.allCases[index - 1]]
    else { return nil }
    return max(.zero, end.instant - begin.instant)
  }
}
