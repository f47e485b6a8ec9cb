import Cases
import Streams
import Time

/// The opinions that met in one band of late.
package struct BandState: StoredState, Hashable {
  struct Member: Hashable {
    var caseID: CaseID
    var received: Instant
    var sketch: Sketch
    /// When it is forgotten.
    var expires: Instant
  }

  /// The most that are remembered: the newest.
  static let maximum = 50

  /// In the order in which they came.
  private(set) var members: [Member]
  /// How many timers have been set.
  private(set) var timers: Int

  init(members: [Member] = [], timers: Int = 0) {
    self.members = members
    self.timers = timers
  }

  /// Takes it in, and forgets the oldest where there are too many.
  mutating func add(_ member: Member) {
    members.append(member)
    if members.count > Self.maximum { members.removeFirst(members.count - Self.maximum) }
  }

  mutating func expire(by time: Instant) {
    members.removeAll { $0.expires <= time }
  }

  /// The next moment at which one is forgotten, as a timer of a generation of its own.
  mutating func nextTimer() -> (generation: Int, at: Instant)? {
    guard let next = members.map(\.expires).min() else { return nil }
    timers += 1
    return (timers, next)
  }
}
