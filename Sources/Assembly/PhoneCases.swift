import Cases
import Logging
import Monitoring
import Offloading
import PhonePage
import Time

/// How far cases have come, for the citizens' pages, from the read model.
struct PhoneCases: CaseProgressSource {
  private let model: ReadModel
  private let clock: @Sendable () -> Instant
  private let logger: Logger
  private let offload = Offload(name: "phone-cases", threads: 2)

  init(model: ReadModel, clock: @escaping @Sendable () -> Instant, logger: Logger) {
    self.model = model
    self.clock = clock
    self.logger = logger
  }

  func progress(of id: CaseID) async -> CaseProgressAnswer {
    do {
      guard let history = try await offload.run({ [model] in try model.history(of: id) }) else { return .notYet }
      return .known(CitizenProgress(history, at: clock()))
    } catch {
      logger.error("a case could not be read", metadata: ["reason": "\(error)"])
      return .unavailable
    }
  }
}

extension CitizenProgress {
  init(_ history: CaseHistory, at now: Instant) {
    let summary = history.summary
    let progress = CaseProgress(history)
    self.init(
      statement: summary.submission.statement, reading: progress.classification?.reading,
      received: summary.submission.received, due: summary.deadline.due, provisional: summary.deadline.provisional,
      overdue: summary.overdue || summary.phase == .open && summary.deadline.expires.instant <= now,
      phase: summary.phase, owner: summary.owner?.name, category: summary.category,
      steps: progress.steps.map { step in
        switch step.state {
        case .done: Step(state: .done, at: step.at)
        case .now: Step(state: .now, at: step.at)
        case .ahead: Step(state: .ahead, at: step.at)
        }
      },
      replies: progress.replies, rating: summary.rating)
  }
}
