package import Classification

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How scores become chances, and from where on an answer is sure.
package struct Calibration: Hashable, Sendable {
  /// Chance = softmax(score × sharpness + shift).
  package var sharpness: Double
  package var shift: [Double]
  /// See ``ModelHeader``.
  package var threshold = 0
  package var knownFloor = 0
  package var hanFloor = 0

  /// The one that a model was written with.
  package init(of header: ModelHeader) {
    (sharpness, shift) = (header.sharpness, header.shift)
    (threshold, knownFloor, hanFloor) = (header.threshold, header.knownFloor, header.hanFloor)
  }

  /// Makes the labels of held-back opinions as likely as it can.
  /// - Parameter scores: of each opinion, not empty.
  init(scores: [[Double]], labels: [Int]) {
    let classes = scores[0].count
    // The logarithm of the sharpness, then the shifts; Adam, which needs no tuning for a handful of numbers.
    var values = [Double](repeating: 0, count: classes + 1)
    values[0] = 1
    var mean = values.map { _ in 0.0 }
    var square = mean
    for step in 1...Self.steps {
      let slope = Self.slope(values, scores, labels)
      let rate = 0.1 * (1 - Double(step) / Double(Self.steps + 1))
      for index in values.indices {
        mean[index] = 0.9 * mean[index] + 0.1 * slope[index]
        square[index] = 0.99 * square[index] + 0.01 * slope[index] * slope[index]
        let corrected = mean[index] / (1 - pow(0.9, Double(step)))
        let spread = (square[index] / (1 - pow(0.99, Double(step)))).squareRoot()
        values[index] -= rate * corrected / (spread + 1e-9)
      }
    }
    sharpness = exp(values[0])
    shift = Array(values.dropFirst())
  }

  func chances(_ scores: [Double]) -> [Double] {
    Softmax.chances(zip(scores, shift).map { $0 * sharpness + $1 })
  }

  private static let steps = 150

  private static func slope(_ values: [Double], _ scores: [[Double]], _ labels: [Int]) -> [Double] {
    let sharpness = exp(values[0])
    var slope = [Double](repeating: 0, count: values.count)
    var powers = [Double](repeating: 0, count: values.count - 1)
    for (scores, label) in zip(scores, labels) {
      var highest = -Double.infinity
      for index in powers.indices {
        powers[index] = scores[index] * sharpness + values[index + 1]
        highest = max(highest, powers[index])
      }
      var sum = 0.0
      for index in powers.indices {
        powers[index] = exp(powers[index] - highest)
        sum += powers[index]
      }
      for index in powers.indices {
        let excess = powers[index] / sum - (index == label ? 1 : 0)
        slope[index + 1] += excess
        slope[0] += excess * scores[index] * sharpness
      }
    }
    return slope.map { $0 / Double(labels.count) }
  }
}
