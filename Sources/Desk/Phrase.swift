import WebPages

/// A text of the desk in each language of the pages, side by side, so that neither is forgotten.
struct Phrase: Hashable, Sendable {
  let chinese: String
  let english: String

  init(_ chinese: String, _ english: String) {
    self.chinese = chinese
    self.english = english
  }

  func callAsFunction(_ language: Language) -> String {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }

  /// With these in place of `%1`, `%2` and so on.
  static func fill(_ text: String, _ values: [String]) -> String {
    var filled = ""
    var rest = text[...]
    while let sign = rest.firstIndex(of: "%") {
      filled += rest[..<sign]
      rest = rest[sign...].dropFirst()
      guard let place = rest.first?.wholeNumberValue, values.indices.contains(place - 1) else {
        filled += "%"
        continue
      }
      filled += values[place - 1]
      rest = rest.dropFirst()
    }
    return filled + rest
  }
}
