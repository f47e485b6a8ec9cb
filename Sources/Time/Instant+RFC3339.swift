extension Instant {
  /// Reads a time of RFC 3339; `nil` for anything else. See ``GivenTime``.
  package init?(rfc3339 text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes.count <= 40, "Tt ".utf8.contains(bytes[10]),
      let date = CalendarDate(String(decoding: bytes[0..<10], as: UTF8.self)),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let hour = decimal(bytes[11..<13]), hour < 24,
      let minute = decimal(bytes[14..<16]), minute < 60,
      let second = decimal(bytes[17..<19]), second <= 60
    else { return nil }
    var rest = bytes[19...]
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
      guard !digits.isEmpty else { return nil }
      for place in 0..<3 {
        let digit = place < digits.count ? Int(digits[digits.startIndex + place] - UInt8(ascii: "0")) : 0
        fraction = fraction * 10 + digit
      }
      rest = rest[digits.endIndex...]
    }
    guard let offsetMinutes = Self.offset(rest) else { return nil }
    let seconds = date.dayNumber * 86400 + hour * 3600 + minute * 60 + second - offsetMinutes * 60
    if second == 60, seconds.quotientAndRemainder(dividingBy: 86400).remainder != 0 { return nil }
    self.init(milliseconds: Int64(seconds) * 1000 + Int64(fraction))
  }

  private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
    if bytes.elementsEqual("Z".utf8) || bytes.elementsEqual("z".utf8) { return 0 }
    guard bytes.count == 6, let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
      return nil
    }
    let start = bytes.startIndex
    guard bytes[start + 3] == UInt8(ascii: ":"), let hours = decimal(bytes[(start + 1)..<(start + 3)]), hours < 24,
      let minutes = decimal(bytes[(start + 4)..<(start + 6)]), minutes < 60
    else { return nil }
    let total = hours * 60 + minutes
    return sign == UInt8(ascii: "-") ? -total : total
  }

  /// Writes RFC 3339 in the given offset, with milliseconds only where there are any. A moment outside the years 1 to
  /// 9999 is written as the nearest that RFC 3339 can say.
  package func rfc3339(offset: TimeOffset = .utc) -> String {
    let earliest: Int64 = -62_135_596_800_000
    let latest: Int64 = 253_402_300_799_999
    let clamped = Swift.min(Swift.max(milliseconds, earliest), latest)
    let shift = Int64(offset.minutes) * 60_000
    let local = Swift.min(Swift.max(clamped + shift, earliest), latest)
    let dayNumber = local.quotientRoundedDown(by: 86_400_000)
    let inDay = Int(local - dayNumber * 86_400_000)
    var text: [UInt8] = []
    text.reserveCapacity(29)
    CalendarDate(dayNumber: Int(dayNumber)).write(to: &text)
    writeNumber(inDay / 3_600_000, after: "T", to: &text)
    writeNumber(inDay / 60_000 % 60, after: ":", to: &text)
    writeNumber(inDay / 1000 % 60, after: ":", to: &text)
    if inDay % 1000 != 0 { writeNumber(inDay % 1000, width: 3, after: ".", to: &text) }
    if offset.minutes == 0 {
      text.append(UInt8(ascii: "Z"))
    } else {
      let magnitude = abs(offset.minutes)
      writeNumber(magnitude / 60, after: offset.minutes < 0 ? "-" : "+", to: &text)
      writeNumber(magnitude % 60, after: ":", to: &text)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
