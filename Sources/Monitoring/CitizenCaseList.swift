package import Cases
package import Logging
import Offloading
import Time

/// The cases of a citizen, from the read model.
package struct CitizenCaseList: CitizenCases {
  private let model: ReadModel
  private let secret: CaseKey.Secret
  private let pageBase: String
  private let logger: Logger
  private let offload = Offload(name: "citizen-cases", threads: 1)

  /// - Parameter pageBase: what stands before `/c/…` in the address of a case's page, without a slash at its end.
  package init(model: ReadModel, secret: CaseKey.Secret, pageBase: String, logger: Logger) {
    self.model = model
    self.secret = secret
    self.pageBase = pageBase
    self.logger = logger
  }

  package func cases(of citizen: String, limit: Int) async -> [CitizenCase]? {
    do {
      return try await offload.run { [model] in try model.cases(of: citizen, limit: limit) }.map { summary in
        CitizenCase(
          id: summary.id, received: summary.submission.received, phase: summary.phase, due: summary.deadline.due,
          overdue: summary.overdue, owner: summary.owner?.name, category: summary.category, reply: summary.reply,
          rated: summary.rating != nil,
          page: "\(pageBase)/c/\(summary.id)?k=\(CaseKey(of: summary.id, under: secret).text)")
      }
    } catch {
      logger.error("a citizen's cases could not be read", metadata: ["reason": "\(error)"])
      return nil
    }
  }
}
