import CoreMetrics
import Synchronization

/// How many values fell under each bound, and their sum: of a `Timer`, in seconds, or of an aggregating `Recorder`.
final class HistogramSeries: Series, RecorderHandler, TimerHandler {
  static let kind = MetricKind.histogram

  private struct Counts {
    /// Per bucket, not cumulative; the last one is above all bounds.
    var buckets: [UInt64]
    var sum = 0.0
  }

  private let bounds: [Double]
  private let counts: Mutex<Counts>

  init(bounds: [Double]) {
    self.bounds = bounds
    counts = Mutex(Counts(buckets: Array(repeating: 0, count: bounds.count + 1)))
  }

  /// A clock that went backwards counts as no time at all.
  func recordNanoseconds(_ duration: Int64) {
    record(Double(max(0, duration)) / 1_000_000_000)
  }

  func record(_ value: Int64) {
    record(Double(value))
  }

  /// What is no number is left out: it would make the sum useless for good.
  func record(_ value: Double) {
    guard value.isFinite else { return }
    let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
    counts.withLock {
      $0.buckets[bucket] += 1
      $0.sum += value
    }
  }

  func write(to exposition: inout Exposition, name: String, labels: LabelSet) {
    let counts = counts.withLock { $0 }
    let prefix = labels.text.isEmpty ? "" : labels.text + ","
    var total: UInt64 = 0
    for (bound, count) in zip(bounds + [.infinity], counts.buckets) {
      total += count
      exposition.sample("\(name)_bucket", "\(prefix)le=\"\(Exposition.number(bound))\"", total)
    }
    exposition.sample("\(name)_sum", labels.text, counts.sum)
    exposition.sample("\(name)_count", labels.text, total)
  }
}
