import FoundationEssentials

/// JSON (RFC 8259) read only so far that its parts keep their own bytes: numbers stay as they were written, and 900 kB
/// of data are not taken apart to be put together again. One pass, no copies.
struct JSONText {
  struct Fault: Error, Hashable {
    let what: String
    /// Counted from 1.
    let byte: Int
  }

  /// A member of an object: its name, unescaped, and the bytes of its value without the space around it.
  struct Member {
    let name: String
    let value: ArraySlice<UInt8>
  }

  /// Deeper nesting is refused, so that no input can exhaust the stack.
  static let deepest = 200

  private let bytes: [UInt8]
  private var position = 0

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The members of an object, in their order.
  static func members(of bytes: [UInt8]) throws(Fault) -> [Member] {
    try checkUTF8(bytes)
    var text = JSONText(bytes)
    var members: [Member] = []
    text.skipSpace()
    guard text.next == UInt8(ascii: "{") else { throw text.fault("an object was expected") }
    try text.skipObject(depth: 0) { (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>) throws(Fault) in
      members.append(Member(name: try string(name), value: value))
    }
    try text.end()
    return members
  }

  /// Whether this is one value of JSON, whichever.
  static func isValid(_ bytes: [UInt8]) -> Bool {
    do {
      try checkUTF8(bytes)
      var text = JSONText(bytes)
      text.skipSpace()
      try text.skipValue(depth: 0)
      try text.end()
      return true
    } catch {
      return false
    }
  }

  /// What a string of JSON, given in its quotes, says.
  static func string(_ quoted: ArraySlice<UInt8>) throws(Fault) -> String {
    do {
      return try JSONDecoder().decode(String.self, from: Data(quoted))
    } catch {
      throw Fault(what: "a string holds half of a surrogate pair", byte: quoted.startIndex + 1)
    }
  }

  /// A string as JSON, in its quotes.
  static func quoted(_ text: String) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    var result = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): result += Array(#"\n"#.utf8)
      case 0..<0x20: result += Array(#"\u00"#.utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: result.append(byte)
      }
    }
    result.append(UInt8(ascii: "\""))
    return result
  }

  /// Valid JSON without the space between its tokens, so that it fits on one line.
  static func compact(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var inString = false
    var escaped = false
    for byte in bytes where inString || !isSpace(byte) {
      result.append(byte)
      if escaped {
        escaped = false
      } else if byte == UInt8(ascii: "\"") {
        inString.toggle()
      } else {
        escaped = inString && byte == UInt8(ascii: "\\")
      }
    }
    return result
  }

  private static func checkUTF8(_ bytes: [UInt8]) throws(Fault) {
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      throw Fault(what: "not valid UTF-8", byte: error.byteOffsets.lowerBound + 1)
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09
  }
}

// Walking over it: each `skip` begins at the first byte of what it is named after, and ends behind the last.
extension JSONText {
  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func fault(_ what: String) -> Fault {
    Fault(what: position < bytes.count ? what : "it ends too early", byte: position + 1)
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let next, Self.isSpace(next) { position += 1 }
  }

  private mutating func end() throws(Fault) {
    skipSpace()
    guard next == nil else { throw fault("something follows the value") }
  }

  private mutating func skipValue(depth: Int) throws(Fault) {
    guard depth < Self.deepest else { throw fault("nested deeper than \(Self.deepest) levels") }
    switch next {
    case UInt8(ascii: "{"): try skipObject(depth: depth) { _, _ in }
    case UInt8(ascii: "["): try skipArray(depth: depth)
    case UInt8(ascii: "\""): try skipString()
    case UInt8(ascii: "t"): try skipWord("true")
    case UInt8(ascii: "f"): try skipWord("false")
    case UInt8(ascii: "n"): try skipWord("null")
    default: try skipNumber()
    }
  }

  private mutating func skipObject(
    depth: Int, each: (_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) throws(Fault) -> Void
  ) throws(Fault) {
    position += 1
    skipSpace()
    if take("}") { return }
    repeat {
      skipSpace()
      let name = position
      try skipString()
      let nameEnd = position
      skipSpace()
      guard take(":") else { throw fault("a colon was expected") }
      skipSpace()
      let value = position
      try skipValue(depth: depth + 1)
      try each(bytes[name..<nameEnd], bytes[value..<position])
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
    while !take("\"") {
      guard let next, next >= 0x20 else { throw fault("a control character stands in a string") }
      position += 1
      guard next == UInt8(ascii: "\\") else { continue }
      guard let escape = self.next, #""\/bfnrtu"#.utf8.contains(escape) else { throw fault("no such escape") }
      position += 1
      if escape == UInt8(ascii: "u") { try skipDigits(hexadecimal: true, atMost: 4, atLeast: 4) }
    }
  }

  private mutating func skipWord(_ word: String) throws(Fault) {
    guard bytes[position...].starts(with: word.utf8) else { throw fault("a value was expected") }
    position += word.utf8.count
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

  private mutating func skipDigits(hexadecimal: Bool = false, atMost: Int = .max, atLeast: Int = 1) throws(Fault) {
    var count = 0
    digits: while count < atMost, let next {
      switch next {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): break
      case UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "a")...UInt8(ascii: "f"):
        guard hexadecimal else { break digits }
      default: break digits
      }
      position += 1
      count += 1
    }
    guard count >= atLeast else {
      throw fault(hexadecimal ? "four hexadecimal digits were expected" : "a value was expected")
    }
  }
}
