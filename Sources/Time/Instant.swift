/// A moment, in whole milliseconds since 1970-01-01T00:00:00Z: the resolution in which Kafka stamps records.
///
/// Nothing in the libraries reads a clock. Whoever needs to know the time is given an `Instant`.
package struct Instant: Hashable, Comparable, Sendable {
  package var milliseconds: Int64

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  package static let distantPast = Instant(milliseconds: .min)
  package static let distantFuture = Instant(milliseconds: .max)

  package static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The distance is cut to whole milliseconds; a result outside the range of `Instant` is its nearest end.
  package static func + (instant: Instant, distance: Duration) -> Instant {
    let (sum, overflow) = instant.milliseconds.addingReportingOverflow(distance.milliseconds)
    if overflow { return distance.milliseconds > 0 ? .distantFuture : .distantPast }
    return Instant(milliseconds: sum)
  }

  package static func - (instant: Instant, distance: Duration) -> Instant {
    let (difference, overflow) = instant.milliseconds.subtractingReportingOverflow(distance.milliseconds)
    if overflow { return distance.milliseconds > 0 ? .distantPast : .distantFuture }
    return Instant(milliseconds: difference)
  }

  package static func - (later: Instant, earlier: Instant) -> Duration {
    let (difference, overflow) = later.milliseconds.subtractingReportingOverflow(earlier.milliseconds)
    if overflow { return .milliseconds(later > earlier ? Int64.max : Int64.min) }
    return .milliseconds(difference)
  }
}

extension Instant: CustomStringConvertible {
  /// RFC 3339 in UTC, with milliseconds only where there are any.
  package var description: String { rfc3339() }
}

extension Instant: Codable {
  package init(from decoder: any Decoder) throws {
    milliseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }
}

extension Duration {
  /// Whole milliseconds, cut towards zero; a duration too long for that many gives the nearest end of `Int64`.
  package var milliseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    if overflow { return seconds > 0 ? .max : .min }
    let (sum, overflowInSum) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
    if overflowInSum { return seconds > 0 ? .max : .min }
    return sum
  }

  /// Seconds as a floating-point number, for metrics.
  package var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
