/// Walks once over a text of JSON (RFC 8259) without taking it apart: finds where the members of an object stand, and
/// refuses what isn't JSON. Strings are stepped through eight bytes at a time.
///
/// Half of a surrogate pair is refused too, since most readers of what is passed on would refuse it. What lies outside
/// of strings can only be ASCII; whether strings are UTF-8 is for ``UTF8Check``.
struct JSONScanner {
  struct Fault: Error {
    let what: StaticString
    /// Counted from 0.
    let byte: Int
  }

  /// Deeper nesting is refused, so that no input can exhaust the stack.
  static let deepest = 200

  let bytes: UnsafeBufferPointer<UInt8>
  private(set) var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// Steps over a text that is one object.
  /// - Parameter member: is given where each member's name stands, without its quotes, and its value, without the space
  ///   around it.
  mutating func object(
    _ member: (_ name: Range<Int>, _ value: Range<Int>) throws(Fault) -> Void
  ) throws(Fault) {
    skipSpace()
    guard next == UInt8(ascii: "{") else { throw fault("an object was expected") }
    try skipObject(depth: 0, member)
    skipSpace()
    guard position == bytes.count else { throw fault("something follows the object") }
  }

  /// What stands at a position, or 0 behind the end, which no token begins with.
  private var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private func fault(_ what: StaticString) -> Fault {
    Fault(what: position < bytes.count ? what : "it ends too early", byte: position)
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0a, 0x0d, 0x09: position += 1
      default: return
      }
    }
  }

  private mutating func skipValue(depth: Int) throws(Fault) {
    guard depth < Self.deepest else { throw fault("nested too deep") }
    switch next {
    case UInt8(ascii: "\""): try skipString()
    case UInt8(ascii: "{"): try skipObject(depth: depth) { (_, _) throws(Fault) in }
    case UInt8(ascii: "["): try skipArray(depth: depth)
    case UInt8(ascii: "t"): try skipWord("true")
    case UInt8(ascii: "f"): try skipWord("false")
    case UInt8(ascii: "n"): try skipWord("null")
    default: try skipNumber()
    }
  }

  private mutating func skipObject(
    depth: Int, _ member: (_ name: Range<Int>, _ value: Range<Int>) throws(Fault) -> Void
  ) throws(Fault) {
    position += 1
    skipSpace()
    if take("}") { return }
    repeat {
      skipSpace()
      let name = position + 1
      try skipString()
      let nameEnd = position - 1
      skipSpace()
      guard take(":") else { throw fault("a colon was expected") }
      skipSpace()
      let value = position
      try skipValue(depth: depth + 1)
      try member(name..<nameEnd, value..<position)
      skipSpace()
    } while take(",")
    guard take("}") else { throw fault("a comma or } was expected") }
  }

  private mutating func skipArray(depth: Int) throws(Fault) {
    position += 1
    skipSpace()
    if take("]") { return }
    repeat {
      skipSpace()
      try skipValue(depth: depth + 1)
      skipSpace()
    } while take(",")
    guard take("]") else { throw fault("a comma or ] was expected") }
  }

  private mutating func skipString() throws(Fault) {
    guard take("\"") else { throw fault("a string was expected") }
    while true {
      position = Word.firstSpecial(in: bytes, from: position)
      switch next {
      case UInt8(ascii: "\""):
        position += 1
        return
      case UInt8(ascii: "\\"): try skipEscape()
      default: throw fault("a control character stands in a string")
      }
    }
  }

  private mutating func skipEscape() throws(Fault) {
    position += 1
    switch next {
    case UInt8(ascii: "u"):
      position += 1
      let unit = try hexadecimal()
      if unit & 0xfc00 == 0xd800 {
        guard take("\\"), take("u") else { throw fault("half of a surrogate pair stands in a string") }
        guard try hexadecimal() & 0xfc00 == 0xdc00 else { throw fault("half of a surrogate pair stands in a string") }
      } else if unit & 0xfc00 == 0xdc00 {
        throw fault("half of a surrogate pair stands in a string")
      }
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 1
    default: throw fault("no such escape")
    }
  }

  private mutating func hexadecimal() throws(Fault) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Self.digit(next) else { throw fault("four hexadecimal digits were expected") }
      unit = unit << 4 | digit
      position += 1
    }
    return unit
  }

  private static func digit(_ character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0"))
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(character - UInt8(ascii: "A") + 10)
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(character - UInt8(ascii: "a") + 10)
    default: nil
    }
  }

  private mutating func skipWord(_ word: StaticString) throws(Fault) {
    for index in 0..<word.utf8CodeUnitCount {
      guard next == word.utf8Start[index] else { throw fault("a value was expected") }
      position += 1
    }
  }

  private mutating func skipNumber() throws(Fault) {
    _ = take("-")
    if !take("0") { try skipDigits() }
    if take(".") { try skipDigits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try skipDigits()
    }
  }

  private mutating func skipDigits() throws(Fault) {
    let start = position
    while case UInt8(ascii: "0")...UInt8(ascii: "9") = next { position += 1 }
    guard position > start else { throw fault("a value was expected") }
  }
}
