import FoundationEssentials
import Testing
import Time

struct CalendarDateTests {
  @Test(arguments: [
    ("1970-01-01", 0, 4), ("1969-12-31", -1, 3), ("1969-12-26", -6, 5), ("2000-02-29", 11016, 2),
    ("2026-09-24", 20720, 4), ("2024-12-31", 20088, 2), ("1900-03-01", -25508, 4), ("0001-01-01", -719_162, 1),
    ("9999-12-31", 2_932_896, 5),
  ])
  func `known days have their number and weekday`(text: String, number: Int, weekday: Int) throws {
    let date = try #require(CalendarDate(text))
    #expect(date.dayNumber == number)
    #expect(date.weekday == weekday)
    #expect(CalendarDate(dayNumber: number).description == text)
  }

  @Test func `every day of the years 1 to 9999 follows the one before`() {
    var expected = (year: 1, month: 1, day: 1)
    var wrong = 0
    for number in CalendarDate.earliest.dayNumber...CalendarDate.latest.dayNumber {
      let found = CalendarDate(dayNumber: number).yearMonthDay
      if found != expected { wrong += 1 }
      expected.day += 1
      if expected.day > Self.lastDay(of: expected.month, expected.year) {
        expected = expected.month < 12 ? (expected.year, expected.month + 1, 1) : (expected.year + 1, 1, 1)
      }
    }
    #expect(wrong == 0)
    #expect(expected == (10000, 1, 1))
  }

  @Test func `a date and its parts go both ways`() {
    for number in stride(from: CalendarDate.earliest.dayNumber, through: CalendarDate.latest.dayNumber, by: 97) {
      let date = CalendarDate(dayNumber: number)
      let (year, month, day) = date.yearMonthDay
      #expect(CalendarDate(year: year, month: month, day: day) == date)
      #expect(CalendarDate(date.description) == date)
    }
  }

  @Test func `February has 29 days in leap years only`() {
    for year in [2000, 2004, 2024, 1600, 4] {
      #expect(CalendarDate(year: year, month: 2, day: 29) != nil, "\(year)")
    }
    for year in [1900, 2001, 2023, 2100, 1] {
      #expect(CalendarDate(year: year, month: 2, day: 29) == nil, "\(year)")
    }
  }

  @Test(arguments: [
    "", "2026-9-24", "2026-02-30", "2026-13-01", "2026-00-10", "2026-04-31", "2026-01-00", "0000-01-01", "2026/01/01",
    " 2026-01-01", "2026-01-01 ", "20260101", "+026-01-01", "-026-01-01", "２０２６-01-01", "2026-01-0a", "10000-01-01",
  ])
  func `what is no date is not read as one`(text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test func `absurd numbers give the nearest day that can be written`() {
    #expect(CalendarDate(dayNumber: .max) == .latest)
    #expect(CalendarDate(dayNumber: .min) == .earliest)
    #expect(CalendarDate.latest.advanced(byDays: 1) == .latest)
    #expect(CalendarDate.latest.advanced(byDays: .max) == .latest)
    #expect(CalendarDate.earliest.advanced(byDays: .min) == .earliest)
    #expect(CalendarDate(year: .max, month: 1, day: 1) == nil)
    #expect(CalendarDate(year: 2026, month: .min, day: .max) == nil)
  }

  @Test(arguments: [
    ("2025-11-30", 3, "2026-02-28"), ("2023-11-30", 3, "2024-02-29"), ("2026-08-31", 6, "2027-02-28"),
    ("2026-03-31", -1, "2026-02-28"), ("2026-01-15", -1, "2025-12-15"), ("2026-12-01", 1, "2027-01-01"),
    ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"), ("2026-05-05", 0, "2026-05-05"),
    ("9999-06-15", 6, "9999-12-15"), ("9999-06-15", 7, "9999-12-31"), ("0001-06-15", -5, "0001-01-15"),
    ("0001-06-15", -6, "0001-01-01"), ("2026-05-05", .max, "9999-12-31"), ("2026-05-05", .min, "0001-01-01"),
  ])
  func `months lead to the day of the same number, or the month's last`(start: String, months: Int, end: String) throws
  {
    #expect(try #require(CalendarDate(start)).advanced(byMonths: months).description == end)
  }

  @Test func `a date is coded as its text`() throws {
    let date = try #require(CalendarDate("2026-10-12"))
    let json = try JSONEncoder().encode([date])
    #expect(String(decoding: json, as: UTF8.self) == #"["2026-10-12"]"#)
    #expect(try JSONDecoder().decode([CalendarDate].self, from: json) == [date])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([CalendarDate].self, from: Data(#"["2026-02-29"]"#.utf8))
    }
  }

  private static func lastDay(of month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
