package import Time

/// Days from the first to the last, both in it. Written `YYYY-MM-DD`, or two of them with a slash between (ISO 8601).
package struct DateRange: Hashable, Sendable, Codable, CustomStringConvertible {
  package let first: CalendarDate
  package let last: CalendarDate

  /// `nil` where the last comes before the first.
  package init?(_ first: CalendarDate, _ last: CalendarDate) {
    guard first <= last else { return nil }
    self.first = first
    self.last = last
  }

  package init(_ day: CalendarDate) {
    first = day
    last = day
  }

  package init?(_ text: some StringProtocol) {
    let days = text.split(separator: "/", omittingEmptySubsequences: false).map { CalendarDate($0) }
    guard days.count <= 2, let first = days.first ?? nil, let last = days.last ?? nil else { return nil }
    self.init(first, last)
  }

  package func contains(_ day: CalendarDate) -> Bool { first <= day && day <= last }

  package var description: String { first == last ? first.description : "\(first)/\(last)" }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let range = DateRange(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not a date of the form YYYY-MM-DD, or two with a slash between")
    }
    self = range
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
