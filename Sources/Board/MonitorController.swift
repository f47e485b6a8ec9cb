package import Cases
package import Monitoring
import HTTPTypes
package import HTTPValues
package import Logging
import Mustache
import Offloading
import WebPages
package import Time

/// The board (`/`), the overdue list (`/overdue`, `/overdue.json`), the review queue (`/review`,
/// `/review.json`) and the page of one case (`/cases/{id}?k=…`), each as a
/// page; all but the board also as JSON for whoever prefers `application/json`.
package struct MonitorController: Controller {
  /// How many lines the board, the overdue page and its JSON form have at most.
  private enum Limit {
    static let board = 20
    static let page = 1000
    static let report = 100_000
  }

  private let model: ReadModel
  private let secret: CaseKey.Secret
  private let calendar: WorkingCalendar
  private let attachmentLink: @Sendable (_ url: String, CaseID) -> String?
  private let clock: @Sendable () -> Instant
  private let logger: Logger
  private let offload = Offload(name: "monitor-read", threads: 2)

  /// - Parameter attachmentLink: where a browser finds an attachment of that case that is kept here; `nil` for one that
  ///   isn't.
  package init(
    model: ReadModel, secret: CaseKey.Secret, calendar: WorkingCalendar,
    attachmentLink: @escaping @Sendable (_ url: String, CaseID) -> String? = { _, _ in nil },
    clock: @escaping @Sendable () -> Instant, logger: Logger
  ) {
    self.model = model
    self.secret = secret
    self.calendar = calendar
    self.attachmentLink = attachmentLink
    self.clock = clock
    self.logger = logger
  }

  package func respond(to request: Request) async -> Response? {
    let answer: (Request) async throws -> Response
    switch request.segments {
    case []: answer = board
    case ["overdue"]: answer = { try await overdue($0, asJSON: Self.prefersJSON($0)) }
    case ["overdue.json"]: answer = { try await overdue($0, asJSON: true) }
    case ["review"]: answer = { try await review($0, asJSON: Self.prefersJSON($0)) }
    case ["review.json"]: answer = { try await review($0, asJSON: true) }
    case ["huiyin.css"]: answer = { _ in Self.stylesheet }
    default:
      guard request.segments.count == 2, request.segments[0] == "cases" else { return nil }
      answer = oneCase
    }
    guard request.method == .get else { return .methodNotAllowed(.get) }
    do {
      return PagePolicy.guarded(try await answer(request))
    } catch {
      logger.error("a page could not be read from the model", metadata: ["reason": "\(error)"])
      let detail = "The cases cannot be read just now. Try again later."
      return Response.problem(.serviceUnavailable, detail).with(.retryAfter, "5")
    }
  }

  private func board(_ request: Request) async throws -> Response {
    let language = Language.preferred(by: request)
    let words = Words.of(language)
    let (counts, report) = try await overdueReport(limit: Limit.board)
    let frame = PageFrame(
      language, heading: words.board, here: .overview, person: nil, asOf: report.at.instant.forReading)
    return page("board", BoardPage(words, frame, counts: counts, report: report))
  }

  private func overdue(_ request: Request, asJSON: Bool) async throws -> Response {
    let (counts, report) = try await overdueReport(limit: asJSON ? Limit.report : Limit.page)
    if asJSON { return .json(report) }
    let language = Language.preferred(by: request)
    let words = Words.of(language)
    let frame = PageFrame(
      language, heading: words.overdueList, here: .overdue, person: nil, asOf: report.at.instant.forReading)
    return page("overdue", BoardPage(words, frame, counts: counts, report: report))
  }

  private func review(_ request: Request, asJSON: Bool) async throws -> Response {
    let now = clock()
    let (total, cases) = try await offload.run { [model] in
      try model.toReview(limit: asJSON ? Limit.report : Limit.page)
    }
    let report = ReviewReport(at: GivenTime(now), total: total, cases: cases.map(ReviewReport.Line.init))
    if asJSON { return .json(report) }
    let language = Language.preferred(by: request)
    let words = Words.of(language)
    let frame = PageFrame(language, heading: words.review, here: .review, person: nil, asOf: now.forReading)
    return page("review", ReviewPage(words, frame, report))
  }

  private func overdueReport(limit: Int) async throws -> (CaseCounts, OverdueReport) {
    let now = clock()
    return try await offload.run { [model, calendar] in
      let counts = try model.counts(at: now, calendar: calendar)
      let lines = try model.overdue(at: now, limit: limit)
        .map { OverdueReport.Line($0, at: now, calendar: calendar) }
      return (counts, OverdueReport(at: GivenTime(now), total: max(counts.overdue, lines.count), cases: lines))
    }
  }

  /// The key is looked at before the model, so that nobody without it learns, even from the time an answer takes,
  /// whether there is such a case.
  private func oneCase(_ request: Request) async throws -> Response {
    guard let id = CaseID(request.segments[1]), CaseKey(of: id, under: secret).matches(request.query["k"] ?? "") else {
      return message(request, \.notFound)
    }
    let now = clock()
    guard let history = try await offload.run({ [model] in try model.history(of: id) }) else {
      // Whoever has the key was given it for an opinion that the log has.
      return message(request, \.notYet).with(.retryAfter, "5")
    }
    let summary = history.summary
    let isOverdue = summary.overdue || summary.phase == .open && summary.deadline.expires.instant <= now
    if Self.prefersJSON(request) { return .json(CaseReport(history, isOverdue: isOverdue)) }
    let language = Language.preferred(by: request)
    let words = Words.of(language)
    let heading = words.caseNumber + " " + (summary.number ?? id.text)
    let frame = PageFrame(language, heading: heading, person: nil, asOf: now.forReading)
    return page(
      "case", CasePage(words, frame, history, isOverdue: isOverdue, attachmentLink: { attachmentLink($0, id) }))
  }

  /// 404, as a page for a browser and as a problem for everyone else.
  private func message(_ request: Request, _ text: KeyPath<Words, String>) -> Response {
    let language = Language.preferred(by: request)
    let words = Words.of(language)
    guard Preference(request[.accept]).weight(of: "text/html") > 0 else {
      return .problem(.notFound, Words.english[keyPath: text])
    }
    let frame = PageFrame(language, heading: words.notFoundTitle, person: nil, asOf: clock().forReading)
    let content: [String: Any] = ["frame": frame, "text": words[keyPath: text]]
    return page("message", content, status: .notFound)
  }

  private func page(_ template: String, _ content: Any, status: HTTPResponse.Status = .ok) -> Response {
    guard let html = Templates.library?.render(content, withTemplate: template) else {
      return .problem(.internalServerError, "The page cannot be made.")
    }
    return .html(html, status: status)
  }

  private static var stylesheet: Response {
    Response(type: "text/css; charset=utf-8", body: Array(Stylesheet.text.utf8))
  }

  private static func prefersJSON(_ request: Request) -> Bool {
    let preference = Preference(request[.accept])
    return preference.weight(of: "application/json") > preference.weight(of: "text/html")
  }
}
