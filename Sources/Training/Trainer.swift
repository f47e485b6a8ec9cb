import Classification
import Liblinear

/// Learns a model from a corpus.
package struct Trainer: Sendable {
  /// Of a bucket's number.
  package static let bits = 18
  /// How much the title counts beside the text.
  package static let titleWeight = 0.9

  package let corpus: Corpus

  package init(_ corpus: Corpus) {
    self.corpus = corpus
  }

  /// A model that isn't calibrated yet.
  struct Draft {
    let weighting: Weighting
    let learned: LinearWeights

    /// For an opinion: the scores of the categories, and the share of its features that is known.
    func judge(_ features: Features) -> (scores: [Double], known: Int) {
      let (row, known) = weighting.row(features, titleWeight: Trainer.titleWeight)
      return (learned.scores(of: row), known)
    }
  }

  /// - Parameter members: the opinions to learn from.
  func draft(members: [Int]) throws(TrainingError) -> Draft {
    let weighting = Weighting(corpus, members: members)
    let rows = members.map { weighting.row(corpus.features[$0], titleWeight: Self.titleWeight).row }
    do throws(LinearError) {
      let learned = try LinearTrainer().train(
        rows, labels: members.map { corpus.labels[$0] }, classes: corpus.categories.count,
        featureCount: weighting.buckets.count)
      return Draft(weighting: weighting, learned: learned)
    } catch {
      throw TrainingError(error.description)
    }
  }

  /// Learns from some of the opinions, and gives the bytes of the model's file.
  package func train(members: [Int], calibration: Calibration) throws(TrainingError) -> [UInt8] {
    let draft = try draft(members: members)
    let (weighting, learned) = (draft.weighting, draft.learned)
    let classes = corpus.categories.count
    var header = ModelHeader(
      version: "", categories: corpus.categories, bits: corpus.bits, titleWeight: Self.titleWeight, unit: 1,
      featureUnit: weighting.unit, bias: learned.bias, sharpness: calibration.sharpness, shift: calibration.shift,
      threshold: calibration.threshold, knownFloor: calibration.knownFloor, hanFloor: calibration.hanFloor)
    // A feature's weight times what was learned of it, so that one product is left for each text.
    var products = [Double](repeating: 0, count: weighting.buckets.count * classes)
    var largest = 1e-12
    for (number, bucket) in weighting.buckets.enumerated() {
      let own = Double(weighting.weights[Int(bucket)]) * weighting.unit
      for label in 0..<classes {
        let product = own * learned.weights[number * classes + label]
        products[number * classes + label] = product
        largest = max(largest, abs(product))
      }
    }
    header.unit = largest / 32767
    var weights = [Int16](repeating: 0, count: (1 << corpus.bits) * header.lanes)
    for (number, bucket) in weighting.buckets.enumerated() {
      let slot = Int(bucket) * header.lanes
      weights[slot] = weighting.weights[Int(bucket)]
      for label in 0..<classes {
        weights[slot + 1 + label] = Int16((products[number * classes + label] / header.unit).rounded())
      }
    }
    return ModelFile.bytes(header, weights: weights)
  }
}
