package import Accounts
package import Cases
package import EventLog
import HTTPTypes
package import HTTPValues
package import Logging
package import Monitoring
import Offloading
package import Outbox
package import Streams
package import Time

/// `/api/v1/…`: as JSON what the board and the desk show and take, for whoever has a key of the API or has signed in.
///
/// Questions are answered from the read model, each with an entity tag; commands go to the log, and what came of one is
/// asked for afterwards. Paths and forms stand in `openapi.json`.
package struct CaseAPIController: Controller {
  /// Of the body of a command, in bytes.
  package static let longestBody = 64 << 10

  private let doorkeeper: Doorkeeper
  private let reader: APIReader
  private let sender: CommandSender
  private let letters: LetterSettling?
  private let clock: @Sendable () -> Instant
  private let logger: Logger
  private let offload = Offload(name: "case-api", threads: 2)
  /// One decision at a time: two publishers of one name would be in each other's way.
  private let settling = Offload(name: "case-api-settle", threads: 1, limit: 100)

  /// - Parameters:
  ///   - status: of the one who keeps the model up.
  ///   - mask: hides the personal numbers in a text.
  ///   - knowsCategory: whether there is such a category of the first level or, with one of the second, whether it is of
  ///     the first one's.
  ///   - attachmentLink: where a browser finds an attachment of that case that is kept here; `nil` for one that isn't.
  ///   - put: makes commands durable, each key's once; see `SpoolingOutbox`.
  ///   - letters: what settles dead letters; `nil` where nobody decides on them.
  ///   - makeID: gives a new `ce_id` at each call, for commands that come without a key.
  package init(
    doorkeeper: Doorkeeper, model: ReadModel, status: @escaping @Sendable () -> Follower.Status,
    calendar: WorkingCalendar, mask: @escaping @Sendable (String) -> String,
    knowsCategory: @escaping @Sendable (_ category: String, _ subcategory: String?) -> Bool,
    attachmentLink: @escaping @Sendable (_ url: String, CaseID) -> String? = { _, _ in nil },
    put: @escaping @Sendable ([Output], OutboxKey?) async -> KeyedResult,
    letters: DeadLetterOffice? = nil, makeID: @escaping @Sendable () -> String,
    clock: @escaping @Sendable () -> Instant, logger: Logger
  ) {
    self.doorkeeper = doorkeeper
    self.clock = clock
    self.logger = logger
    self.letters = letters.map { LetterSettling(office: $0) }
    reader = APIReader(
      model: model, calendar: calendar, status: status, mask: mask, attachmentLink: attachmentLink)
    sender = CommandSender(model: model, knowsCategory: knowsCategory, put: put, makeID: makeID)
  }

  package func respond(to request: Request) async -> Response? {
    guard Self.isOurs(request) else { return nil }
    return Self.guarded(await answer(request))
  }

  package func bodyLimit(for request: Request) -> Int? { Self.isOurs(request) ? Self.longestBody : nil }

  private static func isOurs(_ request: Request) -> Bool {
    request.segments.count > 1 && request.segments[0] == "api" && request.segments[1] == "v1"
  }

  private func answer(_ request: Request) async -> Response {
    guard let route = APIRoute(request.segments[2...]) else { return APIProblem.notFound.response }
    guard request.method == route.method else { return .methodNotAllowed(route.method) }
    switch await doorkeeper.entry(of: request) {
    case .nobody: return doorkeeper.noOne(request)
    case .refused(let refusal): return doorkeeper.refusal(refusal)
    case .visitor(let visitor):
      let call = APICall(request: request, visitor: visitor, now: clock())
      return doorkeeper.renewed(await answer(route, call), for: visitor)
    }
  }

  private func answer(_ route: APIRoute, _ call: APICall) async -> Response {
    do {
      if reader.status().rebuilding != nil, !route.isAnsweredWhileRebuilding {
        throw APIProblem(
          status: .serviceUnavailable, detail: "The cases are being read from the log anew. Try again later.")
      }
      if route.method == .post {
        try checkForm(call)
        if case .settling(let id, let verb) = route {
          guard let letters else { throw APIProblem.notFound }
          return try await settling.run { try letters.settle(id, by: verb, call) }
        }
        try checkBody(call)
        let order = try await offload.run { [sender] in try sender.order(route, call) }
        return await sender.send(order, at: call.now)
      }
      let response = try await offload.run { [reader] in try reader.answer(route, call) }
      return route.isPersonal ? response : response.tagged(for: call.request)
    } catch let problem as APIProblem {
      let response = problem.response
      return problem.status == .serviceUnavailable ? response.with(.retryAfter, "5") : response
    } catch {
      logger.error("a question could not be answered from the model", metadata: ["reason": "\(error)"])
      return APIProblem.unavailable.response.with(.retryAfter, "5")
    }
  }

  private func checkForm(_ call: APICall) throws(APIProblem) {
    let token = HTTPField.Name("X-Huiyin-Form").flatMap { call.request[$0] }
    guard doorkeeper.accepts(token, of: call.visitor) else {
      throw APIProblem(
        status: .forbidden,
        detail: "A command by somebody who has signed in carries what /api/v1/me gives as form, and comes from here.",
        field: "X-Huiyin-Form")
    }
  }

  private func checkBody(_ call: APICall) throws(APIProblem) {
    guard call.request.mediaType == "application/json" else {
      throw APIProblem(
        status: .unsupportedMediaType, detail: "A command is sent as JSON, with Content-Type: application/json.",
        field: "Content-Type")
    }
    guard call.request.body.count <= Self.longestBody else {
      throw APIProblem(status: .contentTooLarge, detail: "A command may have up to \(Self.longestBody) bytes.")
    }
  }

  /// What is told depends on who asks, and nobody in between may keep it.
  private static func guarded(_ response: Response) -> Response {
    var response = response.with(.vary, "Authorization, Cookie, X-API-Key")
    response.head.headerFields[.cacheControl] = response.head.headerFields[.cacheControl] ?? "no-store"
    return response
  }
}
