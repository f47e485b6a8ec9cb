import HTTPValues
import Offloading
import WebPages

/// Answers `/health`.
struct HealthDesk: Sendable {
  let reading: ModelReading
  let source: any PipelineHealthSource
  private let offload = Offload(name: "board-health", threads: 1, limit: 100)

  init(reading: ModelReading, source: any PipelineHealthSource) {
    self.reading = reading
    self.source = source
  }

  func page(_ visit: Visit) async throws -> Response {
    let now = visit.now
    let health = try await offload.run { [source] in source.health(at: now) }
    let figures = try await reading.page { model in try HealthPage.Figures(model, at: now) }
    let words = HealthWords.of(visit.language)
    let page = HealthPage(
      visit.frame(words.title, here: .health), words, health, figures, calendar: reading.calendar, at: now)
    return Templates.page("health", page)
  }
}
