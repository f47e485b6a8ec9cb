package import Cases
import Time

/// Finds phone numbers, identity numbers and bank cards in a text, so that pages and digests can mask them.
///
/// | kind | form |
/// |---|---|
/// | mobile | 11 digits from 13 to 19 on, also after +86, 0086 or 0 |
/// | landline | area code (010, 02x, 0xxx) and 7 or 8 digits; one without area code looks like any number and isn't found |
/// | identity | 18 places with the check character of GB 11643 (ISO 7064 MOD 11-2), or the 15 digits of the first generation; both with a province and a day that exist |
/// | bank card | 16 to 19 digits from 3 to 6 on with the check digit of ISO/IEC 7812 (Luhn) |
///
/// Digits may be full-width and may stand in groups with spaces or hyphens between them, as people group each kind; what
/// ``FoldedText`` lets vanish hides nothing. Digits in Chinese characters are not read. A longer run of digits than a
/// number has, an amount (digits with a point, a currency sign before or 元, 万, 亿, % behind) and digits with a Latin
/// letter behind them are none. After words such as 订单号 no bank card and no identity number without check character is
/// found. Where the rules can't tell, a number is masked rather than shown.
package enum PersonalNumbers {
  /// With spans of the field `text`, in the order in which they stand there.
  package static func find(in text: String) -> [TextReading.PersonalNumber] {
    find(in: FoldedText(text), .text)
  }

  /// The text with its personal numbers masked and all else as it was: `138****1234`.
  package static func masked(_ text: String) -> String {
    TextReading.masked(text, find(in: text))
  }

  /// At most ``TextReading/maximumNumbers``: if there are more, the last one spans all the rest.
  static func find(in folded: FoldedText, _ field: TextReading.Field) -> [TextReading.PersonalNumber] {
    var found: [(kind: TextReading.PersonalNumber.Kind, range: Range<Int>)] = []
    let groups = DigitGroups(folded.scalars)
    var next = 0
    while next < groups.groups.count {
      if let number = groups.number(at: next) {
        if found.count < TextReading.maximumNumbers {
          found.append((number.kind, number.range))
        } else {
          let start = found[TextReading.maximumNumbers - 1].range.lowerBound
          found[TextReading.maximumNumbers - 1] = (.many, start..<number.range.upperBound)
        }
        next += number.groups
      } else {
        next += 1
      }
    }
    return found.map { number in
      let range = folded.original(number.range)
      return TextReading.PersonalNumber(
        kind: number.kind, span: TextReading.Span(field: field, start: range.lowerBound, end: range.upperBound))
    }
  }
}

extension DigitGroups {
  fileprivate typealias Number = (kind: TextReading.PersonalNumber.Kind, range: Range<Int>, groups: Int)

  /// The personal number that begins with that group. The longest form comes first.
  fileprivate func number(at first: Int) -> Number? {
    guard groups[first].range.count <= 19, !isAmount(before: first)
    else { return nil }
    return identity(first) ?? bankCard(first) ?? mobile(first) ?? landline(first)
  }

  // MARK: Kinds

  private func identity(_ first: Int) -> Number? {
    for lengths in [[18], [6, 8, 4], [6, 4, 4, 4]] {
      guard let last = last(first, lengths), isEnded(last) else { continue }
      let digits = digits(first..<last + 1)
      guard isPersonOf(digits, longYear: true), checkCharacter(digits) == digits[17] else { continue }
      return (.identity, range(first, last), lengths.count)
    }
    for lengths in [[17], [6, 8, 3], [6, 4, 4, 3]] {
      guard let last = last(first, lengths) else { continue }
      let end = groups[last].range.upperBound
      guard end < text.count, text[end] == 0x78, end + 1 == text.count || !isLetterOrDigit(text[end + 1]) else {
        continue
      }
      let digits = digits(first..<last + 1)
      guard isPersonOf(digits, longYear: true), checkCharacter(digits) == 10 else { continue }
      return (.identity, groups[first].range.lowerBound..<end + 1, lengths.count)
    }
    for lengths in [[15], [6, 6, 3]] {
      guard let last = last(first, lengths), isEnded(last), isPersonOf(digits(first..<last + 1), longYear: false),
        !isOrderNumber(first)
      else { continue }
      return (.identity, range(first, last), lengths.count)
    }
    return nil
  }

  private func bankCard(_ first: Int) -> Number? {
    let inFours = (0...3).map { [4, 4, 4, 4] + ($0 > 0 ? [$0] : []) }
    for lengths in inFours.reversed() + [[19], [18], [17], [16], [6, 13], [6, 10]] {
      guard let last = last(first, lengths), isEnded(last) else { continue }
      let digits = digits(first..<last + 1)
      guard (3...6).contains(digits[0]), isLuhn(digits), !isOrderNumber(first) else { continue }
      return (.bankCard, range(first, last), lengths.count)
    }
    return nil
  }

  private func mobile(_ first: Int) -> Number? {
    let run = text[groups[first].range]
    for prefix in [[], [8, 6], [0, 0, 8, 6], [0]] as [[UInt32]] where run.starts(with: prefix.map { $0 + 0x30 }) {
      for lengths in [[11], [3, 4, 4], [3, 3, 5], [4, 3, 4], [3, 8], [7, 4]] {
        guard let last = last(first, [lengths[0] + prefix.count] + lengths.dropFirst()), isEnded(last) else { continue }
        let digits = digits(first..<last + 1).dropFirst(prefix.count)
        guard digits.starts(with: [1]), (3...9).contains(digits[digits.startIndex + 1]) else { continue }
        let whole = range(first, last)
        return (.mobile, whole.lowerBound + prefix.count..<whole.upperBound, lengths.count)
      }
    }
    return nil
  }

  private func landline(_ first: Int) -> Number? {
    for lengths in [[12], [11], [3, 8], [4, 8], [4, 7], [3, 4, 4], [4, 4, 4], [4, 3, 4]] {
      guard let last = last(first, lengths, bracket: true), isEnded(last) else { continue }
      let digits = digits(first..<last + 1)
      guard let area = areaCodeLength(digits), lengths.count == 1 || lengths[0] == area,
        area == 3 ? digits.count == 11 : true, digits[area] >= 2
      else { continue }
      return (.landline, range(first, last), lengths.count)
    }
    return nil
  }

  // MARK: Rules

  /// The last of the groups that begin with `first` and have those lengths; `nil` if they don't, or aren't linked.
  private func last(_ first: Int, _ lengths: [Int], bracket: Bool = false) -> Int? {
    guard first + lengths.count <= groups.count else { return nil }
    for (offset, length) in lengths.enumerated() {
      let group = groups[first + offset]
      guard group.range.count == length else { return nil }
      guard offset < lengths.count - 1 else { break }
      switch group.link {
      case .plain: break
      case .bracket where bracket && offset == 0: break
      case .bracket, .none: return nil
      }
    }
    return first + lengths.count - 1
  }

  private func range(_ first: Int, _ last: Int) -> Range<Int> {
    groups[first].range.lowerBound..<groups[last].range.upperBound
  }

  /// No letter, decimal or unit follows.
  private func isEnded(_ last: Int) -> Bool {
    let end = groups[last].range.upperBound
    guard end < text.count else { return true }
    switch text[end] {
    case 0x61...0x7A, 0x25, 0x5143, 0x4E07, 0x4EBF: return false
    case 0x2E: return end + 1 == text.count || !Self.isDigit(text[end + 1])
    default: return true
    }
  }

  /// A currency sign, or the whole part of a decimal, comes before.
  private func isAmount(before first: Int) -> Bool {
    let start = groups[first].range.lowerBound
    guard start > 0 else { return false }
    switch text[start - 1] {
    case 0x24, 0xA5, 0xFFE5, 0x20AC: return true
    case 0x2E: return start > 1 && Self.isDigit(text[start - 2])
    default: return false
    }
  }

  private func isLetterOrDigit(_ character: UInt32) -> Bool {
    (0x61...0x7A).contains(character) || Self.isDigit(character)
  }

  private static let orderWords = ["订单", "单号", "编号", "流水号", "工单", "案号", "票号", "受理号", "运单", "批号"].map {
    FoldedText($0).scalars
  }

  /// Whether one of those words stands among the ten characters before.
  private func isOrderNumber(_ first: Int) -> Bool {
    let start = groups[first].range.lowerBound
    let before = Array(text[max(0, start - 10)..<start])
    return Self.orderWords.contains { word in
      before.indices.contains { before[$0...].starts(with: word) }
    }
  }

  private static let provinces: Set = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64,
    65, 71, 81, 82, 83,
  ]

  /// Whether the digits begin with a province and a day of birth, as an identity number's do.
  private func isPersonOf(_ digits: [UInt8], longYear: Bool) -> Bool {
    func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + Int($1) } }
    guard Self.provinces.contains(number(0..<2)) else { return false }
    let year = longYear ? number(6..<10) : 1900 + number(6..<8)
    let rest = longYear ? 10 : 8
    return (1900...2099).contains(year)
      && CalendarDate(year: year, month: number(rest..<rest + 2), day: number(rest + 2..<rest + 4)) != nil
  }

  /// ISO 7064 MOD 11-2 over the first 17 digits; 10 is written X.
  private func checkCharacter(_ digits: [UInt8]) -> UInt8 {
    var sum = 0
    for digit in digits.prefix(17) { sum = (sum + Int(digit)) * 2 % 11 }
    return UInt8((12 - sum) % 11)
  }

  private func isLuhn(_ digits: [UInt8]) -> Bool {
    var sum = 0
    for (place, digit) in digits.reversed().enumerated() {
      let value = place.isMultiple(of: 2) ? Int(digit) : Int(digit) * 2
      sum += value > 9 ? value - 9 : value
    }
    return sum.isMultiple(of: 10)
  }

  /// 3 for 010 and 02x, 4 for the rest.
  private func areaCodeLength(_ digits: [UInt8]) -> Int? {
    switch (digits[0], digits[1], digits[2]) {
    case (0, 1, 0), (0, 2, 0...5), (0, 2, 7...9): 3
    case (0, 3...9, _): 4
    default: nil
    }
  }
}
