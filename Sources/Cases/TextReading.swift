/// What was read from an opinion's text beside its category: where, how urgent, what is personal in it, and whether the
/// law sends it elsewhere. Says where in the text, never what a personal number is.
///
/// Bounded, however long the text is: see `maximum…`.
package struct TextReading: Hashable, Sendable, Codable {
  package typealias Span = Classification.Span
  package typealias Field = Span.Field

  /// A name of the directory that stands in the text.
  package struct Place: Hashable, Sendable, Codable {
    /// As the directory writes it.
    package var word: String
    /// Ids of the stations that are called so or serve a place that is; more than one if the name is ambiguous.
    package var stations: [String]
    package var span: Span

    package init(word: String, stations: [String], span: Span) {
      self.word = word
      self.stations = stations
      self.span = span
    }
  }

  /// A sign of the operator's list, such as 燃气泄漏, and the words of it that stand in the text.
  package struct Sign: Hashable, Sendable, Codable {
    package var sign: String
    /// As the list writes them, in the order in which they stand in the text, each once.
    package var words: [String]
    /// Where each of them stands first.
    package var spans: [Span]

    package init(sign: String, words: [String], spans: [Span]) {
      self.sign = sign
      self.words = words
      self.spans = spans
    }
  }

  /// A place in the text where a personal number stands.
  package struct PersonalNumber: Hashable, Sendable, Codable {
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
      case mobile, landline
      /// 居民身份证.
      case identity
      case bankCard = "bank-card"
      /// All that stands between the first number that is too many and the last.
      case many
    }

    package var kind: Kind
    package var span: Span

    package init(kind: Kind, span: Span) {
      self.kind = kind
      self.span = span
    }
  }

  /// The most places, words of one sign, and personal numbers of one field that are listed.
  package static let maximumPlaces = 20
  package static let maximumWords = 10
  package static let maximumNumbers = 100

  /// In the order in which they stand in the text, the title first.
  package var places: [Place]
  /// Id of the station that serves the place in question; `nil` where none was named, or none that can be told.
  package var region: String?
  /// Signs of urgency.
  package var urgent: [Sign]
  /// In the order in which they stand in the text, the title first.
  package var personalNumbers: [PersonalNumber]
  /// Matters that the law leaves to courts and other procedures (不予受理): a person decides on them.
  package var legal: [Sign]
  /// Of the lists and the directory that it was read with, joined by `+`.
  package var version: String

  package init(
    places: [Place] = [], region: String? = nil, urgent: [Sign] = [], personalNumbers: [PersonalNumber] = [],
    legal: [Sign] = [], version: String
  ) {
    self.places = places
    self.region = region
    self.urgent = urgent
    self.personalNumbers = personalNumbers
    self.legal = legal
    self.version = version
  }

  package var isUrgent: Bool { !urgent.isEmpty }
}
