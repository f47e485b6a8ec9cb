package import HTTPTypes
package import HTTPValues

/// What the server does with a request, as a plain function: asks the controllers in order, and sees to what holds for
/// every response.
package struct ControllerChain: Sendable {
  private let controllers: [any Controller]

  package init(_ controllers: [any Controller]) {
    self.controllers = controllers
  }

  /// The response as it is sent.
  package func answer(_ head: HTTPRequest, body: [UInt8], client: ClientAddress? = nil) async -> Response {
    let response: Response
    do {
      response = await answer(try request(head, client: client).with(body: body))
    } catch {
      response = .problem(.badRequest, error.reason)
    }
    return Self.completed(response, for: head.method)
  }

  /// What the controllers are asked: for a `HEAD`, a `GET`, whose response is then sent without its body.
  func request(
    _ head: HTTPRequest, client: ClientAddress? = nil, peer: ClientAddress? = nil
  ) throws(MalformedTarget) -> Request {
    var asked = head
    if head.method == .head { asked.method = .get }
    return try Request(head: asked, client: client, peer: peer)
  }

  func answer(_ request: Request) async -> Response {
    for controller in controllers {
      if let response = await controller.respond(to: request) { return response }
    }
    return .notFound
  }

  /// - Parameter request: without its body.
  func bodyLimit(for request: Request) -> Int? {
    for controller in controllers {
      if let limit = controller.bodyLimit(for: request) { return limit }
    }
    return nil
  }

  /// The response with the headers that every one has. A controller's own policies stand.
  static func completed(_ response: Response, for method: HTTPRequest.Method) -> Response {
    var response = response
    var fields = response.head.headerFields
    if response.events != nil {
      fields[.cacheControl] = "no-store"
      fields[acceleratorBuffering] = "no"
      // Nobody can wait for its end to ask for something else.
      fields[.connection] = "close"
    } else if !bodiless.contains(response.head.status.code) {
      fields[.contentLength] = String(response.body.count)
    }
    fields[.xContentTypeOptions] = "nosniff"
    fields[.contentSecurityPolicy] = fields[.contentSecurityPolicy] ?? "default-src 'self'"
    fields[referrerPolicy] = fields[referrerPolicy] ?? "no-referrer"
    response.head.headerFields = fields
    if method == .head {
      response.body = []
      response.events = nil
    }
    return response
  }

  /// Responses with these have no body, whatever the method (RFC 9110).
  private static let bodiless: Set<Int> = [204, 304]
  /// Tells nginx to pass each event on as it comes.
  private static let acceleratorBuffering = HTTPField.Name("X-Accel-Buffering")!
  private static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
}
