import Cases
import SeededRandom
import Testing
import Time

/// Terms that stand still for a while: the pause counts exactly.
struct CalendarPauseTests {
  private static let calendar = WorkingCalendar.builtIn

  @Test(arguments: [
    // Due on Friday 06-12. Paused on Wednesday 06-03, seven working days before; Monday to Friday follow.
    ("2026-06-12", "2026-06-03T10:00", "2026-06-08T10:00", "2026-06-17"),
    ("2026-06-12", "2026-06-03T00:00", "2026-06-08T23:59", "2026-06-17"),
    ("2026-06-12", "2026-06-11T10:00", "2026-06-15T10:00", "2026-06-16"),
    // Over a weekend no working day is lost.
    ("2026-06-12", "2026-06-05T10:00", "2026-06-07T10:00", "2026-06-12"),
    // On the last day: nothing is left, the day on which it goes on is the last, or the next working day.
    ("2026-06-12", "2026-06-12T10:00", "2026-06-16T10:00", "2026-06-16"),
    ("2026-06-12", "2026-06-12T10:00", "2026-06-13T10:00", "2026-06-15"),
    // Two are left after 10-09, a Saturday that is worked and the Monday; and two after Mid-Autumn, which go over the
    // National Day's holiday.
    ("2026-10-12", "2026-10-09T10:00", "2026-10-16T10:00", "2026-10-20"),
    ("2026-09-29", "2026-09-25T10:00", "2026-09-30T10:00", "2026-10-09"),
  ])
  func `the working days that were left are counted again`(due: String, paused: String, resumed: String, new: String)
    throws
  {
    let end = TermEnd(lastDay: try date(due), provisional: false)
    let result = try resume(end, paused, resumed)
    #expect(result.lastDay.description == new)
    #expect(result == TermEnd(lastDay: result.lastDay, provisional: false))
  }

  @Test(arguments: [
    ("2026-06-03T00:00", "2026-06-03T23:59"), ("2026-06-03T10:00", "2026-06-03T10:00"),
    ("2026-06-08T10:00", "2026-06-03T10:00"), ("2026-06-13T00:00", "2026-06-20T10:00"),
  ])
  func `within one day, backwards, or when the term is over, a pause changes nothing`(
    paused: String, resumed: String
  ) throws {
    let end = TermEnd(lastDay: try date("2026-06-12"), provisional: false)
    #expect(try resume(end, paused, resumed) == end)
  }

  @Test func `an end that a new plan has made a day off doesn't come forward`() throws {
    let sunday = TermEnd(lastDay: try date("2026-06-14"), provisional: false)
    #expect(try resume(sunday, "2026-06-05T10:00", "2026-06-07T10:00") == sunday)
  }

  @Test func `hours go on to the millisecond`() throws {
    let end = Self.calendar.end(of: .hours(24), from: try time("2026-06-05T10:00"))
    let paused = try time("2026-06-05T16:00")
    let resumed = paused + .milliseconds(3 * 86_400_000 + 123)
    let new = Self.calendar.resumed(end, pausedAt: paused, resumedAt: resumed, isHours: true)
    #expect(new.expires - end.expires == .milliseconds(3 * 86_400_000 + 123))
    #expect(new.expires - resumed == .seconds(18 * 3600))
    #expect(new.lastDay.description == "2026-06-09")
    #expect(Self.calendar.resumed(end, pausedAt: end.expires, resumedAt: resumed, isHours: true) == end)
  }

  @Test func `the station's closed days are not lost to the pause either`() throws {
    let end = TermEnd(lastDay: try date("2026-06-12"), provisional: false)
    let closed: Set = [try date("2026-06-04"), try date("2026-06-16")]
    // Without them: seven left after 06-03, the last of them 06-17.
    let new = Self.calendar.resumed(
      end, pausedAt: try time("2026-06-03T10:00"), resumedAt: try time("2026-06-08T10:00"), isHours: false,
      closedDays: closed)
    #expect(new.lastDay.description == "2026-06-17")
  }

  @Test func `what is resumed into a year without a plan is provisional`() throws {
    let end = TermEnd(lastDay: try date("2026-12-25"), provisional: false)
    #expect(try resume(end, "2026-12-22T10:00", "2026-12-30T10:00").provisional)
    #expect(try !resume(end, "2026-12-22T10:00", "2026-12-24T10:00").provisional)
    let provisional = TermEnd(lastDay: end.lastDay, provisional: true)
    #expect(try resume(provisional, "2026-12-22T10:00", "2026-12-24T10:00").provisional)
  }

  @Test(arguments: [UInt64(3), 20_260_603, 0xba5e])
  func `after a pause as many working days are left as before, and never an earlier end`(seed: UInt64) {
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    let calendar = Self.calendar
    for _ in 0..<3000 {
      let start = Instant(milliseconds: .random(in: 1_170_000_000_000...1_780_000_000_000, using: &random))
      let closed = Set(
        (0..<4).map { _ in TimeOffset.shanghai.date(of: start).advanced(byDays: .random(in: 0...40, using: &random)) })
      let end = calendar.end(of: .workingDays(.random(in: 1...15, using: &random)), from: start, closedDays: closed)
      let paused = start + .milliseconds(Int64.random(in: 0..<(end.expires - start).milliseconds, using: &random))
      let resumed = paused + .milliseconds(Int64.random(in: 0...40 * 86_400_000, using: &random))
      let later = resumed + .milliseconds(Int64.random(in: 0...5 * 86_400_000, using: &random))
      let new = calendar.resumed(end, pausedAt: paused, resumedAt: resumed, isHours: false, closedDays: closed)
      let latest = calendar.resumed(end, pausedAt: paused, resumedAt: later, isHours: false, closedDays: closed)
      let place: Comment = "seed \(seed), due \(end.lastDay), paused \(paused), resumed \(resumed), closed \(closed)"
      let (pauseDay, resumeDay) = (TimeOffset.shanghai.date(of: paused), TimeOffset.shanghai.date(of: resumed))
      let left = calendar.workingDays(after: pauseDay, through: end.lastDay, closedDays: closed)
      let leftAfter = calendar.workingDays(after: resumeDay, through: new.lastDay, closedDays: closed)
      if left > 0 || pauseDay == resumeDay {
        #expect(leftAfter == left, place)
      } else {
        #expect(leftAfter <= 1, place)
      }
      #expect(new.lastDay >= end.lastDay && latest.lastDay >= new.lastDay, place)
      #expect(new.expires > resumed, place)
      #expect(calendar.isWorkingDay(new.lastDay) && !closed.contains(new.lastDay), place)
    }
  }

  private func resume(_ end: TermEnd, _ paused: String, _ resumed: String) throws -> TermEnd {
    Self.calendar.resumed(end, pausedAt: try time(paused), resumedAt: try time(resumed), isHours: false)
  }

  private func time(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text + ":00+08:00")) }
  private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }
}
