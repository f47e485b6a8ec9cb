import Cases
import HTTPTypes
import HTTPValues
import Monitoring
import Time

/// Answers questions from the read model. Blocks its thread.
struct APIReader: Sendable {
  /// Of lines on a page.
  enum Page {
    static let usual = 50
    static let longest = 500
  }

  let model: ReadModel
  let calendar: WorkingCalendar
  let status: @Sendable () -> Follower.Status
  let mask: @Sendable (String) -> String
  let attachmentLink: @Sendable (_ url: String, CaseID) -> String?

  func answer(_ route: APIRoute, _ call: APICall) throws -> Response {
    switch route {
    case .overview: try overview(call)
    case .rates: try rates(call)
    case .trend: try trend(call)
    case .categories: try categories(call)
    case .cases: try cases(call)
    case .find: try find(call)
    case .review: try review(call)
    case .deadLetters: try deadLetters(call)
    case .deadLetter(let id): try deadLetter(id, call)
    case .health: try health(call)
    case .owners: try owners(call)
    case .me: try me(call)
    case .oneCase(let id): try oneCase(id, call)
    case .events(let id): try events(id, call)
    case .outcome(let id, let command): try outcome(id, command, call)
    case .citizen(let id): try citizen(id, call)
    case .commands, .disclose, .settling: .notFound
    }
  }

  // MARK: Sums

  private func overview(_ call: APICall) throws -> Response {
    _ = try call.query()
    let year = yearToDate(call)
    let rates = try model.rates(of: nil, received: year, scope: call.scope, at: call.now)
    let counts = try model.counts(at: call.now, calendar: calendar, scope: call.scope)
    let all = rates.reduce(Rates()) { $0 + $1.rates }
    return .json(
      OverviewView(counts: counts, rates: RatesView(all), from: year.lowerBound, through: year.upperBound))
  }

  private func rates(_ call: APICall) throws -> Response {
    let query = try call.query("kind", "from", "through")
    let kind = try query.choice("kind", Owner.Kind.self)
    let months = try query.months(usual: yearToDate(call))
    return .json(
      OwnerRatesView(months, try model.rates(of: kind, received: months, scope: call.scope, at: call.now)))
  }

  private func trend(_ call: APICall) throws -> Response {
    let days = try call.query("from", "through").days(
      usual: call.today.advanced(byDays: -29)...call.today, longest: 366)
    return .json(TrendView(try model.trend(days: days, at: call.now)))
  }

  private func categories(_ call: APICall) throws -> Response {
    let days = try call.query("from", "through").days(usual: yearToDate(call), longest: 3660)
    return .json(CategoriesView(days, try model.categories(received: days, at: call.now)))
  }

  private func yearToDate(_ call: APICall) -> ClosedRange<CalendarDate> {
    (CalendarDate(year: call.today.year, month: 1, day: 1) ?? call.today)...call.today
  }

  // MARK: Lists

  private func cases(_ call: APICall) throws -> Response {
    let fields = try call.query(
      "standing", "order", "reversed", "owner", "kind", "category", "step", "after", "limit")
    var query = CaseQuery(scope: call.scope)
    query.standing = try fields.choice("standing") ?? .open
    query.order = try fields.choice("order") ?? .due
    query.isReversed = try fields.flag("reversed")
    query.owner = try fields.text("owner")
    query.kind = try fields.choice("kind")
    query.category = try fields.text("category")
    query.step = try fields.choice("step")
    query.after = try fields.text("after", longest: 1000)
    query.limit = try fields.number("limit", in: 1...Page.longest) ?? Page.usual
    let listing = try model.lines(query, at: call.now, calendar: calendar)
    if listing.isCursorUnknown { throw Self.unknownCursor }
    let view = CaseListView(
      total: listing.total, more: listing.isMore, order: listing.order.rawValue,
      cases: listing.lines.map { CaseLineView($0, at: call.now, calendar: calendar) }, next: listing.next)
    return Response.json(view).linked(to: listing.next, call.request)
  }

  private func find(_ call: APICall) throws -> Response {
    guard let text = try call.query("q").text("q", longest: 100) else {
      throw APIProblem.malformed("q", "The parameter q is missing: a case number or a case id.")
    }
    let lines = try model.find(text, in: call.scope, at: call.now)
    return .json(
      CaseListView(
        total: lines.count, more: false, order: CaseQuery.Order.received.rawValue,
        cases: lines.map { CaseLineView($0, at: call.now, calendar: calendar) }, next: nil))
  }

  private func review(_ call: APICall) throws -> Response {
    try call.checkSeesAll()
    let limit = try call.query("limit").number("limit", in: 1...Page.longest) ?? Page.usual
    let (total, cases) = try model.toReview(limit: limit)
    return .json(ReviewView(total: total, cases))
  }

  private func owners(_ call: APICall) throws -> Response {
    _ = try call.query()
    return .json(OwnersView(owners: try model.ownersInCharge()))
  }

  private static let unknownCursor = APIProblem.malformed(
    "after", "after is not what a list of this order gave as its next.")

  // MARK: What stands still

  private func deadLetters(_ call: APICall) throws -> Response {
    try call.checkSeesAll()
    let query = try call.query("after", "limit")
    let limit = try query.number("limit", in: 1...Page.longest) ?? Page.usual
    let listing = try model.deadLetters(after: try query.text("after", longest: 400), limit: limit)
    if listing.isCursorUnknown { throw Self.unknownCursor }
    return Response.json(DeadLetterListView(listing)).linked(to: listing.next, call.request)
  }

  private func deadLetter(_ id: String, _ call: APICall) throws -> Response {
    try call.checkSeesAll()
    _ = try call.query()
    guard let letter = try model.deadLetter(id) else { throw APIProblem.notFound }
    return .json(DeadLetterView(letter))
  }

  private func health(_ call: APICall) throws -> Response {
    try call.checkSeesAll()
    _ = try call.query()
    let letters = try model.deadLetters(after: nil, limit: 1)
    return .json(
      HealthView(
        status(), try model.arriving(at: call.now), deadLetters: letters.waiting,
        parkedKeys: try model.parkedKeys(), undelivered: try model.undelivered()))
  }

  private func me(_ call: APICall) throws -> Response {
    _ = try call.query()
    return .json(MeView(call.visitor))
  }
}
