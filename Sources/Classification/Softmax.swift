/// Chances out of scores, the same to the last bit on every machine: the exponential is our own, out of sums and products.
package enum Softmax {
  /// Sum to 1; as many as the scores.
  package static func chances(_ scores: [Double]) -> [Double] {
    let highest = scores.max() ?? 0
    let powers = scores.map { exponential($0 - highest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// A chance to three places, as its shortest decimal.
  package static func thousandths(_ chance: Double) -> Double {
    Double(inThousandths(chance)) / 1000
  }

  package static func inThousandths(_ chance: Double) -> Int {
    Int(chance * 1000 + 0.5)
  }

  /// e to the power of `x` for x ≤ 0, to about 14 digits: e^x = (e^(x / 1024))^1024.
  package static func exponential(_ x: Double) -> Double {
    guard x > -700 else { return 0 }
    let small = x / 1024
    var power = 1.0
    // The series to the tenth term, from the last one on.
    for term in stride(from: 10.0, through: 1, by: -1) { power = 1 + power * small / term }
    for _ in 0..<10 { power *= power }
    return power
  }
}
