import Accounts
import Cases
import HTTPValues
import Monitoring
import WebPages

/// Answers `/` and `/definitions`.
struct OverviewDesk: Sendable {
  let reading: ModelReading
  private let cache = OverviewCache()
  private let pages = PageCache<Shown>()

  private struct Shown: Hashable {
    let period: Period
    let language: Language
  }

  init(reading: ModelReading) {
    self.reading = reading
  }

  func overview(_ visit: Visit) async throws -> Response {
    let period = visit.request.query["period"].flatMap { Period(rawValue: $0) } ?? .year
    // Whoever hasn't signed in sees what all such see.
    guard visit.visitor == nil, let version = visit.version else { return try await page(visit, period) }
    return try await pages.page(
      Shown(period: period, language: visit.language), version: version, at: visit.now
    ) { [self] in try await page(visit, period) }
  }

  private func page(_ visit: Visit, _ period: Period) async throws -> Response {
    let words = OverviewWords.of(visit.language)
    let (now, calendar, version) = (visit.now, reading.calendar, visit.version)
    let figures = try await reading.page { [cache] model in
      guard let version else { return try OverviewReading(model, period, at: now, calendar: calendar) }
      return try cache.reading(period, version: version, at: now) {
        try OverviewReading(model, period, at: now, calendar: calendar)
      }
    }
    let frame = visit.frame(words.title, here: .overview, isLive: true)
    let linksLists = visit.visitor?.account.seesAll ?? false
    return Templates.page("overview", OverviewPage(frame, words, figures, period, linksLists: linksLists))
  }

  func definitions(_ visit: Visit) -> Response {
    let words = OverviewWords.of(visit.language).definitions
    return Templates.page("definitions", DefinitionsPage(frame: visit.frame(words.title), d: words))
  }
}
