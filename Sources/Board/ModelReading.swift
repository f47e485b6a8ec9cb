import Cases
import Monitoring
import Offloading
import Time

/// The read model, asked on threads of its own.
struct ModelReading: Sendable {
  let model: ReadModel
  let calendar: WorkingCalendar
  private let pages = Offload(name: "monitor-read", threads: 2)
  /// One at a time, so that nobody's page waits for somebody's file.
  private let files = Offload(name: "monitor-export", threads: 1, limit: 4)

  init(model: ReadModel, calendar: WorkingCalendar) {
    self.model = model
    self.calendar = calendar
  }

  /// - Throws: what `body` throws, or `Offload.Refusal`.
  func page<Value: Sendable>(_ body: @escaping @Sendable (ReadModel) throws -> Value) async throws -> Value {
    try await pages.run { [model] in try body(model) }
  }

  /// For what takes seconds.
  func file<Value: Sendable>(_ body: @escaping @Sendable (ReadModel) throws -> Value) async throws -> Value {
    try await files.run { [model] in try body(model) }
  }
}
