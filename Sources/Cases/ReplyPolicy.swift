package import Time

/// How long an opinion may wait for its reply, and when its owner is reminded.
package struct ReplyPolicy: Hashable, Sendable {
  /// A value that makes no sense.
  package struct InvalidField: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the property, such as `replyWorkingDays`.
    package let field: String
    package let reason: String

    package var description: String { "\(field): \(reason)" }
  }

  /// Names these rules: a case keeps the version that it was judged by.
  package let version: String
  /// Within how many working days after the day of receipt the reply is due.
  package let replyWorkingDays: Int
  /// The same for an opinion with signs of urgency; `nil`: no shorter than any other.
  package let urgentWorkingDays: Int?
  /// How many working days before the last day the reminder comes; 0 is on the last day.
  package let reminderWorkingDaysBefore: Int
  /// Since 00:00 Asia/Shanghai.
  package let reminderTime: Duration
  /// How many working days an answer may be on its way to the citizen before they count as not reached.
  package let deliveryWorkingDays: Int

  /// Seven working days, as the stations promise (7个工作日), urgent or not: to promise more is the operator's.
  package static let standard = ReplyPolicy()

  private init() {
    version = "reply-1"
    replyWorkingDays = 7
    urgentWorkingDays = nil
    reminderWorkingDaysBefore = 2
    reminderTime = .seconds(9 * 3600)
    deliveryWorkingDays = 3
  }

  /// What is left out is as in ``standard``.
  package init(
    version: String,
    replyWorkingDays: Int = standard.replyWorkingDays,
    urgentWorkingDays: Int? = standard.urgentWorkingDays,
    reminderWorkingDaysBefore: Int = standard.reminderWorkingDaysBefore,
    reminderTime: Duration = standard.reminderTime,
    deliveryWorkingDays: Int = standard.deliveryWorkingDays
  ) throws(InvalidField) {
    guard isVersion(version) else {
      throw InvalidField(field: "version", reason: versionForm)
    }
    guard (1...250).contains(replyWorkingDays) else {
      throw InvalidField(field: "replyWorkingDays", reason: "must be 1 to 250, is \(replyWorkingDays)")
    }
    if let urgentWorkingDays, !(1...replyWorkingDays).contains(urgentWorkingDays) {
      throw InvalidField(
        field: "urgentWorkingDays",
        reason: "must be 1 to \(replyWorkingDays), no more than replyWorkingDays, is \(urgentWorkingDays)")
    }
    guard (0..<replyWorkingDays).contains(reminderWorkingDaysBefore) else {
      throw InvalidField(
        field: "reminderWorkingDaysBefore",
        reason: "must be 0 to \(replyWorkingDays - 1), less than replyWorkingDays, is \(reminderWorkingDaysBefore)"
      )
    }
    guard reminderTime >= .zero, reminderTime < .seconds(24 * 3600) else {
      throw InvalidField(field: "reminderTime", reason: "must be 00:00 or later and before 24:00")
    }
    guard (1...250).contains(deliveryWorkingDays) else {
      throw InvalidField(field: "deliveryWorkingDays", reason: "must be 1 to 250, is \(deliveryWorkingDays)")
    }
    self.version = version
    self.replyWorkingDays = replyWorkingDays
    self.urgentWorkingDays = urgentWorkingDays
    self.reminderWorkingDaysBefore = reminderWorkingDaysBefore
    self.reminderTime = reminderTime
    self.deliveryWorkingDays = deliveryWorkingDays
  }

  /// Within how many working days the reply is due.
  package func workingDays(urgent isUrgent: Bool) -> Int {
    isUrgent ? urgentWorkingDays ?? replyWorkingDays : replyWorkingDays
  }

  /// When the owner is to be reminded of `deadline`; `nil` if that isn't later than the receipt.
  /// - Parameter workingDays: of the deadline: the reminder of a short one comes on its second day at the earliest.
  package func reminder(
    for deadline: Deadline, workingDays: Int? = nil, received: Instant, in calendar: WorkingCalendar
  ) -> Instant? {
    let before = min(reminderWorkingDaysBefore, max(0, (workingDays ?? replyWorkingDays) - 1))
    let day = calendar.workingDay(before, before: deadline.lastDay)
    let reminder = TimeOffset.shanghai.instant(of: day, at: reminderTime)
    return reminder > received ? reminder : nil
  }
}
