import Testing
import Training

struct ReportTests {
  let report = Report(
    categories: ["甲", "乙"], labels: [0, 0, 0, 1, 1], chosen: [0, 0, 1, 1, 1], confidences: [900, 800, 600, 950, 700])

  @Test func `precision, recall and F1 are those of the confusion matrix`() {
    #expect(report.confusion == [[2, 1], [0, 2]])
    let first = report.qualities[0]
    #expect(first.precision == 1 && first.recall == 2.0 / 3 && first.f1 == 0.8 && first.count == 3)
    #expect(report.qualities[1].f1 == 0.8 && report.macroF1 == 0.8 && report.accuracy == 0.8)
  }

  @Test func `the calibration error is the distance of confidence and truth by bins`() {
    // Bins: 900 and 800 alone, 600 alone and wrong, 950 alone, 700 alone.
    #expect(abs(report.calibrationError - (0.1 + 0.2 + 0.6 + 0.05 + 0.3) / 5) < 1e-12)
    #expect(report.reliability.count == 15 && report.reliability.reduce(0) { $0 + $1.count } == 5)
  }

  @Test func `the threshold is the lowest that keeps the precision`() {
    let all = Array(report.labels.indices)
    #expect(report.threshold(precision: 1000, among: all) == 700)
    #expect(report.threshold(precision: 800, among: all) == 600)
    #expect(report.threshold(precision: 1000, among: [2]) == 1001)
    let decided = report.decided(from: 700, among: all)
    #expect(decided.count == 4 && decided.right == 4 && decided.share == 0.8 && decided.precision == 1)
  }
}
