package import Cases
package import Logging
import Offloading

/// Lists cases from the read model.
package struct ReadModelCaseBook: CaseBook {
  private let model: ReadModel
  private let logger: Logger
  private let offload = Offload(name: "case-book", threads: 1)

  package init(model: ReadModel, logger: Logger) {
    self.model = model
    self.logger = logger
  }

  package func cases(matching filter: CaseFilter) async -> [ListedCase]? {
    await answer { model in try model.cases(matching: filter) }
  }

  package func cases(_ ids: [CaseID]) async -> [ListedCase]? {
    await answer { model in try model.cases(ids) }
  }

  private func answer(_ body: @escaping @Sendable (ReadModel) throws -> [ListedCase]) async -> [ListedCase]? {
    do {
      return try await offload.run { [model] in try body(model) }
    } catch {
      logger.error("cases could not be listed from the model", metadata: ["reason": "\(error)"])
      return nil
    }
  }
}
