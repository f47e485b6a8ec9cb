/// A span of time that a rule grants, such as 7 working days (7个工作日).
///
/// As text, in policy files and in JSON: `7 working days`, `30 days`, `24 hours`, `3 months`, or `1 working day`.
package enum Term: Hashable, Sendable {
  case workingDays(Int)
  case calendarDays(Int)
  /// Of the clock, by night and on holidays too.
  case hours(Int)
  case months(Int)

  /// What a text must look like, as the end of a sentence.
  package static let form = "must be a term such as 7 working days, 30 days, 24 hours or 3 months"

  package init?(_ text: some StringProtocol) {
    let words = text.split(separator: " ")
    guard let number = words.first, (1...6).contains(number.utf8.count),
      number.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let count = Int(number)
    else { return nil }
    switch words.dropFirst().joined(separator: " ") {
    case "working days", "working day": self = .workingDays(count)
    case "days", "day": self = .calendarDays(count)
    case "hours", "hour": self = .hours(count)
    case "months", "month": self = .months(count)
    default: return nil
    }
  }

  package var count: Int {
    switch self {
    case .workingDays(let count), .calendarDays(let count), .hours(let count), .months(let count): count
    }
  }

  package var isHours: Bool {
    if case .hours = self { true } else { false }
  }

  /// The longest that a rule may grant in the same unit: about a year.
  var longest: Term {
    switch self {
    case .workingDays: .workingDays(250)
    case .calendarDays: .calendarDays(366)
    case .hours: .hours(8784)
    case .months: .months(12)
    }
  }
}

extension Term: CustomStringConvertible {
  package var description: String {
    let unit =
      switch self {
      case .workingDays: "working day"
      case .calendarDays: "day"
      case .hours: "hour"
      case .months: "month"
      }
    return "\(count) \(unit)\(count == 1 ? "" : "s")"
  }
}

extension Term: Comparable {
  /// By usual length, since which of 5 working days and 7 days ends first is the calendar's affair: a week has five
  /// working days, a month 30.4375 days; of equal ones working days come first, then days, hours, months.
  package static func < (left: Term, right: Term) -> Bool {
    left.size < right.size
  }

  private var size: (minutes: Int, rank: Int) {
    func times(_ minutes: Int) -> Int {
      let (product, overflow) = count.multipliedReportingOverflow(by: minutes)
      return overflow ? (count > 0 ? .max : .min) : product
    }
    return switch self {
    case .workingDays: (times(7 * 1440 / 5), 0)
    case .calendarDays: (times(1440), 1)
    case .hours: (times(60), 2)
    case .months: (times(43_830), 3)
    }
  }
}

extension Term: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let term = Term(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: Self.form)
    }
    self = term
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
