import Cases

/// Says what an opinion is about by what it learned from labelled ones: a linear model over hashed runs of characters.
///
/// Sums are of whole numbers, and what follows uses only the operations of IEEE 754 that are exact to the last bit on every
/// machine (+ − × ÷ √), so that the same text and the same file give the same answer everywhere, byte for byte.
package struct Model: Sendable {
  private let file: ModelFile

  /// - Throws: ``ModelError`` if the file can't serve.
  package init(path: String) throws(ModelError) {
    file = try ModelFile(path: path)
  }

  package var header: ModelHeader { file.header }

  /// Bytes of the mapped file.
  package var size: Int { file.size }

  package func judge(title: String?, text: String) -> Judgement {
    let title = PlainText(title ?? "")
    let text = PlainText(text)
    let header = file.header
    let features = Features(title: title, text: text, bits: header.bits)
    let titleSums = Sums(features.title, file)
    let textSums = Sums(features.text, file)
    let titleFactor = titleSums.factor * header.titleWeight * header.unit / header.featureUnit
    let textFactor = textSums.factor * header.unit / header.featureUnit
    let scores = header.categories.indices.map { index in
      header.bias[index] + Double(titleSums.sums[index]) * titleFactor + Double(textSums.sums[index]) * textFactor
    }
    let chances = Softmax.chances(zip(scores, header.shift).map { $0 * header.sharpness + $1 })
    let ranking = chances.indices.sorted { (chances[$1], $0) < (chances[$0], $1) }
    let total = titleSums.total + textSums.total
    let known = total == 0 ? 0 : (titleSums.known + textSums.known) * 1000 / total
    let isFamiliar = total > 0 && known >= header.knownFloor && features.hanShare >= header.hanFloor
    let reasons =
      total == 0
      ? []
      : Reasons(file, first: ranking[0], second: ranking[1]).spans([
        .init(part: .title, text: title, counts: features.title, factor: titleFactor),
        .init(part: .text, text: text, counts: features.text, factor: textFactor),
      ])
    return Judgement(
      ranking: ranking.map { .init(category: header.categories[$0], confidence: Softmax.thousandths(chances[$0])) },
      isEmpty: total == 0, isFamiliar: isFamiliar,
      isSure: isFamiliar && Softmax.inThousandths(chances[ranking[0]]) >= header.threshold, spans: reasons,
      known: known, scores: scores)
  }

  /// The sums over one part of an opinion.
  private struct Sums {
    /// For each category, of frequency × weight.
    var sums: [Int64]
    /// One over the length of the vector of features; 0 if there is none.
    var factor: Double
    /// How many runs of characters, and how many of them in a bucket that the model knows.
    var total = 0
    var known = 0

    init(_ counts: BucketCounts, _ file: ModelFile) {
      let lanes = file.header.lanes
      let weights = file.weights
      var square: Int64 = 0
      var total = 0
      var known = 0
      sums = withUnsafeTemporaryAllocation(of: Int64.self, capacity: lanes) { sums in
        sums.initialize(repeating: 0)
        counts.forEach { bucket, count, frequency in
          total &+= Int(count)
          let slot = weights + Int(bucket) &* lanes
          let own = slot[0]
          guard own != 0 else { return }
          for lane in 0..<8 { sums[lane] &+= Int64(frequency &* Int32(slot[lane])) }
          if lanes > 8 { for lane in 8..<16 { sums[lane] &+= Int64(frequency &* Int32(slot[lane])) } }
          let value = Int64(frequency &* Int32(own))
          square &+= value &* value
          known &+= Int(count)
        }
        return Array(sums.dropFirst())
      }
      self.total = total
      self.known = known
      factor = square == 0 ? 0 : 1 / Double(square).squareRoot()
    }
  }
}
