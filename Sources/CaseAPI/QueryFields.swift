import Time

/// A request's query, read strictly: a parameter that isn't known, or isn't of its form, is a fault with its name.
struct QueryFields {
  private let fields: [String: String]

  init(_ query: [String: String], known: Set<String>) throws(APIProblem) {
    if let other = query.keys.filter({ !known.contains($0) }).min() {
      let names = known.isEmpty ? "none" : known.sorted().joined(separator: ", ")
      // It may be long, and anything.
      throw .malformed(String(other.prefix(64)), "There is no such parameter; those known here: \(names).")
    }
    fields = query
  }

  /// - Parameter longest: in Unicode scalars.
  func text(_ name: String, longest: Int = 200) throws(APIProblem) -> String? {
    guard let text = fields[name] else { return nil }
    guard (1...longest).contains(text.unicodeScalars.count), !text.unicodeScalars.contains(where: { $0.value < 0x20 })
    else { throw .malformed(name, "\(name) is not 1 to \(longest) characters without control characters.") }
    return text
  }

  func choice<Value: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ type: Value.Type = Value.self
  ) throws(APIProblem) -> Value? {
    guard let text = fields[name] else { return nil }
    guard let value = Value(rawValue: text) else {
      throw .malformed(name, "\(name) is none of \(Value.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    return value
  }

  func flag(_ name: String) throws(APIProblem) -> Bool {
    switch fields[name] {
    case nil, "false": return false
    case "true": return true
    default: throw .malformed(name, "\(name) is not true or false.")
    }
  }

  func number(_ name: String, in range: ClosedRange<Int>) throws(APIProblem) -> Int? {
    guard let text = fields[name] else { return nil }
    guard let number = Int(text), text == String(number), range.contains(number) else {
      throw .malformed(name, "\(name) is not a whole number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }

  /// From `from` through `through`, both days in; a range that is as long as `longest` at most.
  func days(usual: ClosedRange<CalendarDate>, longest: Int) throws(APIProblem) -> ClosedRange<CalendarDate> {
    let through = try date("through") ?? usual.upperBound
    let span = usual.upperBound.dayNumber - usual.lowerBound.dayNumber
    let from = try date("from") ?? through.advanced(byDays: -span)
    guard from <= through else { throw .malformed("through", "through is before from.") }
    guard through.dayNumber - from.dayNumber < longest else {
      throw .malformed("from", "from and through are more than \(longest) days apart.")
    }
    return from...through
  }

  /// From the first day of the month `from` to the last of the month `through`.
  func months(usual: ClosedRange<CalendarDate>) throws(APIProblem) -> ClosedRange<CalendarDate> {
    let through = try month("through") ?? Self.firstOfMonth(usual.upperBound)
    let from = try month("from") ?? min(Self.firstOfMonth(usual.lowerBound), through)
    guard from <= through else { throw .malformed("through", "through is before from.") }
    return from...max(through, through.advanced(byMonths: 1).advanced(byDays: -1))
  }

  private func date(_ name: String) throws(APIProblem) -> CalendarDate? {
    guard let text = fields[name] else { return nil }
    guard let date = CalendarDate(text) else { throw .malformed(name, "\(name) is not a date, as in 2026-09-24.") }
    return date
  }

  private func month(_ name: String) throws(APIProblem) -> CalendarDate? {
    guard let text = fields[name] else { return nil }
    guard text.utf8.count == 7, let date = CalendarDate(text + "-01") else {
      throw .malformed(name, "\(name) is not a month, as in 2026-09.")
    }
    return date
  }

  private static func firstOfMonth(_ date: CalendarDate) -> CalendarDate {
    let (_, _, day) = date.yearMonthDay
    return date.advanced(byDays: 1 - day)
  }
}
