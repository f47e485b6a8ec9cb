/// A report in Markdown, which a terminal shows as well.
package struct ReportText: Sendable {
  private let report: Report

  package init(_ report: Report) {
    self.report = report
  }

  package var text: String {
    let everything = Array(report.labels.indices)
    let threshold = report.threshold(precision: CrossValidation.precision, among: everything)
    let decided = report.decided(from: threshold, among: everything)
    return [
      """
      | | |
      |---|---|
      | macro-F1 | \(Self.number(report.macroF1, 4)) |
      | accuracy | \(Self.number(report.accuracy, 4)) |
      | share decided at \(Self.share(CrossValidation.precision)) precision | \(Self.percent(decided.share)), from confidence \(Self.thousandths(threshold)) on |
      | expected calibration error, 15 bins | \(Self.number(report.calibrationError, 4)) |
      """, qualities, confusion, reliability, tradeoff,
    ].joined(separator: "\n\n")
  }

  private var qualities: String {
    let rows = zip(report.categories, report.qualities).map { name, quality in
      "| \(name) | \(quality.count) | \(Self.number(quality.precision, 3)) | \(Self.number(quality.recall, 3)) "
        + "| \(Self.number(quality.f1, 3)) |"
    }
    return (["| category | opinions | precision | recall | F1 |", "|---|---|---|---|---|"] + rows)
      .joined(separator: "\n")
  }

  private var confusion: String {
    let head = "| said ↓ chosen → | " + report.categories.joined(separator: " | ") + " |"
    let rows = zip(report.categories, report.confusion).map { name, row in
      "| \(name) | " + row.map(String.init).joined(separator: " | ") + " |"
    }
    return ([head, "|" + String(repeating: "---|", count: report.categories.count + 1)] + rows)
      .joined(separator: "\n")
  }

  private var reliability: String {
    let rows = report.reliability.filter { $0.count > 0 }.map { bin in
      "| \(Self.thousandths(bin.from)) – \(Self.thousandths(bin.to)) | \(bin.count) "
        + "| \(Self.number(Double(bin.confidence) / 1000 / Double(bin.count), 3)) "
        + "| \(Self.number(Double(bin.right) / Double(bin.count), 3)) |"
    }
    return (["| confidence | opinions | mean confidence | right |", "|---|---|---|---|"] + rows)
      .joined(separator: "\n")
  }

  private var tradeoff: String {
    let everything = Array(report.labels.indices)
    let rows = [950, 960, 970, 980, 990].map { precision in
      let threshold = report.threshold(precision: precision, among: everything)
      let decided = report.decided(from: threshold, among: everything)
      return "| \(Self.share(precision)) | \(Self.thousandths(threshold)) | \(Self.percent(decided.share)) |"
    }
    return (["| precision | from confidence | share decided |", "|---|---|---|"] + rows).joined(separator: "\n")
  }

  static func number(_ value: Double, _ places: Int) -> String {
    let scale = (0..<places).reduce(1) { scale, _ in scale * 10 }
    let whole = Int((value * Double(scale)).rounded())
    let rest = String(abs(whole) % scale)
    return "\(whole < 0 ? "-" : "")\(abs(whole) / scale).\(String(repeating: "0", count: places - rest.count))\(rest)"
  }

  static func percent(_ share: Double) -> String { "\(number(share * 100, 1)) %" }

  static func thousandths(_ value: Int) -> String { number(Double(value) / 1000, 3) }

  static func share(_ thousandths: Int) -> String { "\(number(Double(thousandths) / 10, 1)) %" }
}
