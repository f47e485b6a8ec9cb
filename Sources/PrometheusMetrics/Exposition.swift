/// The lines of the Prometheus text format 0.0.4.
struct Exposition {
  private(set) var bytes: [UInt8] = []

  mutating func head(_ name: String, kind: MetricKind, help: String?) {
    if let help {
      line("# HELP \(name) \(Self.escaped(help))")
    }
    line("# TYPE \(name) \(kind.rawValue)")
  }

  mutating func sample(_ name: String, _ labels: String, _ value: UInt64) {
    line("\(name)\(Self.braced(labels)) \(value)")
  }

  mutating func sample(_ name: String, _ labels: String, _ value: Double) {
    line("\(name)\(Self.braced(labels)) \(Self.number(value))")
  }

  /// A counter of the factory's own, by the metric it tells of; nothing, if there is nothing to tell.
  mutating func tally(_ name: String, help: String, _ counts: [String: UInt64]) {
    guard !counts.isEmpty else { return }
    head(name, kind: .counter, help: help)
    for (metric, count) in counts.sorted(by: { $0.key < $1.key }) {
      sample(name, "metric=\"\(metric)\"", count)
    }
  }

  /// A whole number without a point, infinity and not-a-number as Prometheus spells them.
  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    if let whole = Int64(exactly: value), whole.magnitude < 1 << 53 { return "\(whole)" }
    return "\(value)"
  }

  private mutating func line(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    bytes.append(UInt8(ascii: "\n"))
  }

  private static func braced(_ labels: String) -> String {
    labels.isEmpty ? "" : "{\(labels)}"
  }

  private static func escaped(_ help: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in help.unicodeScalars {
      switch scalar {
      case "\\": escaped.append(contentsOf: "\\\\".unicodeScalars)
      case "\n": escaped.append(contentsOf: "\\n".unicodeScalars)
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}
