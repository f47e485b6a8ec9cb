import Time

/// How fast one account may send just now.
struct Lane: Hashable, Sendable {
  private static let mostAtOnce = 8

  private let perSecond: Int
  /// When the latest messages left, the oldest first; at most as many as may leave in a second.
  private var departures: [Instant] = []
  private(set) var underWay = 0
  private var troubles = 0
  private var closedUntil: Instant?

  init(perSecond: Int) {
    self.perSecond = perSecond
  }

  func isOpen(at now: Instant) -> Bool {
    if underWay >= Self.mostAtOnce { return false }
    if let closedUntil, now < closedUntil { return false }
    guard departures.count >= perSecond, let first = departures.first else { return true }
    return now - first >= .seconds(1) || now < first
  }

  mutating func depart(at now: Instant) {
    underWay += 1
    departures.append(now)
    if departures.count > perSecond { departures.removeFirst() }
  }

  /// - Parameter gotThrough: the account and WeChat understood each other, whatever became of the message.
  mutating func arrive(gotThrough: Bool, at now: Instant) {
    underWay -= 1
    guard !gotThrough else {
      (troubles, closedUntil) = (0, nil)
      return
    }
    // Those that were under way together are one trouble.
    if let closedUntil, now < closedUntil { return }
    troubles += 1
    closedUntil = now + Verdict.wait(afterFailures: troubles)
  }
}
