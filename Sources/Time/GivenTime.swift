/// A time as somebody wrote it (RFC 3339), and the moment it means.
///
/// Reports and pages show a time as it was given, with its own offset; rules compare the moments. Two of them are
/// equal when they are written alike.
package struct GivenTime: Hashable, Sendable {
  /// As given, such as `2026-09-24T10:00:00+08:00`.
  package let text: String
  package let instant: Instant

  /// Reads RFC 3339: a date, `T` (or `t` or a space), a time with optional fraction, and `Z` or an offset.
  ///
  /// Fractions are cut to milliseconds. A leap second (`23:59:60` in UTC) is read as the second after it. `nil` for
  /// anything else, and for more than 40 characters.
  package init?(_ text: String) {
    guard let instant = Instant(rfc3339: text) else { return nil }
    self.text = text
    self.instant = instant
  }

  /// The moment, written in the given offset from UTC.
  package init(_ instant: Instant, offset: TimeOffset = .shanghai) {
    text = instant.rfc3339(offset: offset)
    self.instant = instant
  }
}

extension GivenTime: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let time = GivenTime(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a time of RFC 3339")
    }
    self = time
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
