/// The value of an `Accept` or `Accept-Language` header: names with how much each is wanted (RFC 9110, 12.4.2).
package struct Preference {
  private let weights: [String: Double]

  /// Names that cannot be read are left out; without a header nothing is named.
  package init(_ header: String?) {
    var weights: [String: Double] = [:]
    for entry in (header ?? "").lowercased().split(separator: ",").prefix(50) {
      let parts = entry.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
      guard let name = parts.first, !name.isEmpty else { continue }
      let weight = parts.dropFirst().first { $0.hasPrefix("q=") }
      weights[String(name)] = weight.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
    }
    self.weights = weights
  }

  /// 0 for a name that isn't there.
  package func weight(of name: String) -> Double { weights[name] ?? 0 }

  /// The most that any name is wanted which is `prefix` or begins with it and a hyphen.
  package func weight(ofLanguage prefix: String) -> Double {
    weights.filter { $0.key == prefix || $0.key.hasPrefix(prefix + "-") }.map(\.value).max() ?? 0
  }
}
