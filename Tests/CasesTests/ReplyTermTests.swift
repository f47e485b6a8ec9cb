import Cases
import Testing
import Time

/// Which term an opinion gets, and when its owner is reminded of it.
struct ReplyTermTests {
  private static func policy(_ change: (inout ReplyPolicy) -> Void) throws -> ReplyPolicy {
    try ReplyPolicy(version: "t-1", change)
  }

  @Test func `an opinion has the reply's term unless something shorter or its category's own applies`() throws {
    let policy = try Self.policy {
      $0.urgent = .workingDays(2)
      $0.categories = ["卫生计生": .hours(24), "国土资源": .workingDays(15)]
    }
    #expect(policy.term(urgent: false, category: nil) == .workingDays(7))
    #expect(policy.term(urgent: false, category: "教育文体") == .workingDays(7))
    #expect(policy.term(urgent: true, category: "教育文体") == .workingDays(2))
    #expect(policy.term(urgent: false, category: "国土资源") == .workingDays(15))
    #expect(policy.term(urgent: true, category: "国土资源") == .workingDays(2))
    #expect(policy.term(urgent: true, category: "卫生计生") == .hours(24))
    #expect(policy.term(urgent: false, category: "卫生计生") == .hours(24))
  }

  @Test func `as built in, nothing is urgent and no category is its own`() {
    #expect(ReplyPolicy.standard.term(urgent: true, category: "国土资源") == .workingDays(7))
  }

  @Test(arguments: [
    (Term.workingDays(7), "2026-09-24T10:00", "2026-10-09T09:00"),
    (.workingDays(1), "2026-06-01T10:00", "2026-06-02T09:00"),
    (.workingDays(2), "2026-06-01T10:00", "2026-06-02T09:00"),
    (.workingDays(3), "2026-06-01T10:00", "2026-06-02T09:00"),
    (.workingDays(5), "2026-06-01T10:00", "2026-06-04T09:00"),
    // Seven days that end on 10-08, the first working day: two working days before is 09-29.
    (.calendarDays(7), "2026-09-24T10:00", "2026-09-29T09:00"),
    (.calendarDays(1), "2026-06-01T10:00", "2026-06-02T09:00"), (.months(3), "2025-11-17T10:00", "2026-02-13T09:00"),
  ])
  func `the reminder comes two working days before, but after the day of receipt`(
    term: Term, start: String, reminder: String
  ) throws {
    #expect(try remind(.standard, term, start) == "\(reminder):00+08:00")
  }

  @Test(arguments: [2, 24, 720])
  func `hours have no reminder`(hours: Int) throws {
    #expect(try remind(.standard, .hours(hours), "2026-06-01T10:00") == nil)
  }

  @Test func `no reminder comes before its term begins`() throws {
    // Due on the very day of the start: there is no day before.
    let start = try time("2026-06-01T10:00")
    let end = TermEnd(lastDay: try #require(CalendarDate("2026-06-01")), provisional: false)
    let calendar = WorkingCalendar.builtIn
    let policy = ReplyPolicy.standard
    #expect(policy.reminder(for: end, of: .workingDays(1), from: start, in: calendar) == nil)
    let early = try time("2026-06-01T08:59")
    #expect(
      policy.reminder(for: end, of: .workingDays(1), from: early, in: calendar) == (try time("2026-06-01T09:00")))
  }

  @Test func `a station's closed days are no days for a reminder`() throws {
    let closed: Set = [try #require(CalendarDate("2026-06-09"))]
    #expect(try remind(.standard, .workingDays(7), "2026-06-01T10:00") == "2026-06-08T09:00:00+08:00")
    // With 06-09 closed the seventh working day is 06-11, and the second before it 06-08.
    #expect(try remind(.standard, .workingDays(7), "2026-06-01T10:00", closed) == "2026-06-08T09:00:00+08:00")
    #expect(
      try remind(.standard, .workingDays(6), "2026-06-01T10:00", closed) == "2026-06-05T09:00:00+08:00")
  }

  private func remind(
    _ policy: ReplyPolicy, _ term: Term, _ start: String, _ closed: Set<CalendarDate> = []
  ) throws -> String? {
    let start = try time(start)
    let calendar = WorkingCalendar.builtIn
    let end = calendar.end(of: term, from: start, closedDays: closed)
    return policy.reminder(for: end, of: term, from: start, in: calendar, closedDays: closed)?
      .rfc3339(offset: .shanghai)
  }

  private func time(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text + ":00+08:00")) }
}
