import Synchronization
import Time

/// Readings of the overview that still hold: as long as nothing was folded into the model, and within one minute, since
/// what is due goes by the clock. However many look at it, it is read once.
final class OverviewCache: Sendable {
  private struct Entry {
    let version: Int
    let minute: Int64
    let reading: OverviewReading
  }

  private let entries = Mutex<[Period: Entry]>([:])

  /// - Parameter version: of what can be read from now on.
  func reading(
    _ period: Period, version: Int, at now: Instant, _ read: () throws -> OverviewReading
  ) rethrows -> OverviewReading {
    let minute = now.milliseconds / 60_000
    let known = entries.withLock { $0[period] }
    if let known, known.version == version, known.minute == minute { return known.reading }
    let reading = try read()
    entries.withLock { $0[period] = Entry(version: version, minute: minute, reading: reading) }
    return reading
  }
}
