/// Writes an object byte for byte as ``JSONData/encode(_:)`` does, without `Codable`, which takes several times as long: for
/// the few that are written with every opinion.
///
/// Members are to be given in the order of their names; one without a value is left out.
package struct JSONObject {
  private var bytes = [UInt8(ascii: "{")]

  package init() {
    bytes.reserveCapacity(512)
  }

  /// The object, closed.
  package var json: [UInt8] { bytes + [UInt8(ascii: "}")] }

  package mutating func add(_ name: StaticString, _ text: String?) {
    guard let text else { return }
    begin(name)
    append(text)
  }

  package mutating func add(_ name: StaticString, _ value: Bool) {
    begin(name)
    bytes.append(contentsOf: value ? "true".utf8 : "false".utf8)
  }

  /// - Precondition: the number is finite, as all numbers of JSON are.
  package mutating func add(_ name: StaticString, _ number: Double) {
    precondition(number.isFinite, "JSON has no such number")
    begin(name)
    let text = number.description
    bytes.append(contentsOf: text.hasSuffix(".0") ? text.dropLast(2).utf8 : text[...].utf8)
  }

  package mutating func add(_ name: StaticString, _ object: JSONObject?) {
    guard let object else { return }
    begin(name)
    append(object)
  }

  package mutating func add(_ name: StaticString, _ list: [JSONObject]?) {
    add(name, list) { $0.append($1) }
  }

  package mutating func add(_ name: StaticString, _ list: [String]?) {
    add(name, list) { $0.append($1) }
  }

  private mutating func add<Value>(
    _ name: StaticString, _ list: [Value]?, _ append: (inout JSONObject, Value) -> Void
  ) {
    guard let list else { return }
    begin(name)
    bytes.append(UInt8(ascii: "["))
    for (index, value) in list.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(&self, value)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func begin(_ name: StaticString) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: "\":".utf8)
  }

  private mutating func append(_ object: JSONObject) {
    bytes.append(contentsOf: object.bytes)
    bytes.append(UInt8(ascii: "}"))
  }

  private mutating func append(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { text in
      if text.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
        bytes.append(contentsOf: text)
      } else {
        for byte in text { appendEscaped(byte) }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
    case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
    case 0x08: bytes.append(contentsOf: #"\b"#.utf8)
    case 0x0c: bytes.append(contentsOf: #"\f"#.utf8)
    case UInt8(ascii: "\n"): bytes.append(contentsOf: #"\n"#.utf8)
    case UInt8(ascii: "\r"): bytes.append(contentsOf: #"\r"#.utf8)
    case UInt8(ascii: "\t"): bytes.append(contentsOf: #"\t"#.utf8)
    case ..<0x20:
      bytes.append(contentsOf: #"\u00"#.utf8)
      bytes.append(UInt8(ascii: "0") + byte >> 4)
      bytes.append(Array("0123456789abcdef".utf8)[Int(byte & 15)])
    default: bytes.append(byte)
    }
  }
}
