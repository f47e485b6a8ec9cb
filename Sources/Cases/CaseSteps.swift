package import Time

/// The five steps that every case must come through (来访有登记、登记有反映、反映有处理、处理有结果、结果有反馈): when it came
/// to each, as its events say.
///
/// A fold over the events of one case, in order. A case that is taken up again has to come to a result, and to its
/// citizen, anew: word of an answer given before that counts for nothing.
package struct CaseSteps: Hashable, Sendable {
  package enum Step: String, Hashable, Sendable, CaseIterable {
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
  /// The `ce_sequence` at which it was taken up again last.
  private var reopened: Int?

  package init() {}

  /// - Parameters:
  ///   - sequence: the event's `ce_sequence`.
  ///   - time: the event's own.
  package mutating func fold(_ event: CaseEvent, sequence: Int, at time: GivenTime) {
    switch event {
    case .opened: reach(.registered, time)
    case .assigned: reach(.reflected, time)
    case .signed: reach(.handled, time)
    case .replied, .refused:
      reach(.handled, time)
      reach(.answered, time)
    case .delivered(let delivery) where isOfThisRound(delivery): reach(.told, time)
    case .undelivered(let delivery) where delivery.final != false && isOfThisRound(delivery): reach(.told, time)
    case .reopened:
      reopened = sequence
      times[.answered] = nil
      times[.told] = nil
    default: break
    }
  }

  /// An answer's name, `CASE.SEQUENCE.0`, says which event gave it. Any other name is taken for the present answer's.
  private func isOfThisRound(_ delivery: CaseEvent.Delivery) -> Bool {
    guard times[.answered] != nil else { return false }
    let names = delivery.feedback.split(separator: ".")
    guard let reopened, names.count > 2, let answered = Int(names[names.count - 2]) else { return true }
    return answered > reopened
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
