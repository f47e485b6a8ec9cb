import CLiblinear

/// What was learned: a score for each class is its bias and the sum of its weights times the values.
package struct LinearWeights: Sendable {
  package let classes: Int
  package let featureCount: Int
  /// Of feature f and class c at f × `classes` + c.
  package private(set) var weights: [Double]
  package private(set) var bias: [Double]

  /// Two classes have one row of weights in liblinear, for the class it met first; the other's are their opposites.
  init(reading model: UnsafePointer<model>, classes: Int, featureCount: Int) {
    self.classes = classes
    self.featureCount = featureCount
    weights = [Double](repeating: 0, count: classes * featureCount)
    bias = [Double](repeating: 0, count: classes)
    var order = [Int32](repeating: 0, count: classes)
    get_labels(model, &order)
    let columns = classes == 2 ? 1 : classes
    guard let learned = model.pointee.w else { return }
    for column in 0..<columns {
      let label = Int(order[column])
      for feature in 0..<featureCount { weights[feature * classes + label] = learned[feature * columns + column] }
      bias[label] = learned[featureCount * columns + column]
    }
    if classes == 2 {
      let label = Int(order[0])
      for feature in 0..<featureCount { weights[feature * 2 + 1 - label] = -weights[feature * 2 + label] }
      bias[1 - label] = -bias[label]
    }
  }

  package func scores(of row: SparseRow) -> [Double] {
    var scores = bias
    for (feature, value) in zip(row.features, row.values) {
      for label in 0..<classes { scores[label] += weights[Int(feature) * classes + label] * Double(value) }
    }
    return scores
  }
}
