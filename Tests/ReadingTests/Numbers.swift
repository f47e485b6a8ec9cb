/// Made-up numbers of each kind, whose check digits are worked out by the tables that the standards print, not by the rule
/// that the code uses.
enum Numbers {
  /// - Parameter first: the first 17 digits.
  static func identity(_ first: String) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(first, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
    return first + String(Array("10X98765432")[sum % 11])
  }

  /// - Parameter first: all digits but the last.
  static func card(_ first: String) -> String {
    for digit in 0...9 where isLuhn(first + String(digit)) { return first + String(digit) }
    return first
  }

  private static func isLuhn(_ number: String) -> Bool {
    let doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9]
    let digits = number.compactMap(\.wholeNumberValue)
    let sum = digits.indices.reduce(0) { sum, index in
      (digits.count - index).isMultiple(of: 2) ? sum + doubled[digits[index]] : sum + digits[index]
    }
    return sum % 10 == 0
  }
}
