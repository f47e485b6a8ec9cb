import Accounts
import Cases
import HTTPValues
import Monitoring
import Time
import WebPages

/// Answers `/review`: the cases of which nobody knows for sure what they are about.
struct ReviewDesk: Sendable {
  private static let pageLines = 50
  private static let reportLines = 100_000

  let reading: ModelReading

  func page(_ visit: Visit, _ visitor: Visitor) async throws -> Response {
    var query = CaseQuery(scope: CaseScope(visitor.account), standing: .review, limit: Self.pageLines)
    query.after = visit.request.query["after"]
    let (now, calendar) = (visit.now, reading.calendar)
    let (listing, doubts) = try await reading.page { [query] model in
      let listing = try model.lines(query, at: now, calendar: calendar)
      var doubts: [CaseID: CaseSummary.Doubt] = [:]
      for line in listing.lines { doubts[line.id] = try model.history(of: line.id)?.summary.doubt }
      return (listing, doubts)
    }
    let words = ListWords.of(visit.language)
    return Templates.page(
      "review",
      ReviewPage(
        visit.frame(words.reviewTitle, here: .review, isLive: true), words, listing, doubts: doubts, after: query.after)
    )
  }

  /// Of all, for whoever watches over all.
  func report(_ visit: Visit, _ visitor: Visitor) async throws -> Response {
    let scope = CaseScope(visitor.account)
    let (total, cases) = try await reading.file { model in
      let (total, cases) = try model.toReview(limit: Self.reportLines)
      if scope == .all { return (total, cases) }
      let theirs = try cases.filter { try model.isVisible($0.id, to: scope) }
      return (theirs.count, theirs)
    }
    return .json(ReviewReport(at: GivenTime(visit.now), total: total, cases: cases.map(ReviewReport.Line.init)))
  }
}
