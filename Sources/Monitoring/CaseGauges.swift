import Metrics

/// The counts of ``CaseCounts`` as gauges, and what became of the records read as a counter.
struct CaseGauges: Sendable {
  private let open: Gauge
  private let dueToday: Gauge
  private let dueSoon: Gauge
  private let overdue: Gauge
  private let replied: Gauge
  private let closed: Gauge
  private let folded: Counter
  private let repeated: Counter
  private let gaps: Counter
  private let undecodable: Counter

  init(_ metrics: any MetricsFactory) {
    open = Gauge(label: "huiyin_cases_open", factory: metrics)
    dueToday = Gauge(label: "huiyin_cases_due_today", factory: metrics)
    dueSoon = Gauge(label: "huiyin_cases_due_soon", factory: metrics)
    overdue = Gauge(label: "huiyin_case_overdue", factory: metrics)
    replied = Gauge(label: "huiyin_cases_replied", factory: metrics)
    closed = Gauge(label: "huiyin_cases_closed", factory: metrics)
    func records(_ outcome: String) -> Counter {
      Counter(label: "huiyin_monitor_records", dimensions: [("outcome", outcome)], factory: metrics)
    }
    folded = records("folded")
    repeated = records("repeated")
    gaps = records("gap")
    undecodable = records("undecodable")
  }

  func record(_ counts: CaseCounts) {
    open.record(counts.open)
    dueToday.record(counts.dueToday)
    dueSoon.record(counts.dueSoon)
    overdue.record(counts.overdue)
    replied.record(counts.replied)
    closed.record(counts.closed)
  }

  func count(_ applied: ReadModel.Applied) {
    folded.increment(by: applied.folded)
    repeated.increment(by: applied.repeated)
    gaps.increment(by: applied.gaps)
    undecodable.increment(by: applied.undecodable)
  }
}
