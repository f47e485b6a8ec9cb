import EventLog
import HeapModule
import Time

/// The timers of one partition in due order.
///
/// A timer that is replaced or cancelled stays here until its time comes and is then seen to be void, since its key's
/// entry no longer names it; only where most have become void, the queue is built anew.
struct TimerQueue {
  struct Element: Comparable {
    let timer: Timer
    /// From when on this worker has known of it: see ``Worker``'s rule of when a timer may fire.
    let since: Instant

    static func < (left: Element, right: Element) -> Bool {
      if left.timer.due != right.timer.due { return left.timer.due < right.timer.due }
      if left.timer.key != right.timer.key { return left.timer.key.lexicographicallyPrecedes(right.timer.key) }
      if left.timer.kind != right.timer.kind { return left.timer.kind < right.timer.kind }
      return left.timer.generation < right.timer.generation
    }
  }

  private var heap = Heap<Element>()
  /// Timers that are set, void ones not counted.
  private(set) var pending = 0

  var first: Element? { heap.min }
  var hasManyVoid: Bool { heap.count > 1024 && heap.count > 2 * pending }

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
  mutating func keepOnly(_ isWanted: (Timer) throws(LogError) -> Bool) throws(LogError) {
    var seen: Set<Timer> = []
    var kept: [Element] = []
    for element in heap.unordered where try isWanted(element.timer) && seen.insert(element.timer).inserted {
      kept.append(element)
    }
    heap = Heap(kept)
  }

  /// All at once, which is quicker than one by one.
  init(_ elements: [Element] = []) {
    heap = Heap(elements)
    pending = elements.count
  }
}
