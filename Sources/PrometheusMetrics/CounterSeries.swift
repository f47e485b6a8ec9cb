import CoreMetrics
import Synchronization

/// Whole and broken increments are kept apart, so that large whole counts stay exact.
final class CounterSeries: Series, CounterHandler, FloatingPointCounterHandler {
  static let kind = MetricKind.counter

  private let whole = Atomic<UInt64>(0)
  private let broken = AtomicDouble()

  /// A counter only grows: a negative amount changes nothing.
  func increment(by amount: Int64) {
    guard amount > 0 else { return }
    whole.wrappingAdd(UInt64(amount), ordering: .relaxed)
  }

  func increment(by amount: Double) {
    guard amount > 0, amount.isFinite else { return }
    broken.add(amount)
  }

  func reset() {
    whole.store(0, ordering: .relaxed)
    broken.store(0)
  }

  func write(to exposition: inout Exposition, name: String, labels: LabelSet) {
    let (whole, broken) = (whole.load(ordering: .relaxed), broken.load())
    if broken == 0 {
      exposition.sample(name, labels.text, whole)
    } else {
      exposition.sample(name, labels.text, Double(whole) + broken)
    }
  }
}
