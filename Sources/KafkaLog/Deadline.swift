/// What is left of the time that a call may take. Only ever measures waiting.
struct Deadline {
  private let end: ContinuousClock.Instant

  init(after patience: Duration) {
    end = ContinuousClock.now + min(max(patience, .zero), .seconds(1_000_000))
  }

  var remaining: Duration { max(.zero, end - ContinuousClock.now) }
  var isOver: Bool { remaining == .zero }

  /// What librdkafka takes as a time-out: rounded up, so that something is left until the end.
  var milliseconds: Int32 { remaining.wholeMilliseconds }
}

extension Duration {
  /// As librdkafka takes it: rounded up, and no more than an `Int32` holds.
  var wholeMilliseconds: Int32 {
    let (seconds, attoseconds) = components
    if seconds >= 2_000_000 { return 2_000_000_000 }
    let part: Int64 = 1_000_000_000_000_000
    return Int32(seconds * 1000 + (attoseconds + part - 1) / part)
  }
}
