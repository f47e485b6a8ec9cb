import Cases
import HTTPTypes
package import HTTPValues
import Logging
package import Metrics
import Time
import WebPages

/// `GET` and `POST /sign-in`, `POST /sign-out`. Works without scripts.
package struct SignInController: Controller {
  private enum Outcome: String, CaseIterable {
    case succeeded, wrong, incomplete, malformed, busy
    case tooOften = "too-often"
    case crossSite = "cross-site"
    case noUsers = "no-users"
  }

  private let doorkeeper: Doorkeeper
  private let passwords: PasswordCheck
  private let throttle: SignInThrottle
  private let counters: [Outcome: Counter]

  package init(
    doorkeeper: Doorkeeper, passwords: PasswordCheck = PasswordCheck(),
    metrics: any MetricsFactory = MetricsSystem.factory
  ) {
    self.doorkeeper = doorkeeper
    self.passwords = passwords
    throttle = SignInThrottle(metrics: metrics)
    counters = Dictionary(
      uniqueKeysWithValues: Outcome.allCases.map { outcome in
        let dimensions = [("outcome", outcome.rawValue)]
        return (outcome, Counter(label: "huiyin_sign_ins", dimensions: dimensions, factory: metrics))
      })
  }

  package func respond(to request: Request) async -> Response? {
    switch (request.segments, request.method) {
    case (["sign-in"], .get): return await form(request)
    case (["sign-in"], .post):
      let (outcome, response) = await signIn(request)
      counters[outcome]?.increment()
      return response
    case (["sign-in"], _): return .methodNotAllowed(.get, .post)
    case (["sign-out"], .post): return await signOut(request)
    case (["sign-out"], _): return .methodNotAllowed(.post)
    default: return nil
    }
  }

  package func bodyLimit(for request: Request) -> Int? {
    request.segments == ["sign-in"] || request.segments == ["sign-out"] ? 8 << 10 : nil
  }

  private func form(_ request: Request) async -> Response {
    let target = request.query["to"].flatMap { LocalTarget($0) }
    // Also sees to it that users are there who were added just now.
    if let visitor = await doorkeeper.visitor(of: request) {
      return PagePolicy.see(target?.text ?? visitor.account.landing.address)
    }
    var page = page(request, to: target)
    if request.query["out"] != nil { page.note = page.w.signedOut }
    return page.response()
  }

  private func page(_ request: Request, to target: LocalTarget?, name: String = "") -> SignInPage {
    let isOpen = !doorkeeper.isSecure(request) && request.client?.isLoopback != true
    return SignInPage(
      .preferred(by: request), hasUsers: doorkeeper.hasUsers, to: target, name: name, isOpen: isOpen,
      asOf: doorkeeper.clock().rfc3339(offset: .shanghai))
  }

  private func signIn(_ request: Request) async -> (Outcome, Response) {
    guard doorkeeper.hasUsers else { return (.noUsers, page(request, to: nil).response(.serviceUnavailable)) }
    guard Origin.isOurs(request) else {
      return (.crossSite, refused(page(request, to: nil), .forbidden) { $0.crossSite })
    }
    guard let fields = request.form else {
      return (.malformed, refused(page(request, to: nil), .badRequest) { $0.malformed })
    }
    let name = Self.trimmed(fields["name"] ?? "")
    let password = fields["password"] ?? ""
    let target = fields["to"].flatMap { LocalTarget($0) }
    var page = page(request, to: target, name: name)
    if name.isEmpty { page.nameFault = page.w.nameMissing }
    if password.isEmpty { page.passwordFault = page.w.passwordMissing }
    if name.isEmpty || password.isEmpty { return (.incomplete, page.response(.unprocessableContent)) }
    let attempt = SignInThrottle.Attempt(
      name: name, browser: doorkeeper.knownBrowser(request, of: name), client: request.client)
    if let wait = throttle.wait(attempt, at: doorkeeper.clock()) {
      page.trouble = page.w.tooOften(wait)
      let seconds = (wait.milliseconds + 999) / 1000
      return (.tooOften, page.response(.tooManyRequests).with(.retryAfter, "\(max(1, seconds))"))
    }
    let users = doorkeeper.users.current
    let user = users[name]
    switch await passwords.isRight(password, for: user, cost: users.cost) {
    case nil:
      throttle.cancel(attempt, at: doorkeeper.clock())
      return (.busy, refused(page, .serviceUnavailable) { $0.busy }.with(.retryAfter, "5"))
    case true?:
      guard let user else { break }
      throttle.succeeded(attempt, at: doorkeeper.clock())
      return (.succeeded, opened(user, request, target))
    case false?: break
    }
    // What was typed for a name that nobody has may be a password.
    doorkeeper.logger.notice("a sign-in failed", metadata: ["user": "\(user?.account.name ?? "unknown")"])
    page.passwordFault = page.w.wrong
    return (.wrong, page.response(.unprocessableContent))
  }

  private func opened(_ user: User, _ request: Request, _ target: LocalTarget?) -> Response {
    doorkeeper.logger.info(
      "signed in", metadata: ["user": "\(user.account.name)", "role": "\(user.account.role.rawValue)"])
    return PagePolicy.see(target?.text ?? user.account.landing.address)
      .adding(.setCookie, doorkeeper.begin(for: user, on: request))
      .adding(.setCookie, doorkeeper.remembering(user, on: request))
  }

  private func refused(
    _ page: SignInPage, _ status: HTTPResponse.Status, _ trouble: (SignInWords) -> String
  ) -> Response {
    var page = page
    page.trouble = trouble(page.w)
    return page.response(status)
  }

  private func signOut(_ request: Request) async -> Response {
    if let visitor = await doorkeeper.visitor(of: request) {
      guard doorkeeper.accepts(request.form?[Doorkeeper.formField], of: visitor) else {
        return .problem(.forbidden, "This was not sent from a page of ours that you were shown.")
      }
      if let session = visitor.session {
        await doorkeeper.end(session)
        doorkeeper.logger.info("signed out", metadata: ["user": "\(visitor.account.name)"])
      }
    }
    return PagePolicy.see("/sign-in?out=1").adding(.setCookie, doorkeeper.clearing(on: request))
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
