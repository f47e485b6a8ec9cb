import CoreMetrics

/// The last value told: of a `Gauge`, or of a `Meter`, which may also be moved up and down.
final class GaugeSeries: Series, RecorderHandler, MeterHandler {
  static let kind = MetricKind.gauge

  private let value = AtomicDouble()

  func record(_ value: Int64) { self.value.store(Double(value)) }
  func record(_ value: Double) { self.value.store(value) }
  func set(_ value: Int64) { self.value.store(Double(value)) }
  func set(_ value: Double) { self.value.store(value) }
  func increment(by amount: Double) { value.add(amount) }
  func decrement(by amount: Double) { value.add(-amount) }

  func write(to exposition: inout Exposition, name: String, labels: LabelSet) {
    exposition.sample(name, labels.text, value.load())
  }
}
