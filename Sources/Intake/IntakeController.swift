package import APIKeys
package import Cases
import Crypto
import HTTPTypes
package import HTTPValues
package import Metrics

/// `POST /opinions`: takes a citizen's opinion as JSON, or a list of up to 100, and answers 202 once they are durable,
/// with what opens their pages.
package struct IntakeController: Controller {
  enum Outcome: String, CaseIterable {
    case accepted, repeated, malformed, conflicting, unavailable
    case tooLarge = "too-large"
    case unsupported = "unsupported-type"
    /// No valid API key where one is needed, or used too often.
    case refused
  }

  struct Accepted: Encodable {
    let `case`: String
    let key: String
    let status: String

    var json: [UInt8] {
      var object = JSONObject()
      object.add("case", self.case)
      object.add("key", key)
      object.add("status", status)
      return object.json
    }
  }

  private struct BatchProblem: Encodable {
    let type = "about:blank"
    let title = "Unprocessable Content"
    let status = 422
    let detail: String
    let items: [OpinionBatch.Fault]
  }

  /// What all opinions of one request have in common.
  private struct Envelope {
    let key: IdempotencyKey?
    /// Empty where there is no key.
    let bodyDigest: [UInt8]
    let trace: TraceContext?
  }

  private let inbox: OpinionInbox
  private let secret: CaseKey.Secret
  private let statusBase: String
  private let scope: String
  private let check: APIKeyCheck?
  private let scan: (@Sendable (String) -> Scan)?
  private let counters: [Outcome: Counter]

  /// - Parameters:
  ///   - statusBase: what stands before `/cases/…` in the address of a case's page, without a slash at its end; empty
  ///     where the monitor answers under the same host name.
  ///   - scope: of the idempotency keys of those without an API key; they share it. The others have their API key's name.
  ///   - check: `nil` lets everyone in.
  ///   - scan: says what the code of an opinion is; `nil` leaves that open.
  package init(
    inbox: OpinionInbox, secret: CaseKey.Secret, statusBase: String = "", scope: String = "public",
    check: APIKeyCheck? = nil, scan: (@Sendable (String) -> Scan)? = nil,
    metrics: any MetricsFactory = MetricsSystem.factory
  ) {
    self.inbox = inbox
    self.secret = secret
    self.statusBase = statusBase
    self.scope = scope
    self.check = check
    self.scan = scan
    counters = Dictionary(
      uniqueKeysWithValues: Outcome.allCases.map { outcome in
        let dimensions = [("outcome", outcome.rawValue)]
        return (outcome, Counter(label: "huiyin_intake_opinions", dimensions: dimensions, factory: metrics))
      })
  }

  package func respond(to request: Request) async -> Response? {
    guard request.segments == ["opinions"] else { return nil }
    guard request.method == .post else { return .methodNotAllowed(.post) }
    let (outcomes, response) = await submit(request)
    for outcome in outcomes { counters[outcome]?.increment() }
    return response.with(.cacheControl, "no-store")
  }

  private func submit(_ request: Request) async -> ([Outcome], Response) {
    var scope = scope
    switch check?.verdict(on: request, for: .submit) {
    case .client(let client): scope = "key/" + client.name
    case .refused(let refusal): return ([.refused], Self.refused(refusal))
    case .anyone, nil: break
    }
    guard request.mediaType == "application/json" else {
      let detail = "An opinion is sent as JSON in UTF-8, with the header Content-Type: application/json."
      return ([.unsupported], .problem(.unsupportedMediaType, detail))
    }
    let isBatch = OpinionBatch.isList(request.body)
    guard isBatch || request.body.count <= Opinion.maximumSize else { return ([.tooLarge], Self.tooLarge) }
    var key: IdempotencyKey?
    if let text = Self.field(Self.idempotencyKey, of: request) {
      key = IdempotencyKey(text, scope: scope)
      guard key != nil else {
        let detail = "The header Idempotency-Key is not 1 to 255 characters of visible ASCII."
        return ([.malformed], .problem(.badRequest, detail))
      }
    }
    let envelope = Envelope(
      key: key, bodyDigest: key == nil ? [] : Array(SHA256.hash(data: request.body)),
      trace: TraceContext(
        parent: Self.field(Self.traceParent, of: request), state: Self.field(Self.traceState, of: request)))
    return isBatch ? await submitBatch(request.body, envelope) : await submitOne(request.body, envelope)
  }

  private func submitOne(_ body: [UInt8], _ envelope: Envelope) async -> ([Outcome], Response) {
    let form: OpinionForm
    do throws(Malformed) { form = try OpinionForm(body: body) } catch {
      return ([.malformed], .problem(.badRequest, "The opinion cannot be taken: \(error.reason)."))
    }
    guard let data = data(of: form.opinion) else { return ([.tooLarge], Self.tooLarge) }
    switch await take(data, 0, envelope) {
    case .taken(let receipt):
      let accepted = accepted(receipt)
      return (
        [receipt.repeated ? .repeated : .accepted],
        Response(.accepted, type: "application/json", body: accepted.json).with(.location, accepted.status)
      )
    case .conflicting: return ([.conflicting], Self.conflicting)
    case .tooLarge: return ([.tooLarge], Self.tooLarge)
    case .unavailable: return ([.unavailable], Self.unavailable)
    }
  }

  private func submitBatch(_ body: [UInt8], _ envelope: Envelope) async -> ([Outcome], Response) {
    let opinions: [Opinion]
    do throws(OpinionBatch.Problem) { opinions = try OpinionBatch(body: body).opinions } catch {
      return ([.malformed], Self.answer(error))
    }
    let entries = opinions.map { data(of: $0) }
    let oversized = entries.indices.filter { entries[$0] == nil }.map { index in
      OpinionBatch.Fault(index: index, detail: "the opinion has more than \(Opinion.maximumSize) bytes")
    }
    guard oversized.isEmpty else { return ([.malformed], Self.answer(.entries(oversized))) }
    let all = entries.compactMap { $0 }
    // Alone and first, since it tells whether the key stands for this list.
    let first = await take(all[0], 0, envelope)
    if first == .conflicting { return ([.conflicting], Self.conflicting) }
    // Nothing is taken yet, and the others would wait as long in vain.
    if first == .unavailable { return ([.unavailable], Self.unavailable) }
    let others = await withTaskGroup(of: (Int, OpinionInbox.Outcome).self) { group in
      for index in all.indices.dropFirst() { group.addTask { (index, await take(all[index], index, envelope)) } }
      return await group.reduce(into: [Int: OpinionInbox.Outcome]()) { $0[$1.0] = $1.1 }
    }
    return answer([first] + all.indices.dropFirst().map { others[$0] ?? .unavailable })
  }

  /// As it goes to the log; `nil` if it is too large for that.
  private func data(of opinion: Opinion) -> [UInt8]? {
    var opinion = opinion
    if let scan, let code = opinion.code { opinion.scan = scan(code) }
    let data = opinion.json
    return data.count <= Opinion.maximumSize ? data : nil
  }

  private func take(_ data: [UInt8], _ index: Int, _ envelope: Envelope) async -> OpinionInbox.Outcome {
    await inbox.take(
      OpinionInbox.Delivery(
        data: data, key: envelope.key?.entry(index), bodyDigest: envelope.bodyDigest, trace: envelope.trace))
  }

  private func accepted(_ receipt: OpinionInbox.Receipt) -> Accepted {
    let key = CaseKey(of: receipt.id, under: secret).text
    return Accepted(case: receipt.id.text, key: key, status: "\(statusBase)/cases/\(receipt.id)?k=\(key)")
  }
}

extension IntakeController {
  /// 202 where all were taken, else 207: what was taken stays so, and the list says which.
  private func answer(_ results: [OpinionInbox.Outcome]) -> ([Outcome], Response) {
    var outcomes: [Outcome] = []
    let answers = results.map { result -> BatchAnswer in
      switch result {
      case .taken(let receipt):
        outcomes.append(receipt.repeated ? .repeated : .accepted)
        return .accepted(accepted(receipt))
      case .conflicting:
        outcomes.append(.conflicting)
        return .problem(.init(status: 422, detail: Self.conflictingDetail))
      case .tooLarge:
        outcomes.append(.tooLarge)
        return .problem(.init(status: 413, detail: Self.tooLargeDetail))
      case .unavailable:
        outcomes.append(.unavailable)
        return .problem(.init(status: 503, detail: Self.unavailableDetail))
      }
    }
    let isWhole = results.allSatisfy { if case .taken = $0 { true } else { false } }
    let response = Response.json(answers, status: isWhole ? .accepted : Self.multiStatus)
    return (outcomes, results.contains(.unavailable) ? response.with(.retryAfter, "5") : response)
  }

  private static func answer(_ problem: OpinionBatch.Problem) -> Response {
    switch problem {
    case .malformed(let error):
      return .problem(.badRequest, "The list cannot be taken: \(error.reason.replacing("data", with: "the body")).")
    case .count:
      return .problem(.unprocessableContent, "A list has 1 to \(OpinionBatch.maximumCount) opinions; none was taken.")
    case .entries(let faults):
      let detail = "\(faults.count) of the opinions cannot be taken, so none was: see items, counted from 0."
      return Response.json(BatchProblem(detail: detail, items: faults), status: .unprocessableContent)
        .with(.contentType, "application/problem+json")
    }
  }

  private static func refused(_ refusal: APIKeyCheck.Refusal) -> Response {
    switch refusal {
    case .missing, .unknown:
      Response.problem(.unauthorized, refusal.reason).with(.wwwAuthenticate, "Bearer")
    case .outOfScope: .problem(.forbidden, refusal.reason)
    case .tooOften:
      Response.problem(.tooManyRequests, refusal.reason).with(.retryAfter, refusal.retryAfter ?? "1")
    }
  }

  /// RFC 4918.
  private static let multiStatus = HTTPResponse.Status(code: 207, reasonPhrase: "Multi-Status")
  private static let tooLargeDetail = "An opinion may have up to \(Opinion.maximumSize) bytes."
  private static let conflictingDetail =
    "This Idempotency-Key came with another body before: a new opinion needs a new key."
  private static let unavailableDetail =
    "The opinion could not be stored just now. Send it again later; with the same Idempotency-Key it stays one."

  private static var tooLarge: Response { .problem(.contentTooLarge, tooLargeDetail) }
  private static var conflicting: Response { .problem(.unprocessableContent, conflictingDetail) }
  private static var unavailable: Response {
    Response.problem(.serviceUnavailable, unavailableDetail).with(.retryAfter, "5")
  }

  private static let idempotencyKey = HTTPField.Name("Idempotency-Key")
  private static let traceParent = HTTPField.Name("traceparent")
  private static let traceState = HTTPField.Name("tracestate")

  private static func field(_ name: HTTPField.Name?, of request: Request) -> String? {
    name.flatMap { request[$0] }
  }
}
