import SeededRandom
import Cases
import Testing
import Time

struct WorkingCalendarTests {
  static let calendar = WorkingCalendar.builtIn

  /// Received, due; due without make-up days, due by Monday to Friday alone.
  static let golden = [
    ("2026-02-12", "2026-02-28", "2026-03-03", "2026-02-23"), ("2026-02-13", "2026-03-02", "2026-03-04", "2026-02-24"),
    ("2026-02-14", "2026-03-03", "2026-03-04", "2026-02-24"), ("2026-02-15", "2026-03-03", "2026-03-04", "2026-02-24"),
    ("2026-02-23", "2026-03-03", "2026-03-04", "2026-03-04"), ("2026-04-29", "2026-05-12", "2026-05-13", "2026-05-08"),
    ("2026-09-18", "2026-09-29", "2026-09-30", "2026-09-29"), ("2026-09-20", "2026-09-30", "2026-09-30", "2026-09-29"),
    ("2026-09-24", "2026-10-12", "2026-10-13", "2026-10-05"), ("2026-09-30", "2026-10-15", "2026-10-16", "2026-10-09"),
    ("2025-12-29", "2026-01-08", "2026-01-09", "2026-01-07"), ("2025-01-21", "2025-02-06", "2025-02-07", "2025-01-30"),
    ("2024-09-12", "2024-09-24", "2024-09-25", "2024-09-23"), ("2024-09-29", "2024-10-14", "2024-10-15", "2024-10-08"),
    ("2023-09-27", "2023-10-12", "2023-10-16", "2023-10-06"),
  ]

  @Test(arguments: golden)
  func `the golden days fall due as published`(received: String, due: String, _: String, _: String) throws {
    let deadline = Self.calendar.deadline(received: try noon(received), workingDays: 7)
    #expect(deadline.lastDay.description == due)
    #expect(deadline.provisional == false)
    #expect(deadline.expires.rfc3339(offset: .shanghai) == "\(deadline.lastDay.advanced(byDays: 1))T00:00:00+08:00")
  }

  @Test(arguments: golden)
  func `with less data they would fall due on other days`(
    received: String, _: String, holidaysOnly: String, weekOnly: String
  ) throws {
    let time = try noon(received)
    #expect(Self.holidaysOnly.deadline(received: time, workingDays: 7).lastDay.description == holidaysOnly)
    #expect(Self.weekOnly.deadline(received: time, workingDays: 7).lastDay.description == weekOnly)
  }

  @Test(arguments: [(2022, 58, 97), (2023, 69, 87), (2024, 90, 108), (2025, 65, 91), (2026, 65, 84)])
  func `make-up days and holidays matter on as many days as counted elsewhere`(
    year: Int, withoutMakeUpDays: Int, weekAlone: Int
  ) throws {
    var date = try #require(CalendarDate(year: year, month: 1, day: 1))
    let end = try #require(CalendarDate(year: year, month: 12, day: year == 2026 ? 15 : 31))
    var wrong = (withoutMakeUpDays: 0, weekAlone: 0)
    while date <= end {
      let time = TimeOffset.shanghai.instant(of: date)
      let right = Self.calendar.deadline(received: time, workingDays: 7).lastDay
      if Self.holidaysOnly.deadline(received: time, workingDays: 7).lastDay != right { wrong.withoutMakeUpDays += 1 }
      if Self.weekOnly.deadline(received: time, workingDays: 7).lastDay != right { wrong.weekAlone += 1 }
      date = date.advanced(byDays: 1)
    }
    #expect(wrong == (withoutMakeUpDays, weekAlone))
  }

  @Test(arguments: [
    "2022-01-29", "2022-01-30", "2022-04-02", "2022-04-24", "2022-05-07", "2022-10-08", "2022-10-09", "2023-01-28",
    "2023-01-29", "2023-04-23", "2023-05-06", "2023-06-25", "2023-10-07", "2023-10-08", "2024-02-04", "2024-02-18",
    "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29", "2024-10-12", "2025-01-26", "2025-02-08",
    "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20",
    "2026-10-10",
  ])
  func `make-up days are worked though they fall on weekends`(text: String) throws {
    let date = try #require(CalendarDate(text))
    #expect(date.weekday >= 6)
    #expect(Self.calendar.isWorkingDay(date))
  }

  @Test func `December days in the plan of the next year count`() throws {
    for (text, isWorking) in [
      ("2006-12-30", true), ("2006-12-31", true), ("2007-12-29", true), ("2007-12-31", false), ("2011-12-31", true),
      ("2018-12-29", true), ("2018-12-31", false), ("2022-12-31", false), ("2022-12-30", true),
    ] {
      #expect(Self.calendar.isWorkingDay(try #require(CalendarDate(text))) == isWorking, "\(text)")
    }
  }

  @Test(arguments: [
    ("2020-01-15", "2020-01-23", "2020-01-23"), ("2020-01-16", "2020-01-31", "2020-02-03"),
    ("2020-01-17", "2020-02-01", "2020-02-04"), ("2020-01-19", "2020-02-03", "2020-02-05"),
    ("2020-01-20", "2020-02-04", "2020-02-06"), ("2020-01-21", "2020-02-05", "2020-02-07"),
    ("2020-01-22", "2020-02-06", "2020-02-10"), ("2020-01-23", "2020-02-07", "2020-02-11"),
  ])
  func `the notice of 2020-01-27 moved deadlines`(received: String, before: String, after: String) throws {
    let old = WorkingCalendar(version: "cn-2020.1", plans: [Self.plan2020(off: "01-24..01-30", work: "01-19 02-01")])
    let new = WorkingCalendar(version: "cn-2020.2", plans: [Self.plan2020(off: "01-24..02-02", work: "01-19 02-03")])
    #expect(new.deadline(received: try noon(received), workingDays: 7).lastDay.description == after)
    #expect(old.deadline(received: try noon(received), workingDays: 7).lastDay.description == before)
    #expect(Self.calendar.deadline(received: try noon(received), workingDays: 7).lastDay.description == after)
  }

  @Test(arguments: [
    ("2026-10-11T23:59:59.999+08:00", "2026-10-20"), ("2026-10-12T00:00:00+08:00", "2026-10-21"),
    ("2026-10-11T15:59:59.999Z", "2026-10-20"), ("2026-10-11T16:00:00Z", "2026-10-21"),
  ])
  func `the day of receipt is the day in Shanghai`(received: String, due: String) throws {
    let time = try #require(Instant(rfc3339: received))
    #expect(Self.calendar.deadline(received: time, workingDays: 7).lastDay.description == due)
  }

  @Test func `a reply is in time until 24:00 of the last day, and not at it`() throws {
    let deadline = Self.calendar.deadline(received: try noon("2026-09-24"), workingDays: 7)
    let midnight = try #require(Instant(rfc3339: "2026-10-13T00:00:00+08:00"))
    #expect(deadline.expires == midnight)
    #expect(deadline.isMissed(byReplyAt: midnight - .milliseconds(1)) == false)
    #expect(deadline.isMissed(byReplyAt: midnight))
  }

  @Test func `a Saturday after the last day has seven working days and is overdue all the same`() throws {
    let received = try #require(CalendarDate("2026-06-03"))
    let deadline = Self.calendar.deadline(received: try noon("2026-06-03"), workingDays: 7)
    #expect(deadline.lastDay.description == "2026-06-12")
    #expect(Self.calendar.workingDays(after: received, through: try #require(CalendarDate("2026-06-13"))) == 7)
    #expect(deadline.isMissed(byReplyAt: try noon("2026-06-13")))
  }

  @Test func `no working days lie between a day and itself or an earlier one`() throws {
    let day = try #require(CalendarDate("2026-09-24"))
    #expect(Self.calendar.workingDays(after: day, through: day) == 0)
    #expect(Self.calendar.workingDays(after: day, through: day.advanced(byDays: -30)) == 0)
    #expect(Self.calendar.workingDays(after: day.advanced(byDays: -1), through: day) == 1)
  }

  @Test(arguments: [
    ("2026-12-18", "2026-12-29", false), ("2026-12-22", "2026-12-31", false), ("2026-12-23", "2027-01-04", true),
    ("2026-12-31", "2027-01-12", true), ("2027-04-30", "2027-05-11", true), ("2006-12-22", "2006-12-31", true),
    ("2006-12-31", "2007-01-12", false), ("2006-12-29", "2007-01-10", true), ("1998-12-30", "1999-01-11", true),
  ])
  func `without a plan it is Monday to Friday but 1 January, and provisional`(
    received: String, due: String, provisional: Bool
  ) throws {
    let deadline = Self.calendar.deadline(received: try noon(received), workingDays: 7)
    #expect(deadline.lastDay.description == due)
    #expect(deadline.provisional == provisional)
  }

  @Test func `it knows for which years it has a plan`() {
    #expect((2007...2026).allSatisfy(Self.calendar.hasPlan))
    for year in [Int.min, -1, 0, 2006, 2027, 9999, .max] { #expect(!Self.calendar.hasPlan(year), "\(year)") }
  }

  @Test func `absurd input gives an answer, not a trap`() {
    for time in [Instant.distantPast, .distantFuture, Instant(milliseconds: 253_402_300_799_999)] {
      for count in [Int.min, -1, 0, 1, 7] {
        let deadline = Self.calendar.deadline(received: time, workingDays: count)
        #expect(deadline.lastDay >= .earliest && deadline.lastDay <= .latest)
        #expect(CalendarDate(deadline.lastDay.description) == deadline.lastDay)
        #expect(deadline.expires - .milliseconds(1) >= TimeOffset.shanghai.instant(of: deadline.lastDay))
      }
    }
    #expect(Self.calendar.deadline(received: .distantFuture, workingDays: .max).lastDay == .latest)
    #expect(Self.calendar.deadline(received: .distantPast, workingDays: 7).provisional)
    #expect(Self.calendar.workingDay(.max, before: .earliest.advanced(byDays: 40)) == .earliest)
    #expect(Self.calendar.workingDay(.min, before: .latest) == .latest)
    #expect(Self.calendar.workingDay(3, before: .earliest) == .earliest)
  }

  @Test func `no working days end on the day of receipt`() throws {
    for count in [0, -1, Int.min] {
      let deadline = Self.calendar.deadline(received: try noon("2026-10-03"), workingDays: count)
      #expect(deadline.lastDay.description == "2026-10-03")
    }
  }

  @Test(arguments: [UInt64(1), 20_260_924, 0xfeed])
  func `deadlines are working days, keep their order and count back`(seed: UInt64) {
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    let span = Int64(1_100_000_000_000)...1_830_000_000_000
    for _ in 0..<4000 {
      let received = Instant(milliseconds: .random(in: span, using: &random))
      let later = received + .milliseconds(Int64.random(in: 0...864_000_000, using: &random))
      let count = Int.random(in: 1...30, using: &random)
      let day = TimeOffset.shanghai.date(of: received)
      let deadline = Self.calendar.deadline(received: received, workingDays: count)
      #expect(Self.calendar.isWorkingDay(deadline.lastDay), "seed \(seed), \(received)")
      #expect(Self.calendar.workingDays(after: day, through: deadline.lastDay) == count, "seed \(seed), \(received)")
      #expect(
        Self.calendar.deadline(received: later, workingDays: count).lastDay >= deadline.lastDay,
        "seed \(seed), \(received), \(later)")
      let back = Self.calendar.workingDay(count, before: deadline.lastDay)
      #expect(Self.calendar.isWorkingDay(back), "seed \(seed), \(received)")
      #expect(Self.calendar.workingDays(after: back, through: deadline.lastDay) == count, "seed \(seed), \(received)")
    }
  }

  @Test func `the built-in plans list 678 days, none twice, and 1 January of each year`() {
    let dates = HolidayPlan.builtIn.flatMap(\.days).map(\.date)
    #expect(dates.count == 678)
    #expect(Set(dates).count == 678)
    #expect(HolidayPlan.builtIn.map(\.year) == Array(2007...2026))
    for plan in HolidayPlan.builtIn {
      #expect(plan.days.contains { $0.isOff && $0.date == CalendarDate(year: plan.year, month: 1, day: 1) })
    }
  }

  @Test(.enabled(if: TestData.isNamed(for: "678 published days"), "needs HUIYIN_TEST_DATA"))
  func `the built-in plans are the published ones, day by day`() throws {
    struct Row: Decodable, Hashable {
      let date: CalendarDate
      let name: String
      let off: Bool
    }
    let rows = try TestData.rows("holidays-2007-2026.jsonl", as: Row.self)
    let listed = HolidayPlan.builtIn.flatMap(\.days).map { Row(date: $0.date, name: $0.name, off: $0.isOff) }
    #expect(rows.count == 678)
    #expect(listed.count == 678)
    #expect(Set(listed) == Set(rows))
    let special = Dictionary(rows.map { ($0.date, $0.off) }, uniquingKeysWith: { $1 })
    var date = try #require(CalendarDate("2006-12-01"))
    while date.year < 2027 {
      let byWeek = date.weekday <= 5
      #expect(Self.calendar.isWorkingDay(date) == special[date].map { !$0 } ?? byWeek, "\(date)")
      date = date.advanced(byDays: 1)
    }
  }

  @Test(.enabled(if: TestData.isNamed(for: "1,079 judged replies"), "needs HUIYIN_TEST_DATA"))
  func `real replies are judged as an independent calendar judged them`() throws {
    struct Row: Decodable {
      let received: GivenTime
      let due: CalendarDate
      let replied: GivenTime
      let workingDays: Int
      let overdue: Bool
    }
    let rows = try TestData.rows("replies-2011-2017.expected.jsonl", as: Row.self)
    #expect(rows.count == 1079)
    for row in rows {
      let deadline = Self.calendar.deadline(received: row.received.instant, workingDays: 7)
      let days = Self.calendar.workingDays(
        after: TimeOffset.shanghai.date(of: row.received.instant),
        through: TimeOffset.shanghai.date(of: row.replied.instant))
      #expect(deadline.lastDay == row.due)
      #expect(days == row.workingDays)
      #expect(deadline.isMissed(byReplyAt: row.replied.instant) == row.overdue)
      #expect(deadline.provisional == false)
    }
  }

  /// The plan of 2020 as published with those days of the Spring Festival.
  private static func plan2020(off: String, work: String) -> HolidayPlan {
    func days(_ name: String, _ runs: String, isOff: Bool) -> [HolidayPlan.Day] {
      runs.split(separator: " ").flatMap { run in
        let ends = run.split(separator: ".").compactMap { CalendarDate("2020-\($0)") }
        guard let first = ends.first, let last = ends.last else { return [HolidayPlan.Day]() }
        return (first.dayNumber...last.dayNumber).map {
          HolidayPlan.Day(date: CalendarDate(dayNumber: $0), name: name, isOff: isOff)
        }
      }
    }
    return HolidayPlan(
      year: 2020,
      days: days("元旦", "01-01", isOff: true) + days("春节", off, isOff: true) + days("春节", work, isOff: false)
        + days("清明节", "04-04..04-06", isOff: true) + days("劳动节", "05-01..05-05", isOff: true)
        + days("劳动节", "04-26 05-09", isOff: false) + days("端午节", "06-25..06-27", isOff: true)
        + days("端午节", "06-28", isOff: false) + days("国庆节、中秋节", "10-01..10-08", isOff: true)
        + days("国庆节、中秋节", "09-27 10-10", isOff: false))
  }

  @Test func `the later plan of 2020 is the built-in one`() throws {
    let later = Self.plan2020(off: "01-24..02-02", work: "01-19 02-03")
    #expect(HolidayPlan.builtIn.first { $0.year == 2020 }?.days == later.days)
  }

  private static let holidaysOnly = WorkingCalendar(
    version: "holidays-only",
    plans: HolidayPlan.builtIn.map { HolidayPlan(year: $0.year, days: $0.days.filter(\.isOff)) })

  private static let weekOnly = WorkingCalendar(
    version: "week-only", plans: (2007...2026).map { HolidayPlan(year: $0, days: []) })

  private func noon(_ date: String) throws -> Instant {
    TimeOffset.shanghai.instant(of: try #require(CalendarDate(date)), at: .seconds(12 * 3600))
  }
}
