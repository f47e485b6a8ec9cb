package import APIKeys
import ByteText
package import Cases
import HTTPTypes
package import HTTPValues
package import Logging
package import Metrics
import Offloading
package import Time

/// Says who sends a request, and whether a form was of a page that they were shown.
package final class Doorkeeper: Sendable {
  /// Who sends a request, or why it isn't known.
  package enum Entry: Sendable {
    case visitor(Visitor)
    case nobody
    /// The key of the API that came along doesn't let them in.
    case refused(APIKeyCheck.Refusal)
  }

  /// The field of a form that carries ``Visitor/formToken``.
  package static let formField = "form"

  let users: UserWatch
  let clock: @Sendable () -> Instant
  let logger: Logger
  private let secret: CaseKey.Secret
  private let signOuts: SignOuts
  private let keys: APIKeyCheck?
  private let entrance: Entrance
  private let makeID: @Sendable () -> String
  private let ignored: Counter
  /// For the file of users and that of the sign-outs.
  private let offload = Offload(name: "accounts", threads: 1)

  /// - Parameters:
  ///   - secret: of the sessions. A new one ends them all.
  ///   - keys: those of the API, if there are any.
  ///   - makeID: gives a new id at each call that nobody can guess: 1 to 64 of `A–Z a–z 0–9 - _`.
  package init(
    users: UserWatch, secret: CaseKey.Secret, signOuts: SignOuts, keys: APIKeyCheck? = nil,
    entrance: Entrance = Entrance(), clock: @escaping @Sendable () -> Instant, makeID: @escaping @Sendable () -> String,
    logger: Logger, metrics: any MetricsFactory = MetricsSystem.factory
  ) {
    self.users = users
    self.secret = secret
    self.signOuts = signOuts
    self.keys = keys
    self.entrance = entrance
    self.clock = clock
    self.makeID = makeID
    self.logger = logger
    ignored = Counter(label: "huiyin_user_header_ignored", factory: metrics)
    signOuts.refresh(at: clock())
  }

  /// Whether anybody can sign in at all.
  package var hasUsers: Bool { !users.current.isEmpty }

  /// Who sends that request; `nil` for nobody, who is answered with ``noOne(_:)``.
  package func visitor(of request: Request) async -> Visitor? {
    guard case .visitor(let visitor) = await entry(of: request) else { return nil }
    return visitor
  }

  /// The same for those who tell a client what is wrong with its key.
  ///
  /// A key comes before a proxy's word, and that before a session; what comes with the request and isn't right is
  /// never made up for by what comes after it.
  package func entry(of request: Request) async -> Entry {
    if APIKeyCheck.isGiven(in: request) { return entry(byKeyOf: request) }
    let now = clock()
    await refresh(at: now)
    if let header = entrance.userHeader, let name = request[header.name] {
      if let peer = request.peer, header.proxies.contains(peer) { return entry(ofUser: name, request) }
      ignored.increment()
    }
    return entry(bySessionOf: request, at: now)
  }

  /// Whether a form with that token may be acted upon: it was of a page that this visitor was shown, and the browser tells
  /// of no other site. A key of the API needs no token, but the scope.
  package func accepts(_ token: String?, of visitor: Visitor) -> Bool {
    guard visitor.mayCommand else { return false }
    if visitor.isClient { return true }
    return ConstantTime.isEqual(visitor.formToken, token ?? "")
  }

  /// The response that goes to that visitor: with the header that keeps their session going, when that is due.
  package func renewed(_ response: Response, for visitor: Visitor) -> Response {
    guard let renewal = visitor.renewal else { return response }
    return response.adding(.setCookie, renewal)
  }

  // MARK: Signing in and out

  /// A new session for that user, as the text of a `Set-Cookie` header.
  package func begin(for user: User, on request: Request) -> String {
    let now = clock()
    let session = Session(user: user.account.name, issued: now, seen: now, id: makeID())
    return Cookie.session.setting(
      session.text(under: secret, stamp: user.stamp), isSecure: entrance.isSecure(request))
  }

  /// What makes this browser a known one for that user, as the text of a `Set-Cookie` header.
  func remembering(_ user: User, on request: Request) -> String {
    let name = user.account.name
    let browser = knownBrowser(request, of: name) ?? KnownBrowser(id: makeID())
    return Cookie.browser.setting(
      browser.text(of: name, under: secret), age: KnownBrowser.age, isSecure: entrance.isSecure(request))
  }

  func knownBrowser(_ request: Request, of name: String) -> KnownBrowser? {
    Cookie.browser.value(in: request, isSecure: entrance.isSecure(request))
      .flatMap { KnownBrowser($0, of: name, under: secret) }
  }

  /// Ends that session for good, whoever has a copy of its cookie.
  func end(_ session: Session) async {
    do {
      try await offload.run { [signOuts] in try signOuts.add(session) }
    } catch {
      // It is ended here all the same, until a restart.
      logger.error("a sign-out could not be kept", metadata: ["reason": "\(error)"])
    }
  }

  /// Takes the cookie away, as the text of a `Set-Cookie` header.
  func clearing(on request: Request) -> String {
    Cookie.session.clearing(isSecure: entrance.isSecure(request))
  }

  func isSecure(_ request: Request) -> Bool { entrance.isSecure(request) }

  // MARK: The ways in

  private func entry(byKeyOf request: Request) -> Entry {
    guard let keys else { return .refused(.unknown) }
    switch keys.verdict(on: request, for: request.method == .get ? .read : .command) {
    case .anyone: return .nobody
    case .refused(let refusal): return .refused(refusal)
    case .client(let key):
      guard let actor = key.actor else { return .refused(.outOfScope) }
      let account = Account(
        name: key.name, title: key.name, role: actor.role, holder: Account.isHolder(actor.role) ? actor.id : nil)
      return .visitor(
        Visitor(
          account: account, session: nil, formToken: "", isClient: true, mayCommand: key.scopes.contains(.command),
          renewal: nil))
    }
  }

  private func entry(ofUser name: String, _ request: Request) -> Entry {
    guard let user = users.current[name] else { return .nobody }
    let token = secret.mark(purpose: "form-proxy", "\(name)\n\(user.stamp)")
    return .visitor(
      Visitor(
        account: user.account, session: nil, formToken: token, isClient: false, mayCommand: Origin.isOurs(request),
        renewal: nil))
  }

  private func entry(bySessionOf request: Request, at now: Instant) -> Entry {
    let isSecure = entrance.isSecure(request)
    let users = users.current
    guard let text = Cookie.session.value(in: request, isSecure: isSecure),
      let session = Session(text, under: secret, stamp: { users[$0]?.stamp }), let user = users[session.user],
      !session.isOver(at: now), !signOuts.contains(session)
    else { return .nobody }
    let renewal =
      session.isDue(at: now)
      ? Cookie.session.setting(
        session.renewed(at: now).text(under: secret, stamp: user.stamp), isSecure: isSecure) : nil
    return .visitor(
      Visitor(
        account: user.account, session: session,
        formToken: secret.mark(purpose: "form-session", "\(session.user)\n\(session.id)"), isClient: false,
        mayCommand: Origin.isOurs(request), renewal: renewal))
  }

  /// Takes up what has changed in the files, when it is time to look.
  private func refresh(at now: Instant) async {
    guard users.isDue(at: now) else { return }
    try? await offload.run { [users, signOuts] in
      users.refresh()
      signOuts.refresh(at: now)
    }
  }
}
