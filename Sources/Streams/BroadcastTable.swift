package import EventLog

/// A compacted topic folded to the newest value of each key, with the digest of all of them kept up to date.
package struct BroadcastTable: Hashable, Sendable {
  package private(set) var entries: [[UInt8]: [UInt8]] = [:]
  /// What the newest record that says so wants the digest to be.
  private var wanted: String?
  private var sum: UInt64 = 0

  package init() {}

  init(_ entries: [[UInt8]: [UInt8]]) {
    for (key, value) in entries { set(key, value) }
  }

  /// Finds an interrupted change and a disk's errors, not an attacker's work.
  package var digest: String { "\(entries.count)-\(String(sum, radix: 16))" }

  /// All that was meant to be there is there, and nothing else.
  package var isWhole: Bool { wanted == digest }

  package mutating func take(_ record: Record) {
    // A record without a key says nothing that could be replaced.
    guard let key = record.key else { return }
    set(key, record.value)
    if key == Broadcast.wholeKey {
      wanted = record.header(Broadcast.wholeHeader).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  private mutating func set(_ key: [UInt8], _ value: [UInt8]?) {
    if let old = entries[key] { sum &-= Self.hash(key, old) }
    entries[key] = value
    if let value { sum &+= Self.hash(key, value) }
  }

  /// FNV-1a, stirred once more so that the sum over all entries depends on every bit of each.
  private static func hash(_ key: [UInt8], _ value: [UInt8]) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    for byte in key { add(byte) }
    withUnsafeBytes(of: UInt64(key.count).littleEndian) { $0.forEach(add) }
    for byte in value { add(byte) }
    hash ^= hash >> 31
    hash = hash &* 0x7fb5_d329_728e_a185
    return hash ^ hash >> 27
  }
}
