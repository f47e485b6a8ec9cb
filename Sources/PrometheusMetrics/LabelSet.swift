/// The labels of one series: sorted by name, each name once.
struct LabelSet: Hashable, Comparable {
  /// As it stands between the braces, values escaped; empty without labels.
  let text: String

  /// The set with the same names that stands for all those beyond the limit.
  var folded: LabelSet {
    LabelSet(names: names, values: names.map { _ in "other" })
  }

  private let names: [String]

  /// - Parameter dimensions: Where a name occurs twice, the last one holds.
  init(_ dimensions: [(String, String)], kind: MetricKind) {
    var values: [String: String] = [:]
    for (name, value) in dimensions {
      let name = MetricName.label(name)
      // A histogram's own label is `le`.
      values[kind == .histogram && name == "le" ? "le_" : name] = value
    }
    let sorted = values.sorted { $0.key < $1.key }
    self.init(names: sorted.map(\.key), values: sorted.map(\.value))
  }

  private init(names: [String], values: [String]) {
    self.names = names
    text = zip(names, values).map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
  }

  static func < (left: LabelSet, right: LabelSet) -> Bool {
    left.text < right.text
  }

  private static func escaped(_ value: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": escaped.append(contentsOf: "\\\\".unicodeScalars)
      case "\"": escaped.append(contentsOf: "\\\"".unicodeScalars)
      case "\n": escaped.append(contentsOf: "\\n".unicodeScalars)
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}
