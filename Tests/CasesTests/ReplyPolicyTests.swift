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

  @Test func `a reminder that would not come after the receipt does not come`() throws {
    let policy = try ReplyPolicy(version: "short", replyWorkingDays: 2, reminderWorkingDaysBefore: 1)
    let received = try #require(Instant(rfc3339: "2026-06-01T10:00:00+08:00"))
    let deadline = Deadline(lastDay: try #require(CalendarDate("2026-06-02")), provisional: false)
    let nine = try #require(Instant(rfc3339: "2026-06-01T09:00:00+08:00"))
    #expect(policy.reminder(for: deadline, received: received, in: .builtIn) == nil)
    #expect(policy.reminder(for: deadline, received: nine, in: .builtIn) == nil)
    #expect(policy.reminder(for: deadline, received: nine - .milliseconds(1), in: .builtIn) == nine)
  }

  @Test func `zero working days before is the last day itself`() throws {
    let policy = try ReplyPolicy(
      version: "x", replyWorkingDays: 1, reminderWorkingDaysBefore: 0, reminderTime: .seconds(60))
    let received = try #require(Instant(rfc3339: "2026-06-05T10:00:00+08:00"))
    #expect(remind(policy, received)?.rfc3339(offset: .shanghai) == "2026-06-08T00:01:00+08:00")
  }

  @Test func `an urgent opinion has no less time unless the operator says so`() throws {
    #expect(ReplyPolicy.standard.urgentWorkingDays == nil)
    #expect(ReplyPolicy.standard.workingDays(urgent: true) == 7)
    let policy = try ReplyPolicy(version: "u", urgentWorkingDays: 2)
    #expect(policy.workingDays(urgent: true) == 2)
    #expect(policy.workingDays(urgent: false) == 7)
  }

  @Test(arguments: [
    (1, "2026-06-02T09:00:00+08:00"), (2, "2026-06-02T09:00:00+08:00"), (3, "2026-06-02T09:00:00+08:00"),
    (5, "2026-06-04T09:00:00+08:00"),
  ])
  func `the reminder of a short deadline comes after the day of receipt`(days: Int, reminder: String) throws {
    let policy = try ReplyPolicy(version: "u", urgentWorkingDays: days)
    let received = try #require(Instant(rfc3339: "2026-06-01T10:00:00+08:00"))
    let deadline = WorkingCalendar.builtIn.deadline(received: received, workingDays: days)
    let due = policy.reminder(for: deadline, workingDays: days, received: received, in: .builtIn)
    #expect(due?.rfc3339(offset: .shanghai) == reminder)
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
    let deadline = calendar.deadline(received: received, workingDays: policy.replyWorkingDays)
    return policy.reminder(for: deadline, received: received, in: calendar)
  }
}
