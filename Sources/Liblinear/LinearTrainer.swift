import CLiblinear

/// Trains one linear classifier against the rest for each class: L2-regularised support vectors with squared hinge loss,
/// solved in the primal, which draws no random numbers. So the same rows give the same weights on the same machine, on
/// any thread.
package struct LinearTrainer: Sendable {
  /// How much an error costs beside the size of the weights; above 0.
  package var cost: Double
  /// The solver stops when the gradient has shrunk to this share; above 0.
  package var tolerance: Double

  package init(cost: Double = 1, tolerance: Double = 0.1) {
    self.cost = cost
    self.tolerance = tolerance
  }

  /// - Parameters:
  ///   - labels: of each row its class, 0 ..< `classes`; each class at least once.
  ///   - featureCount: more than the largest feature's number.
  /// - Throws: ``LinearError`` where rows and labels don't fit together, and where the library refuses its parameters.
  package func train(
    _ rows: [SparseRow], labels: [Int], classes: Int, featureCount: Int
  ) throws(LinearError) -> LinearWeights {
    try check(rows, labels, classes, featureCount)
    huiyin_liblinear_be_silent()
    // Each row ends with the bias, always 1, and with the mark of its end.
    var nodes: [feature_node] = []
    nodes.reserveCapacity(rows.reduce(0) { $0 + $1.features.count + 2 })
    var starts: [Int] = []
    for row in rows {
      starts.append(nodes.count)
      for index in row.features.indices {
        nodes.append(feature_node(index: row.features[index] + 1, value: Double(row.values[index])))
      }
      nodes.append(feature_node(index: Int32(featureCount + 1), value: 1))
      nodes.append(feature_node(index: -1, value: 0))
    }
    var targets = labels.map(Double.init)
    var parameters = parameter()
    parameters.solver_type = Int32(L2R_L2LOSS_SVC)
    parameters.C = cost
    parameters.eps = tolerance
    return try nodes.withUnsafeMutableBufferPointer { nodes throws(LinearError) in
      try targets.withUnsafeMutableBufferPointer { targets throws(LinearError) in
        var pointers: [UnsafeMutablePointer<feature_node>?] = starts.map { start in nodes.baseAddress.map { $0 + start }
        }
        return try solve(&pointers, targets, &parameters, classes: classes, featureCount: featureCount)
      }
    }
  }

  private func solve(
    _ rows: inout [UnsafeMutablePointer<feature_node>?], _ targets: UnsafeMutableBufferPointer<Double>,
    _ parameters: inout parameter, classes: Int, featureCount: Int
  ) throws(LinearError) -> LinearWeights {
    let count = rows.count
    return try rows.withUnsafeMutableBufferPointer { rows throws(LinearError) in
      var given = problem()
      given.l = Int32(count)
      given.n = Int32(featureCount + 1)
      given.y = targets.baseAddress
      given.x = rows.baseAddress
      given.bias = 1
      if let fault = check_parameter(&given, &parameters) { throw LinearError(String(cString: fault)) }
      var trained = CLiblinear.train(&given, &parameters)
      guard let model = trained else { throw LinearError("liblinear gave no model") }
      defer { free_and_destroy_model(&trained) }
      return LinearWeights(reading: model, classes: classes, featureCount: featureCount)
    }
  }

  private func check(
    _ rows: [SparseRow], _ labels: [Int], _ classes: Int, _ featureCount: Int
  ) throws(LinearError) {
    guard classes >= 2 else { throw LinearError("fewer than two classes") }
    guard featureCount >= 1, featureCount < Int(Int32.max) - 1 else { throw LinearError("no feature, or too many") }
    guard rows.count == labels.count else { throw LinearError("\(rows.count) rows, \(labels.count) labels") }
    guard cost > 0, tolerance > 0 else { throw LinearError("cost and tolerance must be above 0") }
    var seen = [Bool](repeating: false, count: classes)
    for label in labels {
      guard seen.indices.contains(label) else { throw LinearError("the label \(label) is no class") }
      seen[label] = true
    }
    if let missing = seen.firstIndex(of: false) { throw LinearError("no row of class \(missing)") }
    for row in rows {
      guard row.features.count == row.values.count else { throw LinearError("a row has not one value a feature") }
      var last: Int32 = -1
      for feature in row.features {
        guard feature > last, Int(feature) < featureCount else { throw LinearError("a row's features don't rise") }
        last = feature
      }
    }
  }
}
