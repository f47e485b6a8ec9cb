package import Cases
import Crypto
import HTTPTypes
package import HTTPValues
package import Metrics

/// `POST /opinions`: takes a citizen's opinion as JSON and answers 202 once it is durable, with what opens its page.
package struct IntakeController: Controller {
  private enum Outcome: String, CaseIterable {
    case accepted, repeated, malformed, conflicting, unavailable
    case tooLarge = "too-large"
    case unsupported = "unsupported-type"
  }

  private struct Accepted: Encodable {
    let `case`: String
    let key: String
    let status: String
  }

  private let inbox: OpinionInbox
  private let secret: CaseKey.Secret
  private let statusBase: String
  private let scope: String
  private let counters: [Outcome: Counter]

  /// - Parameters:
  ///   - statusBase: what stands before `/cases/…` in the address of a case's page, without a slash at its end; empty
  ///     where the monitor answers under the same host name.
  ///   - scope: of idempotency keys: all clients of this controller share it.
  package init(
    inbox: OpinionInbox, secret: CaseKey.Secret, statusBase: String = "", scope: String = "public",
    metrics: any MetricsFactory = MetricsSystem.factory
  ) {
    self.inbox = inbox
    self.secret = secret
    self.statusBase = statusBase
    self.scope = scope
    counters = Dictionary(
      uniqueKeysWithValues: Outcome.allCases.map { outcome in
        let dimensions = [("outcome", outcome.rawValue)]
        return (outcome, Counter(label: "huiyin_intake_opinions", dimensions: dimensions, factory: metrics))
      })
  }

  package func respond(to request: Request) async -> Response? {
    guard request.segments == ["opinions"] else { return nil }
    guard request.method == .post else { return .methodNotAllowed(.post) }
    let (outcome, response) = await submit(request)
    counters[outcome]?.increment()
    return response.with(.cacheControl, "no-store")
  }

  private func submit(_ request: Request) async -> (Outcome, Response) {
    guard request.mediaType == "application/json" else {
      let detail = "An opinion is sent as JSON in UTF-8, with the header Content-Type: application/json."
      return (.unsupported, .problem(.unsupportedMediaType, detail))
    }
    guard request.body.count <= Opinion.maximumSize else { return (.tooLarge, Self.tooLarge) }
    var key: IdempotencyKey?
    if let text = Self.field("Idempotency-Key", of: request) {
      key = IdempotencyKey(text, scope: scope)
      guard key != nil else {
        let detail = "The header Idempotency-Key is not 1 to 255 characters of visible ASCII."
        return (.malformed, .problem(.badRequest, detail))
      }
    }
    let form: OpinionForm
    do throws(Malformed) { form = try OpinionForm(body: request.body) } catch {
      return (.malformed, .problem(.badRequest, "The opinion cannot be taken: \(error.reason)."))
    }
    let data = JSONData.encode(form.opinion)
    guard data.count <= Opinion.maximumSize else { return (.tooLarge, Self.tooLarge) }
    let trace = TraceContext(
      parent: Self.field("traceparent", of: request), state: Self.field("tracestate", of: request))
    let outcome = await inbox.take(
      OpinionInbox.Delivery(
        data: data, key: key, bodyDigest: Array(SHA256.hash(data: request.body)), trace: trace))
    return answer(outcome)
  }

  private func answer(_ outcome: OpinionInbox.Outcome) -> (Outcome, Response) {
    switch outcome {
    case .taken(let receipt):
      let key = CaseKey(of: receipt.id, under: secret).text
      let status = "\(statusBase)/cases/\(receipt.id)?k=\(key)"
      let body = Accepted(case: receipt.id.text, key: key, status: status)
      return (
        receipt.repeated ? .repeated : .accepted, Response.json(body, status: .accepted).with(.location, status)
      )
    case .conflicting:
      let detail = "This Idempotency-Key came with another body before: a new opinion needs a new key."
      return (.conflicting, .problem(.unprocessableContent, detail))
    case .tooLarge:
      return (.tooLarge, Self.tooLarge)
    case .unavailable:
      let detail =
        "The opinion could not be stored just now. Send it again later; with the same Idempotency-Key it stays one."
      return (.unavailable, Response.problem(.serviceUnavailable, detail).with(.retryAfter, "5"))
    }
  }

  private static var tooLarge: Response {
    .problem(.contentTooLarge, "An opinion may have up to \(Opinion.maximumSize) bytes.")
  }

  private static func field(_ name: String, of request: Request) -> String? {
    HTTPField.Name(name).flatMap { request[$0] }
  }
}
