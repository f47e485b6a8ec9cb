import FoundationEssentials
package import HTTPTypes

/// A response: whole, or one that goes on telling events.
package struct Response: Sendable, Equatable {
  package var head: HTTPResponse
  /// Empty where there are ``events``.
  package var body: [UInt8]
  /// What follows the head instead of a body; `nil` for a response that is whole.
  package var events: EventStream?

  package init(_ status: HTTPResponse.Status, headers: HTTPFields = [:], body: [UInt8] = []) {
    head = HTTPResponse(status: status, headerFields: headers)
    self.body = body
  }

  package init(_ status: HTTPResponse.Status = .ok, type: String, body: [UInt8]) {
    self.init(status, headers: [.contentType: type], body: body)
  }

  package static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(status, type: "text/plain; charset=utf-8", body: Array(text.utf8))
  }

  /// - Parameter html: A whole page; whatever of it came from outside is escaped already.
  package static func html(_ html: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(status, type: "text/html; charset=utf-8", body: Array(html.utf8))
  }

  /// Server-sent events, for as long as the reader listens.
  package static func events(_ open: @escaping @Sendable () -> EventStream.Events) -> Response {
    var response = Response(type: "text/event-stream", body: [])
    response.events = EventStream(open)
    return response
  }

  /// A value as JSON with sorted keys. One that JSON cannot hold, such as a number that is none, is our own mistake:
  /// it gives a 500.
  package static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
    Response(json: value, status: status, type: "application/json")
      ?? .problem(.internalServerError, "The answer cannot be written as JSON.")
  }

  /// A problem document, RFC 9457.
  ///
  /// - Parameters:
  ///   - detail: What went wrong this time and what to do, for a reader; nothing personal.
  ///   - type: A URI that names the kind of problem, where the status alone says too little.
  ///   - title: What the kind of problem is; without one, the status's own phrase.
  package static func problem(
    _ status: HTTPResponse.Status, _ detail: String, type: String = "about:blank", title: String? = nil
  ) -> Response {
    let problem = Problem(type: type, title: title ?? status.reasonPhrase, status: status.code, detail: detail)
    return Response(json: problem, status: status, type: "application/problem+json") ?? Response(status)
  }

  /// - Parameter methods: What the path does answer to; `HEAD` comes with `GET`.
  package static func methodNotAllowed(_ methods: HTTPRequest.Method...) -> Response {
    let allowed = methods.flatMap { $0 == .get ? ["GET", "HEAD"] : [$0.rawValue] }.joined(separator: ", ")
    return problem(.methodNotAllowed, "This path answers to \(allowed).").with(.allow, allowed)
  }

  package static var notFound: Response {
    problem(.notFound, "There is nothing here.")
  }

  /// - Parameter wait: how long until the next request may be.
  package static func tooManyRequests(after wait: Duration) -> Response {
    let seconds = max(1, wait.components.seconds + (wait.components.attoseconds > 0 ? 1 : 0))
    return problem(.tooManyRequests, "Too many requests; the next may come in \(seconds) s.")
      .with(.retryAfter, "\(seconds)")
  }

  /// The server has as much to do as it can take.
  package static var overloaded: Response {
    problem(.serviceUnavailable, "Too much is asked of this server just now. Try again a little later.")
      .with(.retryAfter, "5")
  }

  /// The same response with a header field set.
  package func with(_ name: HTTPField.Name, _ value: String) -> Response {
    var response = self
    response.head.headerFields[name] = value
    return response
  }

  /// The same response with one more header field, beside any of that name.
  package func adding(_ name: HTTPField.Name, _ value: String) -> Response {
    var response = self
    response.head.headerFields.append(HTTPField(name: name, value: value))
    return response
  }

  private struct Problem: Encodable {
    let type: String
    let title: String
    let status: Int
    let detail: String
  }

  private init?(json value: some Encodable, status: HTTPResponse.Status, type: String) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else { return nil }
    self.init(status, type: type, body: Array(data))
  }
}
