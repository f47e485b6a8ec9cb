import Crypto
package import Time

/// What people call a case by: the day of its receipt, seven characters and one to check them by, as in
/// `20260924-7K3M-9Q2X`. It can be read out: no letter looks or sounds like a digit.
///
/// Worked out of the case id, so that nobody has to count: of 5,000 cases in a day two share a number once in some 2,700
/// days. The case id, not the number, says which case it is.
package struct CaseNumber: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  package var description: String { text }

  /// - Parameter received: its day in Shanghai stands in front.
  package init(_ id: CaseID, received: Instant) {
    let hash = SHA256.hash(data: Array(("case-number\n" + id.text).utf8))
    let bits = hash.prefix(5).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let values = (0..<7).map { Int(bits >> UInt64(35 - 5 * $0)) & 31 }
    self.init(day: TimeOffset.shanghai.date(of: received), values)
  }

  /// Reads what somebody wrote or heard: small letters, spaces, missing hyphens, an O for a 0, an I or L for a 1 are
  /// all right. `nil` where the check character doesn't fit, as with one wrong character or two that changed places.
  package init?(_ text: String) {
    var values: [Int] = []
    for character in text.uppercased() where !character.isWhitespace && character != "-" {
      guard let value = Self.value(of: character), values.count < 16 else { return nil }
      values.append(value)
    }
    guard values.count == 16, values.prefix(8).allSatisfy({ $0 < 10 }) else { return nil }
    let digits = values.prefix(8).reduce(0) { $0 * 10 + $1 }
    guard let day = CalendarDate(year: digits / 10000, month: digits / 100 % 100, day: digits % 100) else { return nil }
    self.init(day: day, Array(values[8..<15]))
    guard Self.check(Array(values.prefix(15))) == values[15] else { return nil }
  }

  private init(day: CalendarDate, _ values: [Int]) {
    let (year, month, number) = day.yearMonthDay
    let date = year * 10000 + month * 100 + number
    let digits = (0..<8).reversed().map { place in (0..<place).reduce(date) { rest, _ in rest / 10 } % 10 }
    let all = values + [Self.check(digits + values)]
    func characters(_ values: some Sequence<Int>) -> String { String(values.map { Self.alphabet[$0] }) }
    text = "\(characters(digits))-\(characters(all.prefix(4)))-\(characters(all.suffix(4)))"
  }

  /// Crockford's base 32.
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  private static func value(of character: Character) -> Int? {
    switch character {
    case "O": 0
    case "I", "L": 1
    default: alphabet.firstIndex(of: character)
    }
  }

  /// ISO 7064, hybrid system MOD 33,32: finds every single wrong character, and two neighbours that changed places but
  /// for very few pairs.
  private static func check(_ values: [Int]) -> Int {
    var product = 32
    for value in values {
      var sum = (product + value) % 32
      if sum == 0 { sum = 32 }
      product = sum * 2 % 33
    }
    return (33 - product) % 32
  }
}
