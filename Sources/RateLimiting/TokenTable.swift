import Time

/// The buckets of one limit, in sets of eight: a bucket is looked for in one set only.
struct TokenTable {
  private struct Bucket {
    /// 0 where there is none.
    var tag: UInt64 = 0
    var tokens = 0.0
    /// When it had so many, in milliseconds.
    var time: Int64 = 0
  }

  private static let setSize = 8

  private let burst: Double
  private let perMillisecond: Double
  private var buckets: [Bucket]

  init(_ limit: RateLimit, slots: Int) {
    burst = Double(limit.burst)
    perMillisecond = Double(limit.perMinute) / 60_000
    buckets = Array(repeating: Bucket(), count: max(1, slots / Self.setSize) * Self.setSize)
  }

  /// - Returns: `nil` if there was a token; otherwise how long until there is one.
  mutating func take(_ tag: UInt64, at now: Instant) -> Duration? {
    let tag = max(tag, 1)
    let index = place(of: tag, at: now.milliseconds)
    let tokens = tokens(of: buckets[index], at: now.milliseconds)
    buckets[index].time = now.milliseconds
    guard tokens < 1 else {
      buckets[index].tokens = tokens - 1
      return nil
    }
    buckets[index].tokens = tokens
    return .milliseconds(Int64(((1 - tokens) / perMillisecond).rounded(.up)))
  }

  mutating func give(_ tag: UInt64, _ count: Int, at now: Instant) {
    let index = place(of: max(tag, 1), at: now.milliseconds)
    buckets[index].tokens = min(burst, tokens(of: buckets[index], at: now.milliseconds) + Double(count))
    buckets[index].time = now.milliseconds
  }

  /// A clock that is set back gives nobody tokens, and takes none.
  private func tokens(of bucket: Bucket, at now: Int64) -> Double {
    min(burst, bucket.tokens + Double(max(0, now - bucket.time)) * perMillisecond)
  }

  /// The place of the bucket of that tag; a full one in the place of another where there is none. That is the one with the
  /// most tokens, so that nobody can be made to be forgotten who is near their limit.
  private mutating func place(of tag: UInt64, at now: Int64) -> Int {
    let start = Int(tag % UInt64(buckets.count / Self.setSize)) * Self.setSize
    var victim = start
    var most = -1.0
    for index in start..<start + Self.setSize {
      if buckets[index].tag == tag { return index }
      let tokens = buckets[index].tag == 0 ? .infinity : tokens(of: buckets[index], at: now)
      if tokens > most { (victim, most) = (index, tokens) }
    }
    buckets[victim] = Bucket(tag: tag, tokens: burst, time: now)
    return victim
  }
}
