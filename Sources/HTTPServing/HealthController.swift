import HTTPTypes
package import HTTPValues

/// `/livez`, `/readyz` and `/metrics`.
///
/// Live is not ready: a process that cannot mend itself is not live and should be started anew; one that waits for
/// something else is only not ready.
package struct HealthController: Controller {
  private let live: @Sendable () -> [String]
  private let ready: @Sendable () -> [String]
  private let metrics: @Sendable () -> [UInt8]

  /// The functions run on the threads that serve connections; they look at what is known and wait for nothing.
  ///
  /// - Parameters:
  ///   - live: What is broken for good, one line each; empty while live.
  ///   - ready: What is waited for, one line each; empty when ready.
  ///   - metrics: In the Prometheus text format 0.0.4.
  package init(
    live: @escaping @Sendable () -> [String],
    ready: @escaping @Sendable () -> [String],
    metrics: @escaping @Sendable () -> [UInt8]
  ) {
    self.live = live
    self.ready = ready
    self.metrics = metrics
  }

  package func respond(to request: Request) async -> Response? {
    guard ["/livez", "/readyz", "/metrics"].contains(request.path) else { return nil }
    guard request.method == .get else { return .methodNotAllowed(.get) }
    switch request.path {
    case "/livez": return Self.state("live", unless: live())
    case "/readyz": return Self.state("ready", unless: ready())
    default: return Response(type: "text/plain; version=0.0.4; charset=utf-8", body: metrics())
    }
  }

  private static func state(_ good: String, unless reasons: [String]) -> Response {
    let response: Response =
      reasons.isEmpty
      ? .text(good + "\n")
      : .text(reasons.map { $0 + "\n" }.joined(), status: .serviceUnavailable)
    return response.with(.cacheControl, "no-store")
  }
}
