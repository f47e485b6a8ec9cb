package import Cases

/// Reads an opinion's title and text for all that ``TextReading`` holds. Made once, then used for every opinion.
///
/// The same text always gets the same answer. Takes time in proportion to the text's length, however many words there are.
package struct TextReader: Sendable {
  /// One more with each change to what is read how.
  package static let version = "reading-1"

  private let places: PlaceFinder
  private let urgency: SignFinder
  private let legal: SignFinder
  private let version: String

  package init(directory: Directory, urgency: SignList = .urgency, legal: SignList = .legal) {
    places = PlaceFinder(directory)
    self.urgency = SignFinder(urgency)
    self.legal = SignFinder(legal)
    version = [Self.version, urgency.version, legal.version, directory.version].joined(separator: "+")
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
