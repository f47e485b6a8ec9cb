import HTTPTypes
package import HTTPValues
package import Time

/// Answers 429 to client addresses that ask too often, and leaves everything else to the controllers behind it.
///
/// What reads (GET and HEAD) and what sends are counted apart. This machine itself is not limited.
package struct AddressLimit: Controller {
  private let limiter: RateLimiter
  private let clock: @Sendable () -> Instant

  package init(_ limiter: RateLimiter, clock: @escaping @Sendable () -> Instant) {
    self.limiter = limiter
    self.clock = clock
  }

  package func respond(to request: Request) async -> Response? {
    guard let client = request.client, !client.isLoopback else { return nil }
    let isRead = request.method == .get || request.method == .head
    let wait = limiter.take(isRead ? .reads : .address, of: client.network, at: clock())
    return wait.map { .tooManyRequests(after: $0) }
  }
}
