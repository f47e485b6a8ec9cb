/// What is left of the time that a caller is ready to wait. Only ever measures waiting: what the log stamps, and what
/// leases and retention go by, is the clock it was given.
struct Patience {
  private let end: ContinuousClock.Instant?
  /// How long the next wait is; to be handed on to the next one's, while there is nothing new.
  private(set) var pause: Duration
  private let longestPause: Duration
  /// Whether nobody has waited yet.
  private(set) var isFresh = true

  /// - Parameter last: the pause that was reached when the caller last found nothing; `nil` if it found something.
  init(_ wait: Duration, pauses: ClosedRange<Duration>, after last: Duration? = nil) {
    end = wait > .zero ? ContinuousClock.now + min(wait, .seconds(1_000_000)) : nil
    pause = last ?? pauses.lowerBound
    longestPause = pauses.upperBound
  }

  /// How long to wait until the next look, growing with each; `nil` when the time is over.
  mutating func next() -> Duration? {
    isFresh = false
    guard let end else { return nil }
    let left = end - ContinuousClock.now
    if left <= .zero { return nil }
    defer { pause = min(pause * 2, longestPause) }
    return min(pause, left)
  }
}
