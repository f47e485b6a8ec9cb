import HTTPValues
import Metrics
import RateLimiting
import Time

/// Lets nobody try passwords for long: under one name five, then one a minute; from one address twenty, then ten a minute.
/// A sign-in that succeeds counts for nothing, and clears its name.
///
/// Nobody is locked out for good, and nobody can lock out a colleague: a browser in which a name has signed in before
/// (``KnownBrowser``) has five tries of its own under that name. Names that nobody has are counted as all others.
struct SignInThrottle: Sendable {
  private static let tries = RateLimit(perMinute: 1, burst: 5)
  private static let addressTries = RateLimit(perMinute: 10, burst: 20)

  private let limiter: RateLimiter

  init(metrics: any MetricsFactory) {
    limiter = RateLimiter(
      [.signInName: Self.tries, .signInAddress: Self.addressTries], slots: 8192, metrics: metrics)
  }

  /// Who tries, as far as it counts.
  struct Attempt: Hashable {
    let name: String
    let browser: KnownBrowser?
    /// `nil` for this machine, on which a proxy may stand that tells of nobody.
    let network: [UInt8]?

    init(name: String, browser: KnownBrowser?, client: ClientAddress?) {
      self.name = name
      self.browser = browser
      network = client.flatMap { $0.isLoopback ? nil : $0.network }
    }

    fileprivate var subject: String { "\(name)\n\(browser?.id ?? "")" }
  }

  /// Counts one attempt, before the password is tried: so none slips through while others are tried.
  /// - Returns: how long until the next one may be, if it is too many.
  func wait(_ attempt: Attempt, at now: Instant) -> Duration? {
    let ofAddress = attempt.network.flatMap { limiter.take(.signInAddress, of: $0, at: now) }
    return ofAddress ?? limiter.take(.signInName, of: attempt.subject, at: now)
  }

  func succeeded(_ attempt: Attempt, at now: Instant) {
    if let network = attempt.network { limiter.giveBack(.signInAddress, of: network, at: now) }
    limiter.giveBack(.signInName, of: attempt.subject, count: Self.tries.burst, at: now)
  }

  /// No password was tried after all.
  func cancel(_ attempt: Attempt, at now: Instant) {
    if let network = attempt.network { limiter.giveBack(.signInAddress, of: network, at: now) }
    limiter.giveBack(.signInName, of: attempt.subject, at: now)
  }
}
