package import CoreMetrics
import Synchronization

/// Keeps what the program counts and measures, and writes it down in the Prometheus text format 0.0.4.
///
/// Metrics become families by their exposed name: dots and other foreign characters turn into underscores, counters end
/// in `_total`, timers in `_seconds`. A `Gauge` or `Meter` is a gauge; a `Timer` and an aggregating `Recorder` are
/// histograms. Updating a series takes one atomic operation or one short lock of that series alone; finding a series by
/// its label and dimensions locks the whole factory, so keep the metric object where a loop is tight.
package final class PrometheusFactory: MetricsFactory {
  /// Upper bounds, in seconds for timers, of the histograms that registered none of their own.
  package static let defaultBuckets: [Double] = [
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
  ]

  private struct Registration {
    let help: String
    let buckets: [Double]?
  }

  private struct State {
    var families: [String: Family] = [:]
    var registrations: [String: Registration] = [:]

    func find<Kept: Series>(_ name: String, _ labels: LabelSet) -> Kept? {
      families[name]?.series[labels] as? Kept
    }

    /// Counts what the factory could not keep as asked, in a counter of its own.
    mutating func count(_ tally: String, _ metric: String) {
      let labels = LabelSet([("metric", metric)], kind: .counter)
      let counter = find(tally, labels) ?? CounterSeries()
      families[tally, default: Family(label: tally, kind: .counter)].add(counter, labels)
      counter.increment(by: Int64(1))
    }
  }

  private static let folded = "huiyin_metrics_folded_total"
  private static let conflicts = "huiyin_metrics_conflicts_total"

  private let seriesLimit: Int
  private let state = Mutex(State())

  /// - Parameter seriesLimit: The most label sets one metric name may have; further ones share one series whose label
  ///   values are all `other`, and `huiyin_metrics_folded_total` tells how often that was so.
  package init(seriesLimit: Int = 1000) {
    self.seriesLimit = seriesLimit
    register(Self.folded, help: "Requests for a label set beyond the limit, counted under other.")
    register(Self.conflicts, help: "Requests for a metric whose name has another kind already; it is not exposed.")
  }

  /// Gives a metric its `# HELP` line, and a histogram its buckets.
  ///
  /// - Parameters:
  ///   - label: The label the metric is made with, not its exposed name.
  ///   - buckets: Ascending finite upper bounds. They hold for series made after this call.
  package func register(_ label: String, help: String, buckets: [Double]? = nil) {
    precondition(
      zip(buckets ?? [], (buckets ?? []).dropFirst()).allSatisfy { $0 < $1 } && (buckets ?? []).allSatisfy(\.isFinite),
      "the buckets of \(label) must be finite and ascending"
    )
    let registration = Registration(help: help, buckets: buckets)
    state.withLock { $0.registrations[MetricName.sanitized(label)] = registration }
  }

  /// All series as they stand, families sorted by name and series by labels.
  ///
  /// Each series is read whole, but not all of them at the same instant.
  package func render() -> [UInt8] {
    let (families, registrations) = state.withLock { ($0.families, $0.registrations) }
    var exposition = Exposition()
    for (name, family) in families.sorted(by: { $0.key < $1.key }) where !family.series.isEmpty {
      exposition.head(name, kind: family.kind, help: registrations[family.label]?.help)
      for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
        series.write(to: &exposition, name: name, labels: labels)
      }
    }
    return exposition.bytes
  }

  private func series<Kept: Series>(
    _ name: String, label: String, _ dimensions: [(String, String)], make: (_ buckets: [Double]?) -> Kept
  ) -> Kept {
    let label = MetricName.sanitized(label)
    let labels = LabelSet(dimensions, kind: Kept.kind)
    return state.withLock { state in
      if let kind = state.families[name]?.kind, kind != Kept.kind {
        // Whoever asked may go on counting; nobody will read it.
        state.count(Self.conflicts, name)
        return make(nil)
      }
      if let found: Kept = state.find(name, labels) { return found }
      let folds = (state.families[name]?.distinct ?? 0) >= seriesLimit
      if folds {
        state.count(Self.folded, name)
        if let found: Kept = state.find(name, labels.folded) { return found }
      }
      let made = make(state.registrations[label]?.buckets)
      state.families[name, default: Family(label: label, kind: Kept.kind)]
        .add(made, folds ? labels.folded : labels, shared: folds)
      return made
    }
  }

  private func remove(_ handler: AnyObject) {
    state.withLock { state in
      for name in state.families.keys {
        if state.families[name]?.remove(handler) == true { return }
      }
    }
  }
}

extension PrometheusFactory {
  package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    counter(label, dimensions)
  }

  package func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    counter(label, dimensions)
  }

  package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    gauge(label, dimensions)
  }

  package func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    aggregate
      ? histogram(label, MetricName.sanitized(label), dimensions)
      : gauge(label, dimensions)
  }

  package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    histogram(label, MetricName.sanitized(label, ending: "_seconds"), dimensions)
  }

  /// A destroyed metric is no longer exposed; other objects with its label and dimensions, too, no longer count.
  package func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
  package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
  package func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
  package func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
  package func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

  private func counter(_ label: String, _ dimensions: [(String, String)]) -> CounterSeries {
    series(MetricName.sanitized(label, ending: "_total"), label: label, dimensions) { _ in
      CounterSeries()
    }
  }

  private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeSeries {
    series(MetricName.sanitized(label), label: label, dimensions) { _ in GaugeSeries() }
  }

  private func histogram(_ label: String, _ name: String, _ dimensions: [(String, String)]) -> HistogramSeries {
    series(name, label: label, dimensions) { buckets in
      HistogramSeries(bounds: buckets ?? Self.defaultBuckets)
    }
  }
}
