package import Time

/// For those who count a reply's term in working days alone.
extension ReplyPolicy {
  /// How many working days ``reply`` grants, or about as many as it usually holds where it is of another unit.
  package var replyWorkingDays: Int { reply.usualWorkingDays }

  package var urgentWorkingDays: Int? { urgent?.usualWorkingDays }

  /// Within how many working days the reply is due.
  package func workingDays(urgent isUrgent: Bool) -> Int {
    term(urgent: isUrgent, category: nil).usualWorkingDays
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
