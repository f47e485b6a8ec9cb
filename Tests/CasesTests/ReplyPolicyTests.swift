import Cases
import Testing
import Time

struct ReplyPolicyTests {
  @Test func `the standard is seven working days and a reminder at nine, two working days before`() {
    let policy = ReplyPolicy.standard
    #expect(policy.reply == .workingDays(7))
    #expect(policy.reminderWorkingDaysBefore == 2)
    #expect(policy.reminderTime == .seconds(32400))
  }

  @Test(arguments: [
    ("2026-09-24T10:00:00+08:00", "2026-10-09T09:00:00+08:00"),
    ("2026-02-14T10:00:00+08:00", "2026-02-28T09:00:00+08:00"),
    ("2026-06-01T10:00:00+08:00", "2026-06-08T09:00:00+08:00"),
    ("2026-12-25T10:00:00+08:00", "2027-01-04T09:00:00+08:00"),
  ])
  func `the reminder comes on a working day`(received: String, reminder: String) throws {
    let time = try #require(Instant(rfc3339: received))
    #expect(remind(.standard, time)?.rfc3339(offset: .shanghai) == reminder)
  }

  @Test func `zero working days before is the last day itself`() throws {
    let policy = try ReplyPolicy(
      version: "x", replyWorkingDays: 1, reminderWorkingDaysBefore: 0, reminderTime: .seconds(60))
    let received = try #require(Instant(rfc3339: "2026-06-05T10:00:00+08:00"))
    #expect(remind(policy, received)?.rfc3339(offset: .shanghai) == "2026-06-08T00:01:00+08:00")
  }

  @Test(arguments: [0, -1, 8, .max])
  func `an urgent deadline is one day at least and no longer than any other`(days: Int) {
    let error = #expect(throws: ReplyPolicy.InvalidField.self) {
      try ReplyPolicy(version: "u", urgentWorkingDays: days)
    }
    #expect(error?.field == "urgent")
    #expect(error?.reason.hasPrefix("must be ") == true)
  }

  @Test(arguments: [
    ("", 7, 2, 9 * 3600, "version"), ("a b", 7, 2, 9 * 3600, "version"), ("a+b", 7, 2, 9 * 3600, "version"),
    (String(repeating: "a", count: 65), 7, 2, 9 * 3600, "version"), ("v", 0, 0, 0, "reply"),
    ("v", -1, 0, 0, "reply"), ("v", 251, 0, 0, "reply"), ("v", .max, 0, 0, "reply"),
    ("v", 7, 7, 0, "reminderWorkingDaysBefore"), ("v", 7, -1, 0, "reminderWorkingDaysBefore"),
    ("v", 1, 1, 0, "reminderWorkingDaysBefore"), ("v", 7, 2, -1, "reminderTime"), ("v", 7, 2, 86400, "reminderTime"),
  ])
  func `a value that makes no sense is refused by name`(
    version: String, reply: Int, before: Int, seconds: Int, field: String
  ) {
    let error = #expect(throws: ReplyPolicy.InvalidField.self) {
      try ReplyPolicy(
        version: version, replyWorkingDays: reply, reminderWorkingDaysBefore: before, reminderTime: .seconds(seconds))
    }
    #expect(error?.field == field)
    #expect(error?.description.hasPrefix(field + ": must be ") == true)
  }

  private func remind(_ policy: ReplyPolicy, _ received: Instant) -> Instant? {
    let calendar = WorkingCalendar.builtIn
    let end = calendar.end(of: policy.reply, from: received)
    return policy.reminder(for: end, of: policy.reply, from: received, in: calendar)
  }
}
