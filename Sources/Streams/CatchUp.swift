import EventLog
import Time

/// Up to which moment an input partition is known to have been read: all that was in it then has been handled.
struct CatchUp {
  private(set) var position: Offset
  private(set) var until: Instant = .distantPast
  private var mark: (moment: Instant, end: Offset)?

  init(position: Offset) {
    self.position = position
  }

  /// Whether there is something left to read of what was there when it was looked at.
  var isBehind: Bool { mark != nil }

  /// - Parameters:
  ///   - end: where the partition ended at some moment at or after `moment`.
  ///   - position: up to where it has been read, counting what the batch at hand holds.
  mutating func note(end: Offset, at moment: Instant, position: Offset) {
    self.position = position
    if position >= end {
      until = max(until, moment)
      mark = nil
    } else if let mark, position >= mark.end {
      until = max(until, mark.moment)
      self.mark = (moment, end)
    } else if mark == nil {
      mark = (moment, end)
    }
  }
}
