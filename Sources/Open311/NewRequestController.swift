package import APIKeys
package import Cases
import Crypto
import HTTPTypes
package import HTTPValues

/// `POST /open311/v2/requests`: takes a service request as an opinion and answers with its id, which is its case's.
/// Other methods are other controllers'.
///
/// `Idempotency-Key` counts here as it does for `POST /opinions`.
package struct NewRequestController: Controller {
  private let desk: any NewRequestDesk
  private let catalogue: ServiceCatalogue
  private let check: APIKeyCheck?
  private let page: @Sendable (CaseID) -> String

  /// - Parameters:
  ///   - check: `nil` where the operator has given out no keys: then nobody may.
  ///   - page: the address of a case's page with its key, for the citizen.
  package init(
    desk: any NewRequestDesk, catalogue: ServiceCatalogue, check: APIKeyCheck?,
    page: @escaping @Sendable (CaseID) -> String
  ) {
    self.desk = desk
    self.catalogue = catalogue
    self.check = check
    self.page = page
  }

  package func respond(to request: Request) async -> Response? {
    guard request.method == .post, let address = Address(request), address.resource == .requests else { return nil }
    return await submit(request, in: address.format).with(.cacheControl, "no-store")
  }

  private func submit(_ request: Request, in format: Format) async -> Response {
    guard request.mediaType == "application/x-www-form-urlencoded" else {
      return Document.error(
        .unsupportedMediaType, "A request is sent as a form, application/x-www-form-urlencoded.", in: format)
    }
    guard request.body.count <= Opinion.maximumSize else { return Self.tooLarge(format) }
    guard let fields = request.form else {
      return Document.error(.badRequest, "The form is not correctly percent-encoded UTF-8.", in: format)
    }
    let client: String
    switch check?.verdict(on: request, field: fields["api_key"], for: .open311) {
    case .client(let key): client = key.name
    case .refused(let refusal): return Self.refused(refusal, in: format)
    case .anyone, nil: return Self.refused(.unknown, in: format)
    }
    let form: RequestForm
    do throws(RequestForm.Fault) {
      form = try RequestForm(fields, catalogue: catalogue, client: client)
    } catch {
      return Document.error(error.isUnknownService ? .notFound : .badRequest, error.description, in: format)
    }
    let outcome = await desk.take(
      NewRequest(
        opinion: form.opinion, client: client, idempotencyKey: Self.field("Idempotency-Key", of: request),
        bodyDigest: Array(SHA256.hash(data: request.body)), traceParent: Self.field("traceparent", of: request),
        traceState: Self.field("tracestate", of: request)))
    return answer(outcome, account: fields["account_id"], in: format)
  }

  private func answer(_ outcome: NewRequest.Outcome, account: String?, in format: Format) -> Response {
    switch outcome {
    case .taken(let id):
      let entry = Document.Value.record([
        ("service_request_id", .text(id.text)), ("service_notice", .text("意见已收到，办理情况见 \(page(id))")),
        ("account_id", .text(orNone: account)),
      ])
      return Document(root: "service_requests", value: .list(of: "request", [entry]))
        .response(in: format, status: .created)
    case .invalidKey:
      return Document.error(
        .badRequest, "The header Idempotency-Key is not 1 to 255 characters of visible ASCII.", in: format)
    case .conflicting:
      return Document.error(
        .unprocessableContent, "This Idempotency-Key came with another request before.", in: format)
    case .tooLarge: return Self.tooLarge(format)
    case .unavailable:
      return Document.error(
        .serviceUnavailable,
        "The request could not be stored just now. Send it again later; with the same Idempotency-Key it stays one.",
        in: format
      ).with(.retryAfter, "5")
    }
  }

  private static func refused(_ refusal: APIKeyCheck.Refusal, in format: Format) -> Response {
    if let retryAfter = refusal.retryAfter {
      return Document.error(.tooManyRequests, refusal.reason, in: format).with(.retryAfter, retryAfter)
    }
    return Document.error(.forbidden, refusal.reason, in: format)
  }

  private static func tooLarge(_ format: Format) -> Response {
    Document.error(.contentTooLarge, "A request may have up to \(Opinion.maximumSize) bytes.", in: format)
  }

  private static func field(_ name: String, of request: Request) -> String? {
    HTTPField.Name(name).flatMap { request[$0] }
  }
}
