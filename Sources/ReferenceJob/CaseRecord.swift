/// What the job reads of a record: `{id, seq, channel, title, text, time}` in any order, with whatever else.
package struct CaseRecord: Sendable {
  package struct Unreadable: Error, Hashable {
    /// Names what and where, not the contents.
    package let reason: String
  }

  package let seq: Int64
  /// JSON, as it stood: a string in its quotes.
  package let title: ArraySlice<UInt8>
  /// JSON, as it stood: a string in its quotes, or a number.
  package let time: ArraySlice<UInt8>

  /// - Parameter bytes: one object of JSON in UTF-8. Of two members with one name the last counts.
  package init(json bytes: [UInt8]) throws(Unreadable) {
    let found = try Self.find(in: bytes)
    seq = found.seq
    title = bytes[found.title]
    time = bytes[found.time]
  }

  private static func find(
    in bytes: [UInt8]
  ) throws(Unreadable) -> (seq: Int64, title: Range<Int>, time: Range<Int>) {
    let found = bytes.withUnsafeBufferPointer { Fields.find(in: $0) }
    switch found {
    case .failure(let unreadable): throw unreadable
    case .success(let fields):
      guard let seq = fields.seq else { throw Unreadable(reason: "seq is missing, or no integer") }
      guard let title = fields.title else { throw Unreadable(reason: "title is missing, or no string") }
      guard let time = fields.time else { throw Unreadable(reason: "time is missing, or neither string nor number") }
      return (seq, title, time)
    }
  }
}

private struct Fields {
  var seq: Int64?
  var title: Range<Int>?
  var time: Range<Int>?

  static func find(in bytes: UnsafeBufferPointer<UInt8>) -> Result<Fields, CaseRecord.Unreadable> {
    if let fault = UTF8Check.firstFault(in: bytes) {
      return .failure(CaseRecord.Unreadable(reason: "byte \(fault) is no UTF-8"))
    }
    var fields = Fields()
    var scanner = JSONScanner(bytes)
    do throws(JSONScanner.Fault) {
      try scanner.object { (name, value) throws(JSONScanner.Fault) in
        let first = bytes[value.lowerBound]
        let isString = first == UInt8(ascii: "\"")
        let isNumber = first == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
        switch JSONName(bytes, name) {
        case .seq: fields.seq = Integer.parse(bytes, value)
        case .title: fields.title = isString ? value : nil
        case .time: fields.time = isString || isNumber ? value : nil
        case .other: break
        }
      }
    } catch {
      return .failure(CaseRecord.Unreadable(reason: "byte \(error.byte): \(error.what)"))
    }
    return .success(fields)
  }
}

/// The members that the job looks at.
private enum JSONName {
  case seq, title, time, other

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    let name = UnsafeBufferPointer(rebasing: bytes[range])
    if name.contains(UInt8(ascii: "\\")) {
      // Rare enough to be taken apart in full.
      self = JSONString.unescaped(name).withUnsafeBufferPointer { JSONName(plain: $0) }
    } else {
      self = JSONName(plain: name)
    }
  }

  private init(plain name: UnsafeBufferPointer<UInt8>) {
    if name.elementsEqual("seq".utf8) {
      self = .seq
    } else if name.elementsEqual("title".utf8) {
      self = .title
    } else if name.elementsEqual("time".utf8) {
      self = .time
    } else {
      self = .other
    }
  }
}
