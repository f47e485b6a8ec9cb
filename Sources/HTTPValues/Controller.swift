/// Answers the requests to some paths.
///
/// It runs on the few threads that serve all connections: what blocks (a database, a commit) belongs elsewhere.
package protocol Controller: Sendable {
  /// The answer, or nil if the path is another controller's. A path of its own under a wrong method is answered with
  /// ``Response/methodNotAllowed(_:)``.
  func respond(to request: Request) async -> Response?

  /// How many bytes the body of a request may have, which is not yet read; `nil` for what holds for all others.
  func bodyLimit(for request: Request) -> Int?
}

extension Controller {
  package func bodyLimit(for request: Request) -> Int? { nil }
}
