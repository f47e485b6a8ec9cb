/// Builds the binary forms that changelogs and snapshots hold: little-endian integers and length-prefixed bytes.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  /// - Parameter capacity: how many bytes it will come to, if that is known.
  init(capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
  }

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
///
/// Lives no longer than the memory that it reads.
struct ByteReader {
  struct Truncated: Error {}

  private let bytes: UnsafeRawBufferPointer
  private var index = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { index == bytes.count }

  private mutating func take(_ count: Int) throws(Truncated) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= bytes.count - index else { throw Truncated() }
    defer { index += count }
    return UnsafeRawBufferPointer(rebasing: bytes[index..<(index + count)])
  }

  mutating func read<Number: FixedWidthInteger>(_: Number.Type = Number.self) throws(Truncated) -> Number {
    Number(littleEndian: try take(MemoryLayout<Number>.size).loadUnaligned(as: Number.self))
  }

  /// Lends the bytes.
  mutating func readBuffer() throws(Truncated) -> UnsafeRawBufferPointer {
    let count: UInt32 = try read()
    return try take(Int(count))
  }

  mutating func readBytes() throws(Truncated) -> [UInt8] {
    [UInt8](try readBuffer())
  }

  mutating func readText() throws(Truncated) -> String {
    String(decoding: try readBuffer(), as: UTF8.self)
  }

  mutating func readOptional() throws(Truncated) -> [UInt8]? {
    let present: UInt8 = try read()
    return present == 0 ? nil : try readBytes()
  }
}
