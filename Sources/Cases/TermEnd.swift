package import Time

/// When a term ends.
package struct TermEnd: Hashable, Codable, Sendable {
  /// The first moment that is too late.
  package let expires: Instant
  /// The last day, in Shanghai, on which something is in time.
  package let lastDay: CalendarDate
  /// It hangs on a day of a year without a plan, so a plan may yet move it.
  package let provisional: Bool

  package init(expires: Instant, lastDay: CalendarDate, provisional: Bool) {
    self.expires = expires
    self.lastDay = lastDay
    self.provisional = provisional
  }

  /// 24:00 Asia/Shanghai of that day (民法典 203).
  package init(lastDay: CalendarDate, provisional: Bool) {
    self.init(
      expires: TimeOffset.shanghai.instant(of: lastDay, at: .seconds(24 * 3600)), lastDay: lastDay,
      provisional: provisional)
  }

  /// A moment of the clock: whatever plan comes, it stays. What expires at midnight has the day before as its last.
  package init(expires: Instant) {
    self.init(
      expires: expires, lastDay: TimeOffset.shanghai.date(of: expires - .milliseconds(1)), provisional: false)
  }

  /// Whether something done at that moment comes too late. At ``expires`` itself it does.
  package func isMissed(at moment: Instant) -> Bool {
    moment >= expires
  }
}
