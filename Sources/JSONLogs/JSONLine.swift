import Logging

/// One JSON object as it is written, field after field.
struct JSONLine {
  private var bytes = [UInt8(ascii: "{")]

  mutating func add(_ name: String, _ text: String) {
    begin(name)
    write(text)
  }

  mutating func add(_ name: String, _ value: Logger.Metadata.Value) {
    begin(name)
    write(value)
  }

  /// With the end of the line.
  func finished() -> [UInt8] { bytes + [UInt8(ascii: "}"), UInt8(ascii: "\n")] }

  private mutating func begin(_ name: String) {
    if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
    write(name)
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func write(_ value: Logger.Metadata.Value) {
    switch value {
    case .string(let text): write(text)
    case .stringConvertible(let value): write(value.description)
    case .array(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        write(value)
      }
      bytes.append(UInt8(ascii: "]"))
    case .dictionary(let values):
      bytes.append(UInt8(ascii: "{"))
      for (name, value) in values.sorted(by: { $0.key < $1.key }) {
        begin(name)
        write(value)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): bytes += "\\n".utf8
      case UInt8(ascii: "\t"): bytes += "\\t".utf8
      case 0..<0x20, 0x7f: bytes += "\\u00".utf8 + [Self.digit(byte >> 4), Self.digit(byte & 15)]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func digit(_ value: UInt8) -> UInt8 { (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "W")) + value }
}
