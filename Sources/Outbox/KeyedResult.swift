/// What came of putting something under an ``OutboxKey``.
package enum KeyedResult: Hashable, Sendable {
  /// In the log, or on this gateway's own disk.
  case durable
  /// It was durable before: nothing was put.
  case repeated
  /// The key stands for another content: nothing was put.
  case conflicting
  /// The log will never take it.
  case tooLarge
  /// Not for sure durable, and not within the time that an answer may take.
  case unavailable
}
