import EventLog
import HeapModule
import Time

/// The timers of one partition in due order; among those due at one moment, in an order that depends on nothing but
/// their keys and kinds.
///
/// A timer that is replaced or cancelled stays here until its time comes and is then seen to be void, since its key's
/// entry no longer names it; only where most have become void, the queue is built anew. One takes 32 bytes: what else
/// there is to know of it stands in the entry.
struct TimerQueue {
  struct Element: Comparable {
    let due: Instant
    /// From when on this worker has known of it: see ``Worker``'s rule of when a timer may fire.
    let since: Instant
    /// Whose it is, in the partition's table.
    let slot: PackedTable.Slot
    fileprivate let kind: UInt32
    fileprivate let order: UInt64

    static func < (left: Element, right: Element) -> Bool {
      left.due != right.due ? left.due < right.due : left.order < right.order
    }
  }

  private var heap = Heap<Element>()
  private var kinds: [Timer.Kind] = []
  /// Timers that are set, void ones not counted.
  private(set) var pending = 0

  var first: Element? { heap.min }
  var hasManyVoid: Bool { heap.count > 1024 && heap.count > 2 * pending }

  func kind(of element: Element) -> Timer.Kind { kinds[Int(element.kind)] }

  /// - Parameter key: as the table holds it.
  mutating func element(
    of slot: PackedTable.Slot, _ key: UnsafeRawBufferPointer, _ setting: Entry.Setting, since: Instant
  ) -> Element {
    Element(
      due: setting.due, since: since, slot: slot, kind: number(of: setting.kind),
      order: Self.order(key, setting.kind))
  }

  mutating func insert(_ element: Element) {
    heap.insert(element)
  }

  mutating func removeFirst() -> Element? {
    heap.popMin()
  }

  mutating func changePending(by difference: Int) {
    pending += difference
  }

  /// Leaves those that are still wanted, each known since when it was.
  mutating func keepOnly(_ isWanted: (Element) throws(LogError) -> Bool) throws(LogError) {
    struct Identity: Hashable {
      let slot: PackedTable.Slot
      let kind: UInt32
    }
    var seen: Set<Identity> = []
    var kept: [Element] = []
    for element in heap.unordered where try isWanted(element) {
      if seen.insert(Identity(slot: element.slot, kind: element.kind)).inserted { kept.append(element) }
    }
    heap = Heap(kept)
  }

  /// All at once, which is quicker than one by one.
  mutating func replaceAll(by elements: [Element]) {
    heap = Heap(elements)
    pending = elements.count
  }

  /// There are a handful.
  private mutating func number(of kind: Timer.Kind) -> UInt32 {
    if let number = kinds.firstIndex(of: kind) { return UInt32(number) }
    kinds.append(kind)
    return UInt32(kinds.count - 1)
  }

  /// FNV-1a, the same in every process.
  private static func order(_ key: UnsafeRawBufferPointer, _ kind: Timer.Kind) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    for byte in kind.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
  }
}
