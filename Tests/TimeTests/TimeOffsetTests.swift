import Testing
import Time

struct TimeOffsetTests {
  @Test(arguments: [
    ("2026-09-24T15:59:59.999Z", "2026-09-24"), ("2026-09-24T16:00:00Z", "2026-09-25"),
    ("1969-12-31T15:59:59.999Z", "1969-12-31"), ("1969-12-31T16:00:00Z", "1970-01-01"),
  ])
  func `a day in Shanghai begins at 16:00 UTC of the day before`(time: String, date: String) throws {
    let instant = try #require(Instant(rfc3339: time))
    #expect(TimeOffset.shanghai.date(of: instant).description == date)
  }

  @Test func `a date and a time of day are a moment, and back`() throws {
    let date = try #require(CalendarDate("2026-10-12"))
    let nine = TimeOffset.shanghai.instant(of: date, at: .seconds(9 * 3600))
    #expect(nine.rfc3339(offset: .shanghai) == "2026-10-12T09:00:00+08:00")
    for offset in [TimeOffset.utc, .shanghai, TimeOffset(minutes: -720)] {
      let midnight = offset.instant(of: date)
      #expect(offset.date(of: midnight) == date)
      #expect(offset.date(of: midnight - .milliseconds(1)) == date.advanced(byDays: -1))
    }
  }

  @Test func `moments beyond the years 1 to 9999 fall on the nearest day in them`() {
    for offset in [TimeOffset.utc, .shanghai, TimeOffset(minutes: -720)] {
      #expect(offset.date(of: .distantFuture) == .latest)
      #expect(offset.date(of: .distantPast) == .earliest)
    }
  }
}
