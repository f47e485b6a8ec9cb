/// Whole numbers as JSON writes them.
enum Integer {
  /// - Returns: `nil` if it is something else (a fraction, an exponent, a string), or too large.
  static func parse(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int64? {
    var digits = range
    let isNegative = !range.isEmpty && bytes[range.lowerBound] == UInt8(ascii: "-")
    if isNegative { digits = digits.dropFirst() }
    if digits.isEmpty { return nil }
    // Gathered below zero, where there is room for one more.
    var value: Int64 = 0
    for index in digits {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      let (difference, isFarTooLarge) = product.subtractingReportingOverflow(Int64(digit))
      if isTooLarge || isFarTooLarge { return nil }
      value = difference
    }
    if isNegative { return value }
    return value == .min ? nil : -value
  }

  static func append(_ value: Int64, to bytes: inout [UInt8]) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }
}
