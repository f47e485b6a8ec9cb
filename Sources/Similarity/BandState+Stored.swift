import Cases
import Time

/// In bytes of its own, since fifty sketches as JSON take a millisecond to read and write, and each record of a band that
/// many opinions share does both: a version, how many timers were set, and the members one behind the other. Numbers have
/// their low byte first.
extension BandState {
  private struct Unreadable: Error {}

  private static let version: UInt8 = 1

  package func stored() -> [UInt8] {
    var bytes = [Self.version]
    bytes.reserveCapacity(16 + members.count * (20 + 32 + 2 * Sketch.size))
    func write(_ number: Int64) { withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) } }
    write(Int64(timers))
    for member in members {
      // A case id has 64 bytes at most.
      bytes.append(UInt8(member.caseID.text.utf8.count))
      bytes.append(contentsOf: member.caseID.text.utf8)
      write(member.received.milliseconds)
      write(member.expires.milliseconds)
      bytes.append(contentsOf: member.sketch.bytes)
    }
    return bytes
  }

  package init(stored bytes: [UInt8]) throws {
    var rest = bytes[...]
    func take(_ count: Int) throws -> ArraySlice<UInt8> {
      guard rest.count >= count else { throw Unreadable() }
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }
    func number() throws -> Int64 {
      try take(8).reversed().reduce(0) { $0 << 8 | Int64($1) }
    }
    guard try take(1).first == Self.version else { throw Unreadable() }
    let timers = Int(try number())
    var members: [Member] = []
    while let length = rest.first {
      let id = try take(1 + Int(length)).dropFirst()
      guard let caseID = CaseID(String(decoding: id, as: UTF8.self)) else { throw Unreadable() }
      let received = Instant(milliseconds: try number())
      let expires = Instant(milliseconds: try number())
      guard let sketch = Sketch(bytes: try take(2 * Sketch.size)) else { throw Unreadable() }
      members.append(Member(caseID: caseID, received: received, sketch: sketch, expires: expires))
    }
    self.init(members: members, timers: timers)
  }
}
