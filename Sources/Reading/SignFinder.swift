import Cases

/// Finds the signs of a list in an opinion.
struct SignFinder: Sendable {
  private let finder: WordFinder
  private let words: [String]
  /// For each word its sign; `nil` for an exception.
  private let owners: [Int?]
  private let signs: [String]

  init(_ list: SignList) {
    signs = list.entries.map(\.sign)
    var words: [String] = []
    var owners: [Int?] = []
    for (index, entry) in list.entries.enumerated() {
      words += entry.words + entry.except
      owners += entry.words.map { _ in index } + entry.except.map { _ in nil }
    }
    self.words = words
    self.owners = owners
    finder = WordFinder(words.map { FoldedText($0).scalars })
  }

  /// In the order of the list.
  func signs(title: FoldedText, text: FoldedText) -> [TextReading.Sign] {
    var found: [Int: TextReading.Sign] = [:]
    var seen: Set<Int> = []
    for (folded, field) in [(title, TextReading.Field.title), (text, .text)] {
      for find in finder.finds(in: folded.scalars) {
        guard let owner = owners[find.word], seen.insert(find.word).inserted else { continue }
        var sign = found[owner] ?? TextReading.Sign(sign: signs[owner], words: [], spans: [])
        guard sign.words.count < TextReading.maximumWords else { continue }
        let range = folded.original(find.range)
        sign.words.append(words[find.word])
        sign.spans.append(TextReading.Span(field: field, start: range.lowerBound, end: range.upperBound))
        found[owner] = sign
      }
    }
    return found.sorted { $0.key < $1.key }.map(\.value)
  }
}
