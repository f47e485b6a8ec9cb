package import Accounts
package import Cases
import EventLog
import HTTPTypes
package import HTTPValues
package import Logging
package import Monitoring
import Offloading
package import Streams
package import Time
import WebPages

/// The supervision office's pages. The overview (`/`) and what its rates mean (`/definitions`) are for everybody; a case
/// (`/cases/{id}?k=…`) also for its citizen, as a page or as JSON. Who signs in sees lists (`/overdue`, `/cases`, also as
/// CSV, `/overdue.json`) and cases: all, or those that are theirs. `/review`, `/dead-letters` and `/health` are for some
/// roles alone.
package struct MonitorController: Controller {
  private let overview: OverviewDesk
  private let lists: ListDesk
  private let cases: CaseDesk
  private let review: ReviewDesk
  private let letters: LetterDesk
  private let health: HealthDesk
  private let doorkeeper: Doorkeeper
  private let rebuilding: @Sendable () -> Follower.Rebuilding?
  private let clock: @Sendable () -> Instant
  private let logger: Logger

  /// - Parameters:
  ///   - secret: of the citizens' keys.
  ///   - letters: what settles dead letters.
  ///   - rebuilding: how far the model is, while it is built anew.
  ///   - version: of the model, as ``News/version`` tells it; `nil` where nobody counts.
  ///   - mask: masks the personal numbers of a text.
  ///   - attachmentLink: where a browser finds an attachment of that case that is kept here; `nil` for one that isn't.
  package init(
    model: ReadModel, doorkeeper: Doorkeeper, secret: CaseKey.Secret, calendar: WorkingCalendar,
    letters: DeadLetterOffice, health: any PipelineHealthSource,
    rebuilding: @escaping @Sendable () -> Follower.Rebuilding?, version: (@Sendable () -> Int)? = nil,
    mask: @escaping @Sendable (String) -> String,
    attachmentLink: @escaping @Sendable (_ url: String, CaseID) -> String? = { _, _ in nil },
    clock: @escaping @Sendable () -> Instant, logger: Logger
  ) {
    let reading = ModelReading(model: model, calendar: calendar)
    overview = OverviewDesk(reading: reading, version: version)
    lists = ListDesk(reading: reading)
    cases = CaseDesk(reading: reading, secret: secret, mask: mask, attachmentLink: attachmentLink)
    review = ReviewDesk(reading: reading)
    self.letters = LetterDesk(reading: reading, office: letters, doorkeeper: doorkeeper, logger: logger)
    self.health = HealthDesk(reading: reading, source: health)
    self.doorkeeper = doorkeeper
    self.rebuilding = rebuilding
    self.clock = clock
    self.logger = logger
  }

  package func bodyLimit(for request: Request) -> Int? {
    Route(request.segments)?.takesForms == true ? 8 << 10 : nil
  }

  package func respond(to request: Request) async -> Response? {
    guard let route = Route(request.segments) else { return nil }
    guard request.method == .get || route.takesForms && request.method == .post else {
      return route.takesForms ? .methodNotAllowed(.get, .post) : .methodNotAllowed(.get)
    }
    if route == .stylesheet { return Self.stylesheet }
    do {
      return PagePolicy.guarded(try await answer(route, request))
    } catch Offload.Refusal.full {
      return .overloaded
    } catch {
      logger.error("a page could not be made", metadata: ["reason": "\(error)"])
      let detail = "The cases cannot be read just now. Try again later."
      return Response.problem(.serviceUnavailable, detail).with(.retryAfter, "5")
    }
  }

  /// Who may, and then what.
  private func answer(_ route: Route, _ request: Request) async throws -> Response {
    let now = clock()
    if case .oneCase(let id) = route, request.query["k"] != nil {
      return try await cases.keyed(Visit(request, by: nil, at: now), id)
    }
    let visitor: Visitor?
    switch await doorkeeper.entry(of: request) {
    case .visitor(let known): visitor = known
    case .nobody: visitor = nil
    case .refused(let refusal): return doorkeeper.refusal(refusal)
    }
    let visit = Visit(request, by: visitor, at: now)
    guard let visitor else {
      guard route.access == .everybody else { return noOne(route, request) }
      return try await open(route, visit)
    }
    if case .roles(let roles) = route.access, !roles.contains(visitor.account.role) {
      return forbidden(visit)
    }
    let response = try await route.access == .everybody ? open(route, visit) : inside(route, visit, visitor)
    return doorkeeper.renewed(response, for: visitor)
  }

  /// What everybody may see.
  private func open(_ route: Route, _ visit: Visit) async throws -> Response {
    if route == .definitions { return overview.definitions(visit) }
    if let rebuilding = rebuilding() { return notYet(visit, rebuilding) }
    return try await overview.overview(visit)
  }

  private func inside(_ route: Route, _ visit: Visit, _ visitor: Visitor) async throws -> Response {
    // A list that is half there would be taken for a whole one.
    if route.isList, let rebuilding = rebuilding() {
      return notYet(visit, rebuilding, isForPrograms: route.isFile)
    }
    switch route {
    case .overview, .definitions, .stylesheet: return .notFound
    case .overdue(let form): return try await list(visit, visitor, form, isOverdue: true)
    case .cases(let form): return try await list(visit, visitor, form, isOverdue: false)
    case .oneCase(let id): return try await cases.office(visit, visitor, id)
    case .review(let form):
      return form == .json || visit.request.prefersJSON
        ? try await review.report(visit, visitor) : try await review.page(visit, visitor)
    case .letters: return try await letters.list(visit)
    case .letter(let id): return try await letters.one(visit, id)
    case .settling(let id, let verb):
      return visit.request.method == .post
        ? try await letters.settle(visit, visitor, id, verb) : try await letters.ask(visit, visitor, id, verb)
    case .health: return try await health.page(visit)
    }
  }

  private func list(
    _ visit: Visit, _ visitor: Visitor, _ form: Route.Form, isOverdue: Bool
  ) async throws -> Response {
    switch form {
    case .csv: return try await lists.file(visit, visitor, isOverdue: isOverdue)
    case .json: return try await lists.overdueReport(visit, visitor)
    case .page:
      if isOverdue, visit.request.prefersJSON { return try await lists.overdueReport(visit, visitor) }
      return try await lists.list(visit, visitor, isOverdue: isOverdue)
    }
  }

  private func noOne(_ route: Route, _ request: Request) -> Response {
    switch route {
    case .overdue(.json), .review(.json):
      Response.problem(.unauthorized, "Sign in, or send an API key that allows this.")
        .with(.wwwAuthenticate, "Bearer realm=\"huiyin\"")
    default: doorkeeper.noOne(request)
    }
  }

  private func forbidden(_ visit: Visit) -> Response {
    if visit.request.prefersJSON { return .problem(.forbidden, Words.english.notYours) }
    let words = visit.words
    return Templates.page(
      "message", MessagePage(frame: visit.frame(words.notYoursTitle), text: words.notYours), status: .forbidden)
  }

  private func notYet(
    _ visit: Visit, _ rebuilding: Follower.Rebuilding, isForPrograms: Bool = false
  ) -> Response {
    let words = OverviewWords.of(visit.language)
    if isForPrograms || visit.request.prefersJSON {
      return Response.problem(.serviceUnavailable, "The cases are being read anew.").with(.retryAfter, "10")
    }
    return Templates.page(
      "rebuilding", RebuildingPage(visit.frame(words.rebuilding, isLive: true), words, rebuilding))
  }

  private static var stylesheet: Response {
    Response(type: "text/css; charset=utf-8", body: Array(Stylesheet.text.utf8))
      .with(.cacheControl, "public, max-age=300").with(.xContentTypeOptions, "nosniff")
  }
}
