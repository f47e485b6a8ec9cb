package import Cases

/// What an opinion is about: by the code that was scanned, else by the operator's rules and words, else by the model.
package struct Classifier: Sendable {
  package let model: Model
  package let categories: Categories
  /// Of the categories that the model doesn't know, by their place among all.
  private let untrained: Set<Int>

  package init(model: Model, categories: Categories) {
    self.model = model
    self.categories = categories
    let trained = Set(model.header.categories)
    untrained = Set(categories.names.indices.filter { !trained.contains(categories.names[$0]) })
  }

  /// What an opinion is about of which nothing could be read.
  package static let unknown = "其他"

  /// Names both the model and the categories.
  package var version: String { "\(model.header.version) \(categories.version)" }

  /// - Parameters:
  ///   - preset: the category of the first level that the scanned code belongs to. One that the categories don't know
  ///     decides nothing, and a person should look at the opinion.
  ///   - chosen: the category of the first level that whoever sent it chose. Only the code's and the operator's rules stand
  ///     above it; where the model is sure of another, a person should look. One that the categories don't know decides
  ///     nothing.
  ///   - chosenTopic: of the second level, likewise.
  package func classify(
    title: String?, text: String, preset: String? = nil, chosen: String? = nil, chosenTopic: String? = nil
  ) -> Classification {
    let reading = categories.read(title: PlainText(title ?? ""), text: PlainText(text))
    let judgement = model.judge(title: title, text: text)
    var answer = decide(reading, judgement, preset)
    if let chosen { choose(chosen, chosenTopic, over: &answer, reading) }
    answer.version = version
    if answer.subcategory == nil, let index = categories.names.firstIndex(of: answer.category) {
      answer.subcategory = reading.topic(of: index).map { categories.categories[index].topics[$0].name }
    }
    if preset != nil, answer.by != .code { answer.sure = false }
    answer.why = (answer.spans ?? []).map { $0.quote(title: title, text: text) }
    return answer
  }

  /// Whoever wrote an opinion knows what it is about, though not always what the categories mean.
  private func choose(
    _ chosen: String, _ topic: String?, over answer: inout Classification, _ reading: Categories.Reading
  ) {
    guard let index = categories.names.firstIndex(of: chosen), answer.by != .code, reading.rule == nil else { return }
    let guess = Classification.Guess(category: answer.category, confidence: answer.confidence)
    if guess.category != chosen || answer.sure != true {
      let isContested = guess.category != chosen && answer.sure == true
      answer = Classification(
        category: chosen, confidence: isContested ? Softmax.thousandths(1 - guess.confidence) : 1,
        second: guess.category == chosen ? answer.second : guess, sure: !isContested, why: [],
        spans: reading.reasons[index], by: .citizen, version: "")
    }
    if let topic, categories.categories[index].topics.contains(where: { $0.name == topic }) {
      answer.subcategory = topic
    }
  }

  private func decide(_ reading: Categories.Reading, _ judgement: Judgement, _ preset: String?) -> Classification {
    func second(besides category: String) -> Classification.Guess? {
      judgement.isEmpty ? nil : judgement.ranking.first { $0.category != category }
    }
    if let preset, let index = categories.names.firstIndex(of: preset) {
      return Classification(
        category: preset, confidence: 1, second: second(besides: preset), sure: true, why: [],
        spans: reading.reasons[index], by: .code, version: "")
    }
    if let (rule, spans) = reading.rule {
      return Classification(
        category: rule.category, subcategory: rule.topic, confidence: 1, second: second(besides: rule.category),
        sure: true, why: [], spans: spans, by: .rule, version: "")
    }
    if let best = reading.best, untrained.contains(best) {
      let score = reading.scores[best]
      let trained = reading.scores.indices.filter { !untrained.contains($0) }.map { reading.scores[$0] }.max() ?? 0
      // The model has never seen these categories, and takes their opinions for its own. Where it is sure, it is right far
      // more often than their words are (measured on the given opinions, all of which it knows the category of); where
      // it isn't, or has never seen the like, they must clearly outweigh the words of those that it knows.
      let leads = !judgement.isSure && score >= Self.leastScore && score >= trained * 2
      if leads {
        let confidence = Double(score) / Double(reading.scores.reduce(0, +) + Self.doubt)
        return Classification(
          category: categories.names[best], confidence: Softmax.thousandths(confidence),
          second: second(besides: categories.names[best]), sure: confidence >= Self.sureShare, why: [],
          spans: reading.reasons[best], by: .rule, version: "")
      }
    }
    guard let first = judgement.ranking.first, !judgement.isEmpty else {
      return Classification(
        category: Self.unknown, confidence: 0, sure: false, why: [], spans: [], by: .model, version: "")
    }
    return Classification(
      category: first.category, confidence: first.confidence, second: second(besides: first.category),
      sure: judgement.isSure, why: [], spans: judgement.spans, by: .model, version: "")
  }

  /// A clear word's worth.
  private static let leastScore = 5
  /// One faint word alone convinces less than many: hence the doubt that is added to the sum.
  private static let doubt = 4
  /// The words of a category that the model doesn't know are sure from this share of all that was found on.
  private static let sureShare = 0.6
}

extension Classification.Span {
  /// The words themselves.
  package func quote(title: String?, text: String) -> String {
    let scalars = (field == .title ? title ?? "" : text).unicodeScalars
    let first = scalars.index(scalars.startIndex, offsetBy: start, limitedBy: scalars.endIndex) ?? scalars.endIndex
    let last = scalars.index(first, offsetBy: max(0, end - start), limitedBy: scalars.endIndex) ?? scalars.endIndex
    return String(scalars[first..<last])
  }
}
