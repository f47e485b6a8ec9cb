package import Metrics
import Synchronization
package import Time

/// Says who asks too often, by several limits of their own. Whom it remembers takes no more memory than it is given, and
/// is remembered by a number drawn from who they are, never by that itself.
package final class RateLimiter: Sendable {
  /// Whose requests are counted together.
  package enum Name: String, CaseIterable, Sendable {
    /// What one client address sends.
    case address
    /// What one client address reads.
    case reads
    /// What comes in through one code.
    case code
    /// What one person in a chat sends.
    case openid
    /// What one client of the open API sends.
    case apiKey = "api-key"
    /// Attempts of one client address to sign in.
    case signInAddress = "sign-in-address"
    /// Attempts to sign in under one name that haven't succeeded.
    case signInName = "sign-in-name"
  }

  private final class Counted: Sendable {
    let table: Mutex<TokenTable>
    let refused: Counter

    init(_ table: TokenTable, _ refused: Counter) {
      self.table = Mutex(table)
      self.refused = refused
    }
  }

  private let tables: [Name: Counted]

  /// - Parameters:
  ///   - limits: a name without one is not limited.
  ///   - slots: how many are remembered under each name, of 24 bytes each. Whoever comes beyond that takes the place of
  ///     someone who has asked little of late.
  package init(
    _ limits: [Name: RateLimit], slots: Int = 32_768, metrics: any MetricsFactory = MetricsSystem.factory
  ) {
    var tables: [Name: Counted] = [:]
    for (name, limit) in limits {
      let refused = Counter(
        label: "huiyin_rate_limited", dimensions: [("limit", name.rawValue)], factory: metrics)
      tables[name] = Counted(TokenTable(limit, slots: slots), refused)
    }
    self.tables = tables
  }

  /// Counts one request.
  /// - Parameter subject: whose it is, under this name.
  /// - Returns: `nil` if it is within the limit; otherwise how long until the next one may be.
  package func take(_ name: Name, of subject: some Hashable, at now: Instant) -> Duration? {
    guard let counted = tables[name] else { return nil }
    let wait = counted.table.withLock { $0.take(Self.tag(subject), at: now) }
    if wait != nil { counted.refused.increment() }
    return wait
  }

  /// Takes back that it was counted, as far as it was.
  /// - Parameter count: how many requests; beyond what may come at once it makes no difference.
  package func giveBack(_ name: Name, of subject: some Hashable, count: Int = 1, at now: Instant) {
    tables[name]?.table.withLock { $0.give(Self.tag(subject), count, at: now) }
  }

  /// Seeded anew in each process, so that nobody outside can choose subjects that share a place.
  private static func tag(_ subject: some Hashable) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(subject)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}
