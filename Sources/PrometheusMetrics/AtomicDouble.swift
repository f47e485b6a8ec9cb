import Synchronization

/// A `Double` that several threads add to.
struct AtomicDouble: ~Copyable, Sendable {
  private let bits = Atomic<UInt64>(0)

  func load() -> Double {
    Double(bitPattern: bits.load(ordering: .relaxed))
  }

  func store(_ value: Double) {
    bits.store(value.bitPattern, ordering: .relaxed)
  }

  func add(_ amount: Double) {
    var old = bits.load(ordering: .relaxed)
    while true {
      let sum = Double(bitPattern: old) + amount
      let (exchanged, seen) = bits.weakCompareExchange(expected: old, desired: sum.bitPattern, ordering: .relaxed)
      if exchanged { return }
      old = seen
    }
  }
}
