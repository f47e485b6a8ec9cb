package import HTTPTypes
package import HTTPValues

/// What the server does with a request, as a plain function: asks the controllers in order, and sees to what holds for
/// every response.
package struct ControllerChain: Sendable {
  private let controllers: [any Controller]

  package init(_ controllers: [any Controller]) {
    self.controllers = controllers
  }

  /// The response as it is sent. `HEAD` is asked of the controllers as `GET`; its response has no body, but its length.
  package func answer(_ head: HTTPRequest, body: [UInt8]) async -> Response {
    var asked = head
    if head.method == .head { asked.method = .get }
    return Self.completed(await ask(asked, body: body), for: head.method)
  }

  private func ask(_ head: HTTPRequest, body: [UInt8]) async -> Response {
    let request: Request
    do {
      request = try Request(head: head, body: body)
    } catch {
      return .problem(.badRequest, error.reason)
    }
    for controller in controllers {
      if let response = await controller.respond(to: request) { return response }
    }
    return .notFound
  }

  /// The response with the headers that every one has. A controller's own policies stand.
  static func completed(_ response: Response, for method: HTTPRequest.Method) -> Response {
    var response = response
    var fields = response.head.headerFields
    if !bodiless.contains(response.head.status.code) {
      fields[.contentLength] = String(response.body.count)
    }
    fields[.xContentTypeOptions] = "nosniff"
    fields[.contentSecurityPolicy] = fields[.contentSecurityPolicy] ?? "default-src 'self'"
    fields[referrerPolicy] = fields[referrerPolicy] ?? "no-referrer"
    response.head.headerFields = fields
    if method == .head { response.body = [] }
    return response
  }

  /// Responses with these have no body, whatever the method (RFC 9110).
  private static let bodiless: Set<Int> = [204, 304]
  private static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
}
