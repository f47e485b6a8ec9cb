import APIKeys
import RateLimiting
import Synchronization
import Time

/// Counts what each client of the open API sends, by the rate of its own key.
final class ClientRate: APIKeyRate {
  /// By client: as many as the operator's file names.
  private let limiters = Mutex<[String: RateLimiter]>([:])

  func allow(_ key: APIKey, at now: Instant) -> Duration? {
    let limiter = limiters.withLock { limiters in
      let limit = RateLimit(perMinute: key.perMinute, burst: key.perMinute)
      let limiter = limiters[key.name] ?? RateLimiter([.apiKey: limit], slots: 16)
      limiters[key.name] = limiter
      return limiter
    }
    return limiter.take(.apiKey, of: key.name, at: now)
  }
}
