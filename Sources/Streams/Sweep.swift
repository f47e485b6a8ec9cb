import Glibc

/// How far the keys of one partition have been revised under its newest rules: in the order of the keys' bytes, so that
/// one key says it all.
///
/// It looks ahead by some thousand keys at a time, so that neither all keys lie sorted in memory nor each batch goes
/// through all of them. Keys that come later need no visit, and may get one.
struct Sweep {
  /// The last key visited, as of the last commit; `nil` before the first.
  private(set) var last: [UInt8]?
  /// How many keys were left when it looked ahead, less those visited since; `nil` before that.
  private(set) var remaining: Int?
  private var ahead: ArraySlice<[UInt8]> = []
  /// Whether nothing comes after what is ahead.
  private var seesEnd = false

  private static let sight = 20_000

  init(after last: [UInt8]? = nil) {
    self.last = last
  }

  /// The keys to visit next. They stay the next ones until ``advance(to:)``.
  /// - Returns: at most `limit` keys; `isEnd` if there are no more after these.
  mutating func next(_ limit: Int, in table: PackedTable) -> (keys: ArraySlice<[UInt8]>, isEnd: Bool) {
    if ahead.isEmpty, !seesEnd { lookAhead(in: table) }
    let keys = ahead.prefix(limit)
    return (keys, seesEnd && keys.count == ahead.count)
  }

  /// Notes that all keys up to that one have been visited.
  mutating func advance(to key: [UInt8]) {
    let before = ahead.count
    ahead = ahead.drop { !Self.precedes(key, $0) }
    remaining = remaining.map { max(0, $0 - (before - ahead.count)) }
    last = key
  }

  private mutating func lookAhead(in table: PackedTable) {
    var nearest: [PackedTable.Slot] = []
    var count = 0
    // What is not in front of this one is farther than as many as are wanted.
    var farthest: UnsafeRawBufferPointer?
    func sortNearest() {
      nearest.sort { left, right in
        guard let left = ChangelogKey.entryKey(in: table.key(at: left)),
          let right = ChangelogKey.entryKey(in: table.key(at: right))
        else { return false }
        return Self.precedes(left, right)
      }
    }
    for slot in table.slots {
      guard let key = ChangelogKey.entryKey(in: table.key(at: slot)) else { continue }
      if let last, !last.withUnsafeBytes({ Self.precedes($0, key) }) { continue }
      count += 1
      if let farthest, !Self.precedes(key, farthest) { continue }
      nearest.append(slot)
      if nearest.count == 2 * Self.sight {
        sortNearest()
        nearest.removeLast(Self.sight)
        farthest = nearest.last.flatMap { ChangelogKey.entryKey(in: table.key(at: $0)) }
      }
    }
    sortNearest()
    ahead =
      nearest.prefix(Self.sight).compactMap { ChangelogKey.entryKey(in: table.key(at: $0)).map { [UInt8]($0) } }[...]
    seesEnd = count == ahead.count
    remaining = count
  }

  private static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.withUnsafeBytes { left in right.withUnsafeBytes { precedes(left, $0) } }
  }

  private static func precedes(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    let common = min(left.count, right.count)
    guard common > 0, let first = left.baseAddress, let second = right.baseAddress else {
      return left.count < right.count
    }
    let order = memcmp(first, second, common)
    return order == 0 ? left.count < right.count : order < 0
  }
}
