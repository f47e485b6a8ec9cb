import HTTPTypes
package import HTTPValues
package import Time

/// Answers 429 to what is sent through one code too often (`POST /q/{token}`), and leaves everything else to the controllers
/// behind it. This machine itself is not limited.
package struct CodeLimit: Controller {
  private let limiter: RateLimiter
  private let clock: @Sendable () -> Instant

  package init(_ limiter: RateLimiter, clock: @escaping @Sendable () -> Instant) {
    self.limiter = limiter
    self.clock = clock
  }

  package func respond(to request: Request) async -> Response? {
    guard request.method == .post, request.segments.count == 2, request.segments[0] == "q",
      request.client?.isLoopback != true
    else { return nil }
    let wait = limiter.take(.code, of: request.segments[1], at: clock())
    return wait.map { .tooManyRequests(after: $0) }
  }
}
