package import Cases
import EventLog
import HTTPTypes
package import HTTPValues
package import Outbox
import Streams
package import Time

/// `GET /c/{case}?k=…`: where a citizen's case stands, the answer, and what they think of it; `POST` takes that.
package struct PhoneCaseController: Controller {
  private let source: any CaseProgressSource
  private let outbox: any Outbox
  private let secret: CaseKey.Secret
  private let formAge: Duration
  private let clock: @Sendable () -> Instant
  private let makeID: @Sendable () -> String

  /// - Parameters:
  ///   - formAge: how long the page may be open before a rating has to be tapped once more.
  ///   - makeID: gives a new id at each call that nobody can guess: 1 to 64 of `A–Z a–z 0–9 - _`.
  package init(
    source: any CaseProgressSource, outbox: any Outbox, secret: CaseKey.Secret,
    formAge: Duration = .seconds(12 * 3600), clock: @escaping @Sendable () -> Instant,
    makeID: @escaping @Sendable () -> String
  ) {
    self.source = source
    self.outbox = outbox
    self.secret = secret
    self.formAge = formAge
    self.clock = clock
    self.makeID = makeID
  }

  package func respond(to request: Request) async -> Response? {
    guard request.segments.count == 2, request.segments[0] == "c" else { return nil }
    guard request.method == .get || request.method == .post else { return .methodNotAllowed(.get, .post) }
    let words = PhoneWords.preferred(by: request)
    // Looked at before the read model, so that nobody without the key learns, even from the time an answer takes, whether
    // there is such a case.
    guard let id = CaseID(request.segments[1]), CaseKey(of: id, under: secret).matches(request.query["k"] ?? "") else {
      return PagePolicy.page(
        "message", MessagePage(words, title: words.notFoundTitle, text: words.notFound), status: .notFound)
    }
    if request.method == .post { return await rate(request, id, words) }
    return await shown(id, words, isRated: request.query["rated"] != nil)
  }

  private func address(of id: CaseID) -> String { "/c/\(id)?k=\(CaseKey(of: id, under: secret).text)" }

  /// - Parameter trouble: with the rating that was sent.
  private func shown(
    _ id: CaseID, _ words: PhoneWords, isRated: Bool = false, trouble: String? = nil, remark: String = "",
    token given: FormToken? = nil, status: HTTPResponse.Status = .ok
  ) async -> Response {
    switch await source.progress(of: id) {
    case .notYet: return PagePolicy.page("case", PhoneCasePage(words, entering: id))
    case .unavailable:
      let link = MessagePage.Link(address: address(of: id), label: words.again)
      let page = MessagePage(words, title: words.unavailableTitle, text: words.caseUnavailable, link: link)
      return PagePolicy.page("message", page, status: .serviceUnavailable).with(.retryAfter, "10")
    case .known(let progress):
      var page = PhoneCasePage(
        words, id, progress, action: address(of: id), isRated: isRated, secret: secret)
      if page.canRate {
        guard let token = given ?? FormToken(id: makeID(), minted: clock()) else {
          return .problem(.internalServerError, "The page cannot be made.")
        }
        page.formToken = token.text(page: Self.page(of: id), secret: secret)
        page.trouble = trouble
        page.remark = remark
      }
      return PagePolicy.page("case", page, status: status)
    }
  }

  private func rate(_ request: Request, _ id: CaseID, _ words: PhoneWords) async -> Response {
    guard Origin.isOurs(request) else {
      let page = MessagePage(words, title: words.refusedTitle, text: words.crossSite)
      return PagePolicy.page("message", page, status: .forbidden)
    }
    let fields = request.form ?? [:]
    let remark = Rating.text(fields) ?? ""
    let now = clock()
    guard let token = FormToken(fields["form"] ?? "", page: Self.page(of: id), secret: secret),
      token.isFresh(at: now, for: formAge), let rating = Rating(fields: fields)
    else {
      return await shown(id, words, trouble: words.rateAgain, remark: remark, status: .unprocessableContent)
    }
    let command = CaseCommand.rate(CaseCommand.Rate(satisfaction: rating.satisfaction, text: rating.text))
    let event = CloudEvent(
      id: "rate-" + token.id, source: Sources.page, type: command.type, subject: id.text, time: GivenTime(now),
      data: command.data)
    switch await outbox.put([Output(to: Topics.commands, event.record(key: id.key))]) {
    case .durable: return PagePolicy.see(address(of: id) + "&rated")
    case .tooLarge, .unavailable:
      return await shown(
        id, words, trouble: words.rateUnavailable, remark: remark, token: token, status: .serviceUnavailable
      ).with(.retryAfter, "10")
    }
  }

  private static func page(of id: CaseID) -> String { "c\n\(id)" }
}
