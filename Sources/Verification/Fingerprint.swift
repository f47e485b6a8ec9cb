/// Stands for a value where millions of values are to be told apart in little memory.
///
/// 64 bits of a keyed hash whose key each process draws anew: equal values have equal ones, and of a million different
/// values two have equal ones about once in forty million runs.
struct Fingerprint: Hashable {
  private let bits: Int

  init<each Value: Hashable>(_ value: repeat each Value) {
    var hasher = Hasher()
    repeat (each value).hash(into: &hasher)
    bits = hasher.finalize()
  }
}
