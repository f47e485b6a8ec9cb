import Metrics
import Time

/// What an outbox counts.
struct OutboxMetrics: Sendable {
  private let records: Gauge
  private let bytes: Gauge
  private let age: Gauge
  private let puts: Counter
  private let commits: Counter
  private let published: Counter
  private let refused: Counter

  /// - Parameter capacity: in bytes.
  init(_ metrics: any MetricsFactory, capacity: Int) {
    Gauge(label: "huiyin_outbox_capacity_bytes", factory: metrics).record(capacity)
    records = Gauge(label: "huiyin_outbox_waiting", factory: metrics)
    bytes = Gauge(label: "huiyin_outbox_bytes", factory: metrics)
    age = Gauge(label: "huiyin_outbox_oldest_seconds", factory: metrics)
    puts = Counter(label: "huiyin_outbox_puts", factory: metrics)
    commits = Counter(label: "huiyin_outbox_commits", factory: metrics)
    published = Counter(label: "huiyin_outbox_published", factory: metrics)
    refused = Counter(label: "huiyin_outbox_refused", factory: metrics)
  }

  func observe(_ contents: Spool.Contents, at now: Instant) {
    records.record(contents.entries)
    bytes.record(contents.bytes)
    age.record(contents.oldest.map { max(0, (now - $0).inSeconds) } ?? 0)
  }

  /// So many puts went to the disk together.
  func committed(_ count: Int, _ contents: Spool.Contents, at now: Instant) {
    puts.increment(by: count)
    commits.increment()
    observe(contents, at: now)
  }

  func published(_ count: Int) {
    published.increment(by: count)
  }

  func wasRefused() {
    refused.increment()
  }
}
