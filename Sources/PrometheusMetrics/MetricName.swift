/// What Prometheus allows as the name of a metric, `[a-zA-Z_:][a-zA-Z0-9_:]*`, or of a label, the same without colons.
enum MetricName {
  /// The name with every other character as an underscore, and `ending` put to it unless it ends so already.
  static func sanitized(_ name: String, ending: String = "") -> String {
    let name = sanitized(name, colons: true)
    return name.hasSuffix(ending) ? name : name + ending
  }

  static func label(_ name: String) -> String {
    sanitized(name, colons: false)
  }

  private static func sanitized(_ name: String, colons: Bool) -> String {
    var allowed = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      switch scalar {
      case "0"..."9":
        if allowed.isEmpty { allowed.append("_") }
        allowed.append(scalar)
      case "a"..."z", "A"..."Z", "_": allowed.append(scalar)
      case ":" where colons: allowed.append(scalar)
      default: allowed.append("_")
      }
    }
    return allowed.isEmpty ? "_" : String(allowed)
  }
}
