import Time

/// The hours in which nobody's telephone is to ring, in Shanghai.
struct QuietHours: Hashable, Sendable {
  /// Since 00:00. Equal ones: no hour is quiet.
  let from: Duration
  let until: Duration
  let channels: Set<FeedbackChannel>

  /// When the quiet ends that reigns at `moment`; `nil` if none does.
  func end(at moment: Instant) -> Instant? {
    let day = TimeOffset.shanghai.date(of: moment)
    let time = moment - TimeOffset.shanghai.instant(of: day)
    let isOvernight = from > until
    if isOvernight, time >= from { return TimeOffset.shanghai.instant(of: day.advanced(byDays: 1), at: until) }
    let begins = isOvernight ? .zero : from
    return time >= begins && time < until && from != until ? TimeOffset.shanghai.instant(of: day, at: until) : nil
  }

  /// The same for one channel.
  func end(at moment: Instant, for channel: FeedbackChannel) -> Instant? {
    channels.contains(channel) ? end(at: moment) : nil
  }
}
