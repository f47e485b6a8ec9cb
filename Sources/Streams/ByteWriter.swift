/// Builds the binary forms that changelogs and snapshots hold: little-endian integers and length-prefixed bytes.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func write(_ value: [UInt8]) {
    write(UInt32(value.count))
    bytes.append(contentsOf: value)
  }

  mutating func write(_ text: String) {
    write(UInt32(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  /// A missing value is told apart from an empty one.
  mutating func write(optional value: [UInt8]?) {
    write(UInt8(value == nil ? 0 : 1))
    if let value { write(value) }
  }
}

/// Reads what ``ByteWriter`` wrote, and traps on nothing: bytes that end too soon are an error.
struct ByteReader {
  struct Truncated: Error {}

  private let bytes: ArraySlice<UInt8>
  private var index: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  init(_ bytes: [UInt8]) {
    self.init(bytes[...])
  }

  var isAtEnd: Bool { index == bytes.endIndex }

  private mutating func take(_ count: Int) throws(Truncated) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.endIndex - index else { throw Truncated() }
    defer { index += count }
    return bytes[index..<(index + count)]
  }

  mutating func read<Number: FixedWidthInteger>(_: Number.Type = Number.self) throws(Truncated) -> Number {
    var number: Number = 0
    for byte in try take(MemoryLayout<Number>.size).reversed() {
      number = number << 8 | Number(truncatingIfNeeded: byte)
    }
    return number
  }

  mutating func readBytes() throws(Truncated) -> [UInt8] {
    let count: UInt32 = try read()
    return Array(try take(Int(count)))
  }

  mutating func readText() throws(Truncated) -> String {
    let count: UInt32 = try read()
    return String(decoding: try take(Int(count)), as: UTF8.self)
  }

  mutating func readOptional() throws(Truncated) -> [UInt8]? {
    let present: UInt8 = try read()
    return present == 0 ? nil : try readBytes()
  }
}
