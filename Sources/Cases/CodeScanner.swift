package import Time

/// Says what a scanned code is.
package protocol CodeScanner: Sendable {
  /// - Parameter token: what was scanned, as it came: anything at all may be in it. How long the answer takes tells
  ///   nothing of how much of a forged signature is right.
  func scan(_ token: String, at time: Instant) -> Scan
}
