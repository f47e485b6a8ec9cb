/// A day of the Gregorian calendar in the years 1 to 9999, without a time zone.
///
/// Counted in days since 1970-01-01, so that days are compared and added as numbers. The conversion is Howard
/// Hinnant's `days_from_civil` (https://howardhinnant.github.io/date_algorithms.html).
package struct CalendarDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  package let dayNumber: Int

  package static let earliest = CalendarDate(dayNumber: -719_162)
  package static let latest = CalendarDate(dayNumber: 2_932_896)

  /// A number before ``earliest`` or after ``latest`` gives that day: no other can be written as `YYYY-MM-DD`.
  package init(dayNumber: Int) {
    self.dayNumber = Swift.min(Swift.max(dayNumber, -719_162), 2_932_896)
  }

  /// `nil` where there is no such day, such as 30 February.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    dayNumber = era * 146_097 + dayOfEra - 719_468
    let (_, backMonth, backDay) = yearMonthDay
    if backMonth != month || backDay != day { return nil }
  }

  /// Reads `YYYY-MM-DD`, and nothing else.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = decimal(bytes[0..<4]), let month = decimal(bytes[5..<7]), let day = decimal(bytes[8..<10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  package var yearMonthDay: (year: Int, month: Int, day: Int) {
    let shifted = dayNumber + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
  }

  package var year: Int { yearMonthDay.year }

  /// 1 = Monday … 7 = Sunday (ISO 8601).
  package var weekday: Int {
    let sinceThursday = dayNumber % 7
    return (sinceThursday + 7 + 3) % 7 + 1
  }

  /// Stops at ``earliest`` and ``latest``.
  package func advanced(byDays days: Int) -> CalendarDate {
    let (sum, overflow) = dayNumber.addingReportingOverflow(days)
    if overflow { return days > 0 ? .latest : .earliest }
    return CalendarDate(dayNumber: sum)
  }

  /// The day of the same number in the month that many months away, or that month's last day where it has no such day.
  /// Stops at ``earliest`` and ``latest``.
  package func advanced(byMonths months: Int) -> CalendarDate {
    let (year, month, day) = yearMonthDay
    let sum = year * 12 + month - 1 + Swift.min(Swift.max(months, -200_000), 200_000)
    if sum < 12 { return .earliest }
    if sum >= 120_000 { return .latest }
    for number in stride(from: day, through: 1, by: -1) {
      if let date = CalendarDate(year: sum / 12, month: sum % 12 + 1, day: number) { return date }
    }
    return self
  }

  package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    left.dayNumber < right.dayNumber
  }
}

extension CalendarDate: CustomStringConvertible {
  /// `YYYY-MM-DD`.
  package var description: String {
    var text: [UInt8] = []
    write(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// As ``description`` has it.
  func write(to text: inout [UInt8]) {
    let (year, month, day) = yearMonthDay
    writeNumber(year, width: 4, to: &text)
    writeNumber(month, after: "-", to: &text)
    writeNumber(day, after: "-", to: &text)
  }
}

extension CalendarDate: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let date = CalendarDate(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date of the form YYYY-MM-DD")
    }
    self = date
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// The number that all of `digits` (ASCII) spell, `nil` if there are none or another character is among them.
func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
  guard !digits.isEmpty, digits.count <= 9 else { return nil }
  var value = 0
  for digit in digits {
    guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
    value = value * 10 + Int(digit - UInt8(ascii: "0"))
  }
  return value
}

/// Writes a number of up to `width` decimal digits with zeros before it, and before those a character.
func writeNumber(_ number: Int, width: Int = 2, after character: Unicode.Scalar? = nil, to text: inout [UInt8]) {
  if let character { text.append(UInt8(ascii: character)) }
  var unit = 1
  for _ in 1..<width { unit *= 10 }
  while unit > 0 {
    text.append(UInt8(ascii: "0") + UInt8(number / unit % 10))
    unit /= 10
  }
}
