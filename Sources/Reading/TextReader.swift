package import Cases

/// Reads an opinion's title and text for all that ``TextReading`` holds. Made once, then used for every opinion.
///
/// The same text always gets the same answer. Takes time in proportion to the text's length, however many words there are.
package struct TextReader: Sendable {
  /// One more with each change to what is read how.
  package static let version = "reading-1"

  private var places: PlaceFinder
  private let urgency: SignFinder
  private let legal: SignFinder
  /// Of all but the directory.
  private let rulesVersion: String
  private var version: String

  package init(directory: Directory, urgency: SignList = .urgency, legal: SignList = .legal) {
    places = PlaceFinder(directory)
    self.urgency = SignFinder(urgency)
    self.legal = SignFinder(legal)
    rulesVersion = [Self.version, urgency.version, legal.version].joined(separator: "+")
    version = "\(rulesVersion)+\(directory.version)"
  }

  /// The same reader for the places of another directory.
  package func knowing(_ directory: Directory) -> TextReader {
    var reader = self
    reader.places = PlaceFinder(directory)
    reader.version = "\(rulesVersion)+\(directory.version)"
    return reader
  }

  package func read(title: String?, text: String) -> TextReading {
    let title = FoldedText(title ?? "")
    let text = FoldedText(text)
    let found = places.places(title: title, text: text)
    return TextReading(
      places: found.places, region: found.region, urgent: urgency.signs(title: title, text: text),
      personalNumbers: PersonalNumbers.find(in: title, .title) + PersonalNumbers.find(in: text, .text),
      legal: legal.signs(title: title, text: text), version: version)
  }
}
