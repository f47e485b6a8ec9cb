import Foundation

/// One measured figure; a ratio says against what, in the same run.
struct Figure: Encodable {
  var benchmark: String
  var figure: String
  var value: Double
  var unit: String
  /// What the issue asks for, such as `>= 0.5`.
  var aim: String?
}

enum Report {
  static func print(_ figures: [Figure], json: Bool) throws {
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      Swift.print(String(decoding: try encoder.encode(figures), as: UTF8.self))
      return
    }
    for figure in figures {
      let value = figure.value >= 1000 ? String(format: "%.0f", figure.value) : String(format: "%.3g", figure.value)
      let name = figure.benchmark.padding(toLength: 16, withPad: " ", startingAt: 0)
      let what = figure.figure.padding(toLength: 46, withPad: " ", startingAt: 0)
      let number = String(repeating: " ", count: max(0, 12 - value.count)) + value
      Swift.print("\(name) \(what) \(number) \(figure.unit)\(figure.aim.map { "   (\($0))" } ?? "")")
    }
  }
}
