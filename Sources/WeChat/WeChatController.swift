import ByteText
import HTTPTypes
package import HTTPValues
package import Logging
package import Metrics
package import Time

/// `/wechat/{account}`: the callback of official accounts. `GET` proves to the peer that the address is ours; `POST`
/// takes a message or an event and answers it within the budget.
///
/// What has not been made durable is not acknowledged: it gets a 503, after which the peer delivers it again or tells
/// the citizen to try later. Everything else that is rightly signed gets a reply or `success`.
package struct WeChatController: Controller {
  private enum Outcome: String, CaseIterable {
    case verified, replied, silent, unproven, stale, malformed, unavailable
    case tooLarge = "too-large"
  }

  private let accounts: WeChatAccounts
  private let attendant: Attendant
  private let budget: Duration
  private let limits: ReceivedXML.Limits
  private let clock: @Sendable () -> Instant
  private let wait: @Sendable (Duration) async -> Void
  private let random: @Sendable (Int) -> [UInt8]
  private let logger: Logger
  private let requests: [Outcome: Counter]
  private let messages: [MessageKind: Counter]

  /// - Parameters:
  ///   - budget: how long an answer may take; the peer waits for 5 s.
  ///   - wait: sleeps without blocking a thread; may return early once its task is cancelled.
  ///   - random: gives that many bytes that nobody can foretell, for encrypted replies.
  package init(
    accounts: WeChatAccounts, attendant: Attendant, budget: Duration = .seconds(2),
    limits: ReceivedXML.Limits = ReceivedXML.Limits(), clock: @escaping @Sendable () -> Instant,
    wait: @escaping @Sendable (Duration) async -> Void, random: @escaping @Sendable (Int) -> [UInt8], logger: Logger,
    metrics: any MetricsFactory = MetricsSystem.factory
  ) {
    self.accounts = accounts
    self.attendant = attendant
    self.budget = budget
    self.limits = limits
    self.clock = clock
    self.wait = wait
    self.random = random
    self.logger = logger
    requests = Dictionary(
      uniqueKeysWithValues: Outcome.allCases.map { outcome in
        let dimensions = [("outcome", outcome.rawValue)]
        return (outcome, Counter(label: "huiyin_wechat_requests", dimensions: dimensions, factory: metrics))
      })
    messages = Dictionary(
      uniqueKeysWithValues: MessageKind.allCases.map { kind in
        let dimensions = [("kind", kind.rawValue)]
        return (kind, Counter(label: "huiyin_wechat_messages", dimensions: dimensions, factory: metrics))
      })
  }

  package func respond(to request: Request) async -> Response? {
    guard request.segments.count == 2, request.segments[0] == "wechat" else { return nil }
    guard let account = accounts.accounts[request.segments[1]] else { return .notFound }
    let outcome: Outcome
    let response: Response
    if request.method == .get {
      (outcome, response) = verify(request, account)
    } else if request.method == .post {
      (outcome, response) = await receive(request, account)
    } else {
      return .methodNotAllowed(.get, .post)
    }
    requests[outcome]?.increment()
    return response.with(.cacheControl, "no-store").with(.xContentTypeOptions, "nosniff")
  }

  /// The peer's check of the address. In safe mode some of its tools send the `echostr` encrypted: then it is returned
  /// in clear.
  private func verify(_ request: Request, _ account: WeChatAccount) -> (Outcome, Response) {
    guard let echo = request.query["echostr"], echo.utf8.count <= 1024 else { return Self.refusal(.malformed) }
    guard isFresh(request) else { return Self.refusal(.stale) }
    if let clear = Envelope.open(echo, query: request.query, account: account) {
      return (.verified, Response(type: "text/plain; charset=utf-8", body: clear))
    }
    guard isSigned(request, account) else { return Self.refusal(.unproven) }
    return (.verified, .text(echo))
  }

  private func receive(_ request: Request, _ account: WeChatAccount) async -> (Outcome, Response) {
    let budget = Budget(budget, clock: clock, wait: wait)
    let now = clock()
    guard request.body.count <= limits.bytes else { return Self.refusal(.tooLarge) }
    guard isSigned(request, account) else { return Self.refusal(.unproven) }
    guard isFresh(request) else { return Self.refusal(.stale) }
    let envelope: Envelope
    do throws(Envelope.Refusal) {
      envelope = try Envelope(body: request.body, query: request.query, account: account, limits: limits)
    } catch {
      switch error {
      case .unproven: return Self.refusal(.unproven)
      case .tooLarge: return Self.refusal(.tooLarge)
      case .malformed: return Self.refusal(.malformed)
      }
    }
    let incoming: Incoming
    do throws(Incoming.Fault) {
      incoming = try Incoming(envelope.message, account: account.name)
    } catch {
      logger.debug("a message lacks a field", metadata: ["account": "\(account.name)", "field": "\(error.field)"])
      return Self.refusal(.malformed)
    }
    messages[incoming.kind]?.increment()
    switch await attendant.answer(incoming, to: account.name, at: now, within: budget) {
    case .nothing: return (.silent, .text("success"))
    case .text(let text): return reply(text, to: incoming, account, isEncrypted: envelope.isEncrypted)
    case .notTaken:
      logger.warning("a message could not be made durable", metadata: ["account": "\(account.name)"])
      return Self.refusal(.unavailable)
    }
  }

  private func reply(
    _ text: String, to incoming: Incoming, _ account: WeChatAccount, isEncrypted: Bool
  ) -> (Outcome, Response) {
    let now = clock()
    var body = ReplyXML.text(text, to: incoming.sender, from: incoming.recipient, at: now)
    if isEncrypted {
      guard let cipher = account.cipher,
        let encrypted = try? cipher.encrypt(body, random: random(MessageCipher.randomSize))
      else {
        // What was said is durable; only the courtesy fails.
        logger.error("a reply could not be encrypted", metadata: ["account": "\(account.name)"])
        return (.silent, .text("success"))
      }
      let timestamp = String(ReplyXML.seconds(now))
      let nonce = ByteAlphabet.hexadecimal.text(of: random(8))
      let signature = CallbackSignature.of([account.token, timestamp, nonce, encrypted])
      body = ReplyXML.envelope(encrypted: encrypted, signature: signature, timestamp: timestamp, nonce: nonce)
    }
    return (.replied, Response(type: "text/xml; charset=utf-8", body: body))
  }

  private func isSigned(_ request: Request, _ account: WeChatAccount) -> Bool {
    guard let timestamp = request.query["timestamp"], let nonce = request.query["nonce"] else { return false }
    return CallbackSignature.matches(request.query["signature"], [account.token, timestamp, nonce])
  }

  private func isFresh(_ request: Request) -> Bool {
    guard let maximumAge = accounts.maximumAge else { return true }
    guard let text = request.query["timestamp"], text.utf8.count <= 12, let seconds = Int64(text) else { return false }
    let sent = Instant(milliseconds: seconds * 1000)
    let now = clock()
    return sent >= now - maximumAge && sent <= now + maximumAge
  }

  private static func refusal(_ outcome: Outcome) -> (Outcome, Response) {
    let response: Response =
      switch outcome {
      case .tooLarge: .problem(.contentTooLarge, "The message is too large.")
      case .malformed: .problem(.badRequest, "The request is not of the form that official accounts send.")
      case .unavailable:
        .problem(.serviceUnavailable, "The message was not taken. Deliver it again.").with(.retryAfter, "5")
      default: .problem(.forbidden, "The request is not signed as this account's are, or too old.")
      }
    return (outcome, response)
  }
}
