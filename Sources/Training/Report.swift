/// How good answers are: per category, and how far the confidence can be believed.
package struct Report: Sendable {
  package let categories: [String]
  package let labels: [Int]
  /// For each opinion the category that was chosen.
  package let chosen: [Int]
  /// For each opinion the confidence of the choice, in thousandths, as a classification gives it.
  package let confidences: [Int]

  /// - Parameter chances: for each opinion one for each category.
  package init(categories: [String], labels: [Int], chances: [[Double]]) {
    let chosen = chances.map { chances in chances.indices.max { (chances[$0], $1) < (chances[$1], $0) } ?? 0 }
    self.init(
      categories: categories, labels: labels, chosen: chosen,
      confidences: zip(chances, chosen).map { Int($0[$1] * 1000 + 0.5) })
  }

  package init(categories: [String], labels: [Int], chosen: [Int], confidences: [Int]) {
    self.categories = categories
    self.labels = labels
    self.chosen = chosen
    self.confidences = confidences
  }

  /// Rows are what people said, columns what was chosen.
  package var confusion: [[Int]] {
    var table = categories.map { _ in [Int](repeating: 0, count: categories.count) }
    for (label, choice) in zip(labels, chosen) { table[label][choice] += 1 }
    return table
  }

  package struct Quality: Hashable, Sendable {
    package let precision, recall, f1: Double
    package let count: Int
  }

  package var qualities: [Quality] {
    let table = confusion
    return categories.indices.map { index in
      let right = Double(table[index][index])
      let said = table[index].reduce(0, +)
      let given = table.reduce(0) { $0 + $1[index] }
      return Quality(
        precision: given == 0 ? 0 : right / Double(given), recall: said == 0 ? 0 : right / Double(said),
        f1: said + given == 0 ? 0 : 2 * right / Double(said + given), count: said)
    }
  }

  /// The mean over the categories that people named.
  package var macroF1: Double {
    let named = qualities.filter { $0.count > 0 }
    return named.reduce(0) { $0 + $1.f1 } / Double(max(1, named.count))
  }

  package var accuracy: Double {
    Double(zip(labels, chosen).count { $0 == $1 }) / Double(max(1, labels.count))
  }

  package struct Bin: Hashable, Sendable {
    /// In thousandths.
    package let from, to: Int
    package var count = 0
    package var right = 0
    /// Sum of the confidences, in thousandths.
    package var confidence = 0
  }

  /// Fifteen of equal width.
  package var reliability: [Bin] {
    var bins = (0..<15).map { Bin(from: $0 * 1000 / 15, to: ($0 + 1) * 1000 / 15) }
    for index in labels.indices {
      let bin = min(14, confidences[index] * 15 / 1000)
      bins[bin].count += 1
      bins[bin].right += labels[index] == chosen[index] ? 1 : 0
      bins[bin].confidence += confidences[index]
    }
    return bins
  }

  /// The expected calibration error: how far confidence and truth lie apart, over the bins, by their sizes.
  package var calibrationError: Double {
    reliability.reduce(0) { $0 + abs(Double($1.confidence) / 1000 - Double($1.right)) } / Double(max(1, labels.count))
  }

  /// What is decided from a confidence on.
  package struct Decided: Hashable, Sendable {
    package var count: Int
    package var right: Int
    package let of: Int

    package var share: Double { Double(count) / Double(max(1, of)) }
    package var precision: Double { Double(right) / Double(max(1, count)) }
  }

  /// The lowest confidence, in thousandths, from which on so many thousandths are right; 1001 if there is none.
  package func threshold(precision: Int, among members: [Int]) -> Int {
    var counts = [(all: Int, right: Int)](repeating: (0, 0), count: 1001)
    for member in members {
      counts[confidences[member]].all += 1
      counts[confidences[member]].right += labels[member] == chosen[member] ? 1 : 0
    }
    var (all, right, best) = (0, 0, 1001)
    for confidence in stride(from: 1000, through: 0, by: -1) {
      all += counts[confidence].all
      right += counts[confidence].right
      if counts[confidence].all > 0, right * 1000 >= precision * all { best = confidence }
    }
    return best
  }

  package func decided(from threshold: Int, among members: [Int]) -> Decided {
    var decided = Decided(count: 0, right: 0, of: members.count)
    for member in members where confidences[member] >= threshold {
      decided.count += 1
      decided.right += labels[member] == chosen[member] ? 1 : 0
    }
    return decided
  }
}
