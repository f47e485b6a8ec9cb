/// The value, or values, of one metric name and label set. Updated from any thread.
protocol Series: AnyObject, Sendable {
  static var kind: MetricKind { get }

  func write(to exposition: inout Exposition, name: String, labels: LabelSet)
}
