import Accounts
import Cases
import HTTPValues
import Monitoring
import WebPages

/// Answers `/` and `/definitions`.
struct OverviewDesk: Sendable {
  let reading: ModelReading
  /// Of the model: grows with all that is folded into it. `nil` where nobody counts, and nothing is kept.
  let version: (@Sendable () -> Int)?
  private let cache = OverviewCache()

  init(reading: ModelReading, version: (@Sendable () -> Int)?) {
    self.reading = reading
    self.version = version
  }

  func overview(_ visit: Visit) async throws -> Response {
    let period = visit.request.query["period"].flatMap { Period(rawValue: $0) } ?? .year
    let words = OverviewWords.of(visit.language)
    let (now, calendar) = (visit.now, reading.calendar)
    let figures = try await reading.page { [cache, version] model in
      guard let version = version?() else { return try OverviewReading(model, period, at: now, calendar: calendar) }
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
