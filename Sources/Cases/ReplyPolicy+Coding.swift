import Time

/// JSON with a field for each property, terms as text and the time of day as `HH:MM`. A field that is missing is as in
/// ``ReplyPolicy/standard``, so that an older policy can be read; `null` says that there is none.
extension ReplyPolicy: Codable {
  private enum Field: String, CodingKey {
    case version, reply, urgent, categories, sign, reminderWorkingDaysBefore, reminderTime, supervision, report
    case escalation, extensionLongest, extensions, pause, carried, suggestion, suggestionLongest, followUp, ratingDays
    case reopens, unsatisfiedReopens, deliveryWorkingDays, reviewDays, reviewShare, reviewSeed, returns
    case keySupervisions, requiresActor
  }

  /// - Throws: `DecodingError`, also for a value that makes no sense.
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    func read<Value: Decodable>(_ field: Field, _ value: inout Value) throws {
      if fields.contains(field) { value = try fields.decode(Value.self, forKey: field) }
    }
    self = .standard
    version = try fields.decode(String.self, forKey: .version)
    try read(.reply, &reply)
    try read(.urgent, &urgent)
    try read(.categories, &categories)
    try read(.sign, &sign)
    try read(.reminderWorkingDaysBefore, &reminderWorkingDaysBefore)
    var time = Self.text(ofTime: reminderTime)
    try read(.reminderTime, &time)
    guard let reminderTime = Self.time(time) else {
      throw DecodingError.dataCorruptedError(
        forKey: .reminderTime, in: fields, debugDescription: "must be HH:MM")
    }
    self.reminderTime = reminderTime
    try read(.supervision, &supervision)
    try read(.report, &report)
    try read(.escalation, &escalation)
    try read(.extensionLongest, &extensionLongest)
    try read(.extensions, &extensions)
    try read(.pause, &pause)
    try read(.carried, &carried)
    try read(.suggestion, &suggestion)
    try read(.suggestionLongest, &suggestionLongest)
    try read(.followUp, &followUp)
    try read(.ratingDays, &ratingDays)
    try read(.reopens, &reopens)
    try read(.unsatisfiedReopens, &unsatisfiedReopens)
    try read(.deliveryWorkingDays, &deliveryWorkingDays)
    try read(.reviewDays, &reviewDays)
    try read(.reviewShare, &reviewShare)
    try read(.reviewSeed, &reviewSeed)
    try read(.returns, &returns)
    try read(.keySupervisions, &keySupervisions)
    try read(.requiresActor, &requiresActor)
    do throws(InvalidField) {
      try check()
    } catch {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: decoder.codingPath, debugDescription: error.description))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Field.self)
    try fields.encode(version, forKey: .version)
    try fields.encode(reply, forKey: .reply)
    try fields.encode(urgent, forKey: .urgent)
    try fields.encode(categories, forKey: .categories)
    try fields.encode(sign, forKey: .sign)
    try fields.encode(reminderWorkingDaysBefore, forKey: .reminderWorkingDaysBefore)
    try fields.encode(Self.text(ofTime: reminderTime), forKey: .reminderTime)
    try fields.encode(supervision, forKey: .supervision)
    try fields.encode(report, forKey: .report)
    try fields.encode(escalation, forKey: .escalation)
    try fields.encode(extensionLongest, forKey: .extensionLongest)
    try fields.encode(extensions, forKey: .extensions)
    try fields.encode(pause, forKey: .pause)
    try fields.encode(carried, forKey: .carried)
    try fields.encode(suggestion, forKey: .suggestion)
    try fields.encode(suggestionLongest, forKey: .suggestionLongest)
    try fields.encode(followUp, forKey: .followUp)
    try fields.encode(ratingDays, forKey: .ratingDays)
    try fields.encode(reopens, forKey: .reopens)
    try fields.encode(unsatisfiedReopens, forKey: .unsatisfiedReopens)
    try fields.encode(deliveryWorkingDays, forKey: .deliveryWorkingDays)
    try fields.encode(reviewDays, forKey: .reviewDays)
    try fields.encode(reviewShare, forKey: .reviewShare)
    try fields.encode(reviewSeed, forKey: .reviewSeed)
    try fields.encode(returns, forKey: .returns)
    try fields.encode(keySupervisions, forKey: .keySupervisions)
    try fields.encode(requiresActor, forKey: .requiresActor)
  }
}

extension ReplyPolicy {
  /// Reads `HH:MM`.
  package static func time(_ text: String) -> Duration? {
    let digits = Array(text.utf8)
    guard digits.count == 5, digits[2] == UInt8(ascii: ":") else { return nil }
    let numbers = [digits[0], digits[1], digits[3], digits[4]].map { Int($0) - Int(UInt8(ascii: "0")) }
    guard numbers.allSatisfy({ (0...9).contains($0) }) else { return nil }
    let (hour, minute) = (numbers[0] * 10 + numbers[1], numbers[2] * 10 + numbers[3])
    guard hour < 24, minute < 60 else { return nil }
    return .seconds(hour * 3600 + minute * 60)
  }

  private static func text(ofTime time: Duration) -> String {
    let minutes = Int(time.milliseconds / 60_000)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return two(minutes / 60) + ":" + two(minutes % 60)
  }
}
