import EventLog

/// Headers in a column: for each its name's length and name, then 0 for no value, or the value's length and 1, and the
/// value. Lengths are in groups of seven bits, the lowest first, with the high bit set on all but the last.
enum HeaderCoding {
  /// `nil` for no headers.
  static func encode(_ headers: [Header]) -> [UInt8]? {
    if headers.isEmpty { return nil }
    var bytes: [UInt8] = []
    for header in headers {
      append(UInt64(header.name.utf8.count), to: &bytes)
      bytes.append(contentsOf: header.name.utf8)
      if let value = header.value {
        append(UInt64(value.count) + 1, to: &bytes)
        bytes.append(contentsOf: value)
      } else {
        append(0, to: &bytes)
      }
    }
    return bytes
  }

  /// `nil` if that isn't what ``encode(_:)`` makes.
  static func decode(_ bytes: [UInt8]) -> [Header]? {
    var headers: [Header] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let nameLength = length(&rest), nameLength <= UInt64(rest.count) else { return nil }
      guard let name = String(validating: rest.prefix(Int(nameLength)), as: UTF8.self) else { return nil }
      rest = rest.dropFirst(Int(nameLength))
      guard let valueLength = length(&rest) else { return nil }
      if valueLength == 0 {
        headers.append(Header(name, [UInt8]?.none))
        continue
      }
      guard valueLength - 1 <= UInt64(rest.count) else { return nil }
      headers.append(Header(name, Array(rest.prefix(Int(valueLength - 1)))))
      rest = rest.dropFirst(Int(valueLength - 1))
    }
    return headers
  }

  private static func append(_ length: UInt64, to bytes: inout [UInt8]) {
    var length = length
    while length > 0x7f {
      bytes.append(UInt8(truncatingIfNeeded: length) | 0x80)
      length >>= 7
    }
    bytes.append(UInt8(length))
  }

  private static func length(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
    var length: UInt64 = 0
    for shift in stride(from: 0, to: 35, by: 7) {
      guard let byte = bytes.popFirst() else { return nil }
      length |= UInt64(byte & 0x7f) << UInt64(shift)
      if byte & 0x80 == 0 { return length }
    }
    return nil
  }
}
