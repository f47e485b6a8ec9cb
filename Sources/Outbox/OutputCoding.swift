import EventLog

/// Outputs in one column: their number, then for each its topic, partition, key, value, and headers with their number.
///
/// Numbers are in groups of seven bits, the lowest first, with the high bit set on all but the last. What may be missing
/// is 0 then, and its length or number plus one otherwise.
enum OutputCoding {
  static func encode(_ outputs: [Output]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(
      outputs.reduce(8) { $0 + $1.record.size + $1.topic.utf8.count + 8 * $1.record.headers.count + 24 })
    append(UInt64(outputs.count), to: &bytes)
    for output in outputs {
      append(output.topic, to: &bytes)
      append(output.partition.map { UInt64($0) + 1 } ?? 0, to: &bytes)
      append(output.record.key, to: &bytes)
      append(output.record.value, to: &bytes)
      append(UInt64(output.record.headers.count), to: &bytes)
      for header in output.record.headers {
        append(header.name, to: &bytes)
        append(header.value, to: &bytes)
      }
    }
    return bytes
  }

  /// `nil` if that isn't what ``encode(_:)`` makes.
  static func decode(_ bytes: [UInt8]) -> [Output]? {
    var rest = bytes[...]
    guard let count = number(&rest), count <= UInt64(bytes.count) else { return nil }
    var outputs: [Output] = []
    outputs.reserveCapacity(Int(count))
    for _ in 0..<count {
      guard let output = output(&rest) else { return nil }
      outputs.append(output)
    }
    return rest.isEmpty ? outputs : nil
  }

  private static func output(_ rest: inout ArraySlice<UInt8>) -> Output? {
    guard let topic = text(&rest), let partition = number(&rest), partition <= 1 << 32, let key = optional(&rest),
      let value = optional(&rest), let count = number(&rest), count <= UInt64(rest.count)
    else { return nil }
    var headers: [Header] = []
    headers.reserveCapacity(Int(count))
    for _ in 0..<count {
      guard let name = text(&rest), let value = optional(&rest) else { return nil }
      headers.append(Header(name, value))
    }
    let record = Record(key: key, value: value, headers: headers)
    return Output(to: topic, partition: partition == 0 ? nil : Int(partition - 1), record)
  }

  private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    var number = number
    while number > 0x7f {
      bytes.append(UInt8(truncatingIfNeeded: number) | 0x80)
      number >>= 7
    }
    bytes.append(UInt8(number))
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    append(UInt64(text.utf8.count), to: &bytes)
    bytes.append(contentsOf: text.utf8)
  }

  private static func append(_ value: [UInt8]?, to bytes: inout [UInt8]) {
    append(value.map { UInt64($0.count) + 1 } ?? 0, to: &bytes)
    if let value { bytes.append(contentsOf: value) }
  }

  private static func number(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
    var number: UInt64 = 0
    for shift in stride(from: 0, to: 63, by: 7) {
      guard let byte = rest.popFirst() else { return nil }
      number |= UInt64(byte & 0x7f) << UInt64(shift)
      if byte & 0x80 == 0 { return number }
    }
    return nil
  }

  private static func bytes(_ count: UInt64, _ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard count <= UInt64(rest.count) else { return nil }
    defer { rest = rest.dropFirst(Int(count)) }
    return rest.prefix(Int(count))
  }

  private static func text(_ rest: inout ArraySlice<UInt8>) -> String? {
    guard let count = number(&rest), let bytes = bytes(count, &rest) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// The outer `nil` is a broken form, the inner one a missing value.
  private static func optional(_ rest: inout ArraySlice<UInt8>) -> [UInt8]?? {
    guard let count = number(&rest) else { return nil }
    if count == 0 { return .some(nil) }
    return bytes(count - 1, &rest).map { .some(Array($0)) }
  }
}
