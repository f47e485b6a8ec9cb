/// How often something may happen: a bucket of tokens that fills up steadily.
package struct RateLimit: Hashable, Sendable {
  /// How often at once, after a rest.
  package let burst: Int
  /// How often in the long run.
  package let perMinute: Int

  /// - Parameters: at least 1 each.
  package init(perMinute: Int, burst: Int) {
    precondition(perMinute > 0 && burst > 0, "what may never happen needs no limiter")
    self.perMinute = perMinute
    self.burst = burst
  }
}
