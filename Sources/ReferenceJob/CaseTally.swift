import Streams

/// What the job keeps of a case. Stored as JSON: `{"count":3,"lastSeq":17,"lastTime":"…"}`.
package struct CaseTally: StoredState, Hashable {
  package struct Malformed: Error {}

  package var count: Int64
  package var lastSeq: Int64
  /// JSON, as it stood in the last record.
  package var lastTime: ArraySlice<UInt8>

  package init(count: Int64, lastSeq: Int64, lastTime: ArraySlice<UInt8>) {
    self.count = count
    self.lastSeq = lastSeq
    self.lastTime = lastTime
  }

  package init(stored bytes: [UInt8]) throws {
    var count: Int64?
    var lastSeq: Int64?
    var lastTime: Range<Int>?
    try bytes.withUnsafeBufferPointer { bytes in
      var scanner = JSONScanner(bytes)
      try scanner.object { (name, value) throws(JSONScanner.Fault) in
        let name = bytes[name]
        if name.elementsEqual("count".utf8) {
          count = Integer.parse(bytes, value)
        } else if name.elementsEqual("lastSeq".utf8) {
          lastSeq = Integer.parse(bytes, value)
        } else if name.elementsEqual("lastTime".utf8) {
          lastTime = value
        }
      }
    }
    guard let count, let lastSeq, let lastTime else { throw Malformed() }
    self.init(count: count, lastSeq: lastSeq, lastTime: bytes[lastTime])
  }

  package func stored() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(64 + lastTime.count)
    bytes.append(#"{"count":"#)
    Integer.append(count, to: &bytes)
    bytes.append(#","lastSeq":"#)
    Integer.append(lastSeq, to: &bytes)
    bytes.append(#","lastTime":"#)
    bytes.append(contentsOf: lastTime)
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }
}

extension [UInt8] {
  /// Adds what a literal says, without going through a string.
  mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
