import Cases
package import Classification

/// A model, or a whole classifier, against opinions of which people said what they are about.
package enum Evaluation {
  /// The model alone.
  /// - Throws: ``TrainingError`` where a category is none of the model's.
  package static func report(
    of model: Model, on opinions: [LabelledOpinion]
  ) throws(TrainingError) -> Report {
    let categories = model.header.categories
    let labels = try labels(of: opinions, among: categories)
    let judged = opinions.map { model.judge(title: $0.title, text: $0.text).ranking[0] }
    return Report(
      categories: categories, labels: labels,
      chosen: judged.map { guess in categories.firstIndex(of: guess.category) ?? 0 },
      confidences: judged.map { Softmax.inThousandths($0.confidence) })
  }

  /// The operator's words and rules before the model.
  package static func report(
    of classifier: Classifier, on opinions: [LabelledOpinion]
  ) throws(TrainingError) -> Report {
    let known = classifier.categories.names
    // Only what occurs counts in the mean.
    let answers = opinions.map { classifier.classify(title: $0.title, text: $0.text) }
    let occurring = Set(opinions.map(\.category))
    let names = known.filter { occurring.contains($0) } + Set(answers.map(\.category)).subtracting(occurring).sorted()
    let labels = try labels(of: opinions, among: names)
    return Report(
      categories: names, labels: labels, chosen: answers.map { answer in names.firstIndex(of: answer.category) ?? 0 },
      confidences: answers.map { Softmax.inThousandths($0.confidence) })
  }

  private static func labels(
    of opinions: [LabelledOpinion], among categories: [String]
  ) throws(TrainingError) -> [Int] {
    guard !opinions.isEmpty else { throw TrainingError("there is no opinion") }
    var labels: [Int] = []
    for opinion in opinions {
      guard let label = categories.firstIndex(of: opinion.category) else {
        throw TrainingError(
          "opinion \(opinion.id ?? "without id") is of the category \(opinion.category), which the model doesn't know")
      }
      labels.append(label)
    }
    return labels
  }
}
