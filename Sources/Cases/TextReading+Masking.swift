extension TextReading {
  /// The text of that field with the digits of its personal numbers masked, all else as it was: `138****1234`.
  ///
  /// A span that doesn't lie in `text` masks what of it does.
  package func masked(_ text: String, field: Field) -> String {
    Self.masked(text, personalNumbers.filter { $0.span.field == field })
  }

  /// - Parameter numbers: those of this text, whatever field their spans name.
  package static func masked(_ text: String, _ numbers: [PersonalNumber]) -> String {
    guard !numbers.isEmpty else { return text }
    var scalars = Array(text.unicodeScalars)
    for number in numbers {
      let start = min(max(number.span.start, 0), scalars.count)
      let digits = (start..<min(max(number.span.end, start), scalars.count)).filter {
        isDigit(scalars[$0], of: number.kind)
      }
      let shown = number.kind.shown
      for index in digits.dropFirst(shown.first).dropLast(shown.last) { scalars[index] = "*" }
    }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: scalars)
    return String(result)
  }

  /// Full-width digits too; the last place of an identity number may be X.
  private static func isDigit(_ scalar: Unicode.Scalar, of kind: PersonalNumber.Kind) -> Bool {
    switch scalar {
    case "0"..."9", "０"..."９": true
    case "X", "x", "Ｘ", "ｘ": kind == .identity
    default: false
    }
  }
}

extension TextReading.PersonalNumber.Kind {
  /// How many digits at its beginning and its end stay readable, enough for whoever knows the number to recognise it.
  fileprivate var shown: (first: Int, last: Int) {
    switch self {
    case .mobile: (3, 4)
    // The area code is at most four digits, of which the fourth may be the first of the number.
    case .landline: (4, 2)
    case .identity: (3, 2)
    case .bankCard: (0, 4)
    case .many: (0, 0)
    }
  }
}
