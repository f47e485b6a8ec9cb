import Cases
import Time

/// What the read model knows of one case: the fold of its events, with what only lists ask for.
struct CaseFacts: Hashable {
  var summary: CaseSummary
  /// The word of its last event, such as `replied`; its whole type where that is none of ours.
  private(set) var lastEvent: String
  private(set) var lastTime: GivenTime?
  /// The `ce_sequence` of the event that answered it last; 0 where none has, or it was taken up again since.
  private(set) var answer: Int
  /// Nobody could bring that answer to its citizen, and nothing is left to try.
  private(set) var undelivered: Bool

  init(summary: CaseSummary, lastEvent: String, lastTime: GivenTime?, answer: Int, undelivered: Bool) {
    self.summary = summary
    self.lastEvent = lastEvent
    self.lastTime = lastTime
    self.answer = answer
    self.undelivered = undelivered
  }

  /// - Returns: `nil` if that isn't how a case begins.
  init?(first event: RecordedEvent) {
    guard let known = event.event, let summary = CaseSummary(id: event.id, first: known) else { return nil }
    self.init(
      summary: summary, lastEvent: known.name, lastTime: event.time, answer: 0, undelivered: false)
    self.summary.events = event.sequence
  }

  /// Takes in the next event of this case.
  mutating func fold(_ event: RecordedEvent) {
    if let known = event.event {
      summary.fold(known, at: event.time)
      switch known {
      case .replied, .refused: (answer, undelivered) = (event.sequence, false)
      case .reopened: (answer, undelivered) = (0, false)
      case .delivered(let delivery) where concernsAnswer(delivery): undelivered = false
      case .undelivered(let delivery) where delivery.final != false && concernsAnswer(delivery): undelivered = true
      default: break
      }
    }
    summary.events = event.sequence
    lastEvent = CaseEvent.name(of: event.type) ?? event.type
    lastTime = event.time
  }

  /// An answer's name, `CASE.SEQUENCE.0`, says which event gave it. Any other name is taken for the present answer's.
  private func concernsAnswer(_ delivery: CaseEvent.Delivery) -> Bool {
    guard answer > 0 else { return false }
    let names = delivery.feedback.split(separator: ".")
    guard names.count > 2, let sequence = Int(names[names.count - 2]) else { return true }
    return sequence == answer
  }
}
