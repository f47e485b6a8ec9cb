/// What stands in a model's file before its weights, as JSON.
package struct ModelHeader: Hashable, Sendable, Codable {
  /// Names the model in every classification: `model-` and the first digits of its checksum.
  package var version: String
  /// The first-level categories that it knows, in the order of the weights.
  package var categories: [String]
  /// Of a bucket's number.
  package var bits: Int
  /// How much the title counts beside the text.
  package var titleWeight: Double
  /// A weight of 1 in the file stands for this much.
  package var unit: Double
  /// A feature's own weight of 1 in the file stands for this much; it is the same for all, and so only matters in training.
  package var featureUnit: Double
  /// Added to the scores, one for each category.
  package var bias: [Double]
  /// Confidence = softmax(score × sharpness + shift).
  package var sharpness: Double
  package var shift: [Double]
  /// Below it the answer is not sure, in thousandths.
  package var threshold: Int
  /// Texts of which a smaller share of the features is known, in thousandths, are unlike anything seen.
  package var knownFloor: Int
  /// So are texts with a smaller share of Chinese characters, in thousandths.
  package var hanFloor: Int

  package init(
    version: String, categories: [String], bits: Int, titleWeight: Double, unit: Double, featureUnit: Double,
    bias: [Double], sharpness: Double, shift: [Double], threshold: Int, knownFloor: Int, hanFloor: Int
  ) {
    self.version = version
    self.categories = categories
    self.bits = bits
    self.titleWeight = titleWeight
    self.unit = unit
    self.featureUnit = featureUnit
    self.bias = bias
    self.sharpness = sharpness
    self.shift = shift
    self.threshold = threshold
    self.knownFloor = knownFloor
    self.hanFloor = hanFloor
  }

  /// What is wrong with it, nil if nothing is.
  var fault: String? {
    guard (2...15).contains(categories.count), Set(categories).count == categories.count else {
      return "has not 2 to 15 categories, each once"
    }
    guard (8...24).contains(bits) else { return "has buckets of \(bits) bits" }
    guard bias.count == categories.count, shift.count == categories.count else {
      return "has not one bias and one shift for each category"
    }
    let numbers = bias + shift + [titleWeight, unit, featureUnit, sharpness]
    guard numbers.allSatisfy(\.isFinite), unit > 0, sharpness > 0 else { return "has numbers that can't be" }
    return nil
  }

  /// Sixteen-bit numbers for each bucket: the feature's own weight, then one for each category, then zeros.
  package var lanes: Int { categories.count < 8 ? 8 : 16 }
}
