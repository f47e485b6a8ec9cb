package import Time

/// The end of a period that is counted in working days.
package struct Deadline: Hashable, Codable, Sendable {
  /// The last day on which a reply is in time.
  package let lastDay: CalendarDate
  /// Some day between receipt and the end lies in a year without a plan, so a plan may yet move the end.
  package let provisional: Bool

  package init(lastDay: CalendarDate, provisional: Bool) {
    self.lastDay = lastDay
    self.provisional = provisional
  }

  /// 24:00 Asia/Shanghai of the last day (民法典 203): the first moment that is too late.
  package var expires: Instant {
    TimeOffset.shanghai.instant(of: lastDay, at: .seconds(24 * 3600))
  }

  /// Whether a reply at that moment comes too late. One at ``expires`` itself does.
  package func isMissed(byReplyAt reply: Instant) -> Bool {
    reply >= expires
  }
}
