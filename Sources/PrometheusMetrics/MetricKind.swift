/// The word after the name in a `# TYPE` line.
enum MetricKind: String {
  case counter, gauge, histogram
}
