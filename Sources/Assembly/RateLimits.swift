package import RateLimiting

/// The limits of ``Settings/rateLimits`` as a limiter.
package enum RateLimits {
  /// So many in a minute, and as many at once.
  package static func limiter(_ settings: Settings) -> RateLimiter {
    RateLimiter(settings.rateLimits.filter { $0.value > 0 }.mapValues { RateLimit(perMinute: $0, burst: $0) })
  }
}
