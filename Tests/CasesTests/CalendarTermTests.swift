import Cases
import SeededRandom
import Testing
import Time

/// Ends of terms that aren't plain working days, and of those on which a station is closed.
struct CalendarTermTests {
  private static let calendar = WorkingCalendar.builtIn

  @Test(arguments: [
    // The month has no such day: its last. 2026-02-28 is a Saturday that is worked.
    ("2025-11-30", Term.months(3), "2026-02-28"), ("2023-11-30", .months(3), "2024-02-29"),
    ("2024-11-30", .months(3), "2025-02-28"), ("2025-08-31", .months(6), "2026-02-28"),
    ("2024-08-31", .months(6), "2025-02-28"), ("2023-08-29", .months(6), "2024-02-29"),
    ("2025-03-31", .months(1), "2025-04-30"), ("2025-01-15", .months(1), "2025-02-17"),
    ("2025-12-31", .months(12), "2026-12-31"), ("2024-02-29", .months(12), "2025-02-28"),
    // Spring festival 2026 lasts from 02-15 to 02-23, the National Day's holiday from 10-01 to 10-07.
    ("2025-11-17", .months(3), "2026-02-24"), ("2026-01-15", .months(1), "2026-02-24"),
    ("2026-07-01", .months(3), "2026-10-08"), ("2026-04-07", .months(6), "2026-10-08"),
    ("2026-07-10", .months(3), "2026-10-10"), ("2025-07-01", .months(3), "2025-10-09"),
    // Tomb-sweeping day and its weekend; a plain Saturday.
    ("2026-03-06", .months(1), "2026-04-07"), ("2026-04-30", .months(1), "2026-06-01"),
    ("2026-09-24", .calendarDays(7), "2026-10-08"), ("2026-06-01", .calendarDays(7), "2026-06-08"),
    ("2026-06-05", .calendarDays(1), "2026-06-08"), ("2026-02-07", .calendarDays(7), "2026-02-14"),
    ("2026-02-08", .calendarDays(7), "2026-02-24"), ("2026-05-30", .calendarDays(30), "2026-06-29"),
    ("2026-09-24", .workingDays(7), "2026-10-12"), ("2026-09-24", .workingDays(5), "2026-10-09"),
  ])
  func `days and months end on a working day, whatever their number`(start: String, term: Term, last: String) throws {
    for time in ["00:00:00.000", "12:00:00.000", "23:59:59.999"] {
      let end = Self.calendar.end(of: term, from: try instant("\(start)T\(time)+08:00"))
      #expect(end.lastDay.description == last, "\(start)T\(time) + \(term)")
      #expect(end.expires.rfc3339(offset: .shanghai) == "\(end.lastDay.advanced(byDays: 1))T00:00:00+08:00")
      #expect(!end.provisional)
      #expect(!end.isMissed(at: end.expires - .milliseconds(1)) && end.isMissed(at: end.expires))
    }
  }

  @Test(arguments: [
    ("2026-09-30T23:30:00.250+08:00", 2, "2026-10-01T01:30:00.250+08:00", "2026-10-01"),
    ("2026-10-01T08:00:00+08:00", 24, "2026-10-02T08:00:00+08:00", "2026-10-02"),
    ("2026-06-01T00:00:00+08:00", 24, "2026-06-02T00:00:00+08:00", "2026-06-01"),
    ("2026-06-01T00:00:00.001+08:00", 24, "2026-06-02T00:00:00.001+08:00", "2026-06-02"),
    // Where there is summer time, a day in March has 23 hours and one in October or November 25; here none does.
    ("2026-03-08T01:00:00+08:00", 24, "2026-03-09T01:00:00+08:00", "2026-03-09"),
    ("2026-03-29T01:00:00+08:00", 24, "2026-03-30T01:00:00+08:00", "2026-03-30"),
    ("2026-10-25T00:30:00Z", 24, "2026-10-26T08:30:00+08:00", "2026-10-26"),
    ("2026-11-01T01:00:00+08:00", 48, "2026-11-03T01:00:00+08:00", "2026-11-03"),
    ("2027-01-01T00:00:00+08:00", 2, "2027-01-01T02:00:00+08:00", "2027-01-01"),
  ])
  func `hours are the clock's, on holidays too and whatever plan may come`(
    start: String, hours: Int, expires: String, last: String
  ) throws {
    let end = Self.calendar.end(of: .hours(hours), from: try instant(start))
    #expect(end.expires == (try instant(expires)))
    #expect(end.lastDay.description == last)
    #expect(!end.provisional)
  }

  @Test(arguments: [
    ("2026-12-20", Term.workingDays(7), false), ("2026-12-23", .workingDays(7), true),
    ("2026-12-24", .calendarDays(7), false), ("2026-12-25", .calendarDays(7), true),
    ("2026-12-28", .calendarDays(7), true), ("2026-09-30", .months(3), false),
    ("2026-10-01", .months(3), true), ("2026-12-31", .hours(48), false),
  ])
  func `what hangs on a day of a year without a plan is provisional`(
    start: String, term: Term, provisional: Bool
  ) throws {
    #expect(Self.calendar.end(of: term, from: try instant("\(start)T10:00:00+08:00")).provisional == provisional)
  }

  @Test(arguments: [
    // Closed on the Tuesday and Wednesday after a Monday.
    (Term.workingDays(1), "2026-06-04"), (.workingDays(7), "2026-06-12"), (.calendarDays(1), "2026-06-04"),
    (.calendarDays(2), "2026-06-04"), (.calendarDays(3), "2026-06-04"), (.calendarDays(7), "2026-06-08"),
    (.hours(24), "2026-06-02"),
  ])
  func `a station's closed days are days off, but not for hours`(term: Term, last: String) throws {
    let closed: Set = [try date("2026-06-02"), try date("2026-06-03")]
    let end = Self.calendar.end(of: term, from: try instant("2026-06-01T10:00:00+08:00"), closedDays: closed)
    #expect(end.lastDay.description == last)
  }

  @Test func `closed days that are days off anyway, or lie elsewhere, change nothing`() throws {
    let start = try instant("2026-09-24T10:00:00+08:00")
    let closed: Set = [
      try date("2026-09-25"), try date("2026-10-03"), try date("2026-09-24"), try date("2026-10-13"),
    ]
    for term in [Term.workingDays(7), .calendarDays(7), .months(1)] {
      #expect(
        Self.calendar.end(of: term, from: start, closedDays: closed) == Self.calendar.end(of: term, from: start))
    }
  }

  @Test func `closed days count backwards as forwards`() throws {
    let closed: Set = [try date("2026-06-09"), try date("2026-06-10")]
    let (start, end) = (try date("2026-06-08"), try date("2026-06-12"))
    #expect(Self.calendar.workingDay(2, after: start, closedDays: closed) == end)
    #expect(Self.calendar.workingDay(2, before: end, closedDays: closed) == start)
    #expect(Self.calendar.workingDays(after: start, through: end, closedDays: closed) == 2)
    #expect(Self.calendar.workingDays(after: start, through: end) == 4)
  }

  @Test(arguments: [Term.workingDays(0), .calendarDays(0), .months(0), .calendarDays(-3), .months(.min)])
  func `none, or fewer, end with the day itself`(term: Term) throws {
    #expect(
      Self.calendar.end(of: term, from: try instant("2026-10-03T10:00:00+08:00")).lastDay.description == "2026-10-03")
  }

  @Test func `absurd terms and moments give an answer, not a trap`() throws {
    let counts = [Int.min, -1, 0, 1, 999_999, .max]
    for start in [Instant.distantPast, .distantFuture, try instant("2026-10-03T10:00:00+08:00")] {
      for term in counts.flatMap({ [Term.calendarDays($0), .hours($0), .months($0)] }) + [.workingDays(7)] {
        let end = Self.calendar.end(of: term, from: start)
        #expect(end.lastDay >= .earliest && end.lastDay <= .latest, "\(term) from \(start)")
      }
    }
    #expect(Self.calendar.end(of: .calendarDays(.max), from: Instant(milliseconds: 0)).lastDay == .latest)
    #expect(Self.calendar.end(of: .months(.max), from: Instant(milliseconds: 0)).lastDay == .latest)
    #expect(Self.calendar.end(of: .hours(.min), from: Instant(milliseconds: 5)).expires == Instant(milliseconds: 5))
  }

  @Test(arguments: [UInt64(2), 20_261_121, 0xca1e])
  func `a later start or a longer term never ends earlier`(seed: UInt64) {
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    for _ in 0..<1500 {
      let start = Instant(milliseconds: .random(in: 1_160_000_000_000...1_790_000_000_000, using: &random))
      let later = start + .milliseconds(Int64.random(in: 0...30 * 86_400_000, using: &random))
      let day = TimeOffset.shanghai.date(of: start)
      let closed = Set((0..<5).map { _ in day.advanced(byDays: .random(in: 0...40, using: &random)) })
      let (count, more) = (Int.random(in: 0...20, using: &random), Int.random(in: 0...4, using: &random))
      for unit in [Term.workingDays, Term.calendarDays, Term.hours, Term.months] {
        let end = Self.calendar.end(of: unit(count), from: start, closedDays: closed)
        let ofLater = Self.calendar.end(of: unit(count), from: later, closedDays: closed)
        let ofLonger = Self.calendar.end(of: unit(count + more), from: start, closedDays: closed)
        let withoutClosing = Self.calendar.end(of: unit(count), from: start)
        let place: Comment = "seed \(seed), \(unit(count)) from \(start), \(later), +\(more), closed \(closed)"
        #expect(ofLater.expires >= end.expires && ofLater.lastDay >= end.lastDay, place)
        #expect(ofLonger.expires >= end.expires && ofLonger.lastDay >= end.lastDay, place)
        #expect(withoutClosing.expires <= end.expires, place)
        if count > 0 {
          #expect(
            end.expires > start && TimeOffset.shanghai.date(of: end.expires - .milliseconds(1)) == end.lastDay, place)
        }
        if count > 0, !unit(count).isHours {
          #expect(Self.calendar.isWorkingDay(end.lastDay) && !closed.contains(end.lastDay), place)
        }
      }
    }
  }

  private func instant(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }
  private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }
}
