import Cases

/// The operator's categories, and what their words and rules say of an opinion.
///
/// The same text always gets the same answer. Cost: one pass over the text.
package struct Categories: Sendable {
  package let version: String
  let categories: [Category]
  let rules: [CategoryRule]

  private let words: WordTrie
  /// For each word what it speaks for.
  private let uses: [[Use]]
  /// For each word the rules that ask for it.
  private let asked: [[Int]]

  /// One word's voice: for a category, or for a topic of it.
  private struct Use: Sendable {
    let category: Int
    let topic: Int?
    let weight: Int
  }

  /// Checked by ``CategoryFile``.
  init(version: String, categories: [Category], rules: [CategoryRule]) {
    self.version = version
    self.categories = categories
    self.rules = rules
    var list: [String] = []
    var places: [String: Int] = [:]
    var uses: [[Use]] = []
    var asked: [[Int]] = []
    func place(of word: String) -> Int {
      let plain = Self.plain(word)
      if let place = places[plain] { return place }
      places[plain] = list.count
      list.append(plain)
      uses.append([])
      asked.append([])
      return list.count - 1
    }
    for (index, category) in categories.enumerated() {
      for (group, weight) in [(category.clear, 5), (category.good, 3), (category.faint, 1)] {
        for word in group { uses[place(of: word)].append(Use(category: index, topic: nil, weight: weight)) }
      }
      for (number, topic) in category.topics.enumerated() {
        uses[place(of: topic.name)].append(Use(category: index, topic: number, weight: 3))
        for term in topic.terms where Self.plain(term) != Self.plain(topic.name) && !Self.vague.contains(term) {
          uses[place(of: term)].append(Use(category: index, topic: number, weight: 1))
        }
      }
    }
    for (index, rule) in rules.enumerated() {
      for word in Set(rule.words) { asked[place(of: word)].append(index) }
    }
    self.uses = uses
    self.asked = asked
    words = WordTrie(list)
  }

  /// Terms that name what is left over.
  private static let vague: Set = ["其他", "其它"]

  /// As the texts are searched.
  static func plain(_ word: String) -> String {
    String(String.UnicodeScalarView(PlainText(word).characters.compactMap(Unicode.Scalar.init)))
  }

  /// The names of the first level, in the order in which ties are broken.
  package var names: [String] { categories.map(\.name) }

  package func topics(of category: String) -> [String] {
    categories.first { $0.name == category }?.topics.map(\.name) ?? []
  }

  /// What the words say.
  struct Reading {
    /// For each category of the first level how much speaks for it.
    var scores: [Int]
    /// For each category and topic.
    var topicScores: [[Int]]
    /// The words of each category, the weightiest first, where they stand first.
    var reasons: [[Classification.Span]]
    /// The first rule of which all words occur, and where they do.
    var rule: (rule: CategoryRule, spans: [Classification.Span])?

    /// The category that most speaks for, the first of equals; nil if nothing speaks for any.
    var best: Int? {
      guard let highest = scores.max(), highest > 0 else { return nil }
      return scores.firstIndex(of: highest)
    }

    func topic(of category: Int) -> Int? {
      guard let highest = topicScores[category].max(), highest > 0 else { return nil }
      return topicScores[category].firstIndex(of: highest)
    }
  }

  func read(title: PlainText, text: PlainText) -> Reading {
    var times: [Int: (count: Int, span: Classification.Span)] = [:]
    // A word said ten times is not ten times as true; one in the title is.
    words.search(title) { word, start, end in
      if times[word] == nil { times[word] = (Self.titleWeight, Self.span(.title, title, start, end)) }
    }
    var repeats: [Int: Int] = [:]
    words.search(text) { word, start, end in
      let count = repeats[word, default: 0]
      guard count < Self.countedRepeats else { return }
      repeats[word] = count + 1
      times[word, default: (0, Self.span(.text, text, start, end))].count += 1
    }
    var reading = Reading(
      scores: categories.map { _ in 0 }, topicScores: categories.map { $0.topics.map { _ in 0 } },
      reasons: categories.map { _ in [] }, rule: nil)
    var found: [[(score: Int, span: Classification.Span)]] = categories.map { _ in [] }
    var met: [Int: [Classification.Span]] = [:]
    for (word, time) in times.sorted(by: { $0.key < $1.key }) {
      for use in uses[word] {
        if let topic = use.topic {
          reading.topicScores[use.category][topic] += time.count * use.weight
        } else {
          reading.scores[use.category] += time.count * use.weight
          found[use.category].append((time.count * use.weight, time.span))
        }
      }
      for rule in asked[word] { met[rule, default: []].append(time.span) }
    }
    reading.reasons = found.map { list in
      list.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
        .prefix(Reasons.most).map(\.element.span)
    }
    let first = met.filter { Set(rules[$0.key].words).count == $0.value.count }.min { $0.key < $1.key }
    reading.rule = first.map { (rules[$0.key], Array($0.value.prefix(Reasons.most))) }
    return reading
  }

  private static func span(
    _ field: Classification.Span.Field, _ text: PlainText, _ start: Int, _ end: Int
  ) -> Classification.Span {
    Classification.Span(field: field, start: Int(text.offsets[start]), end: Int(text.offsets[end - 1]) + 1)
  }

  private static let titleWeight = 3
  private static let countedRepeats = 3
}
