import Cases
import Testing
import Time

struct CalendarFileTests {
  @Test func `lines add a year`() throws {
    let text = "\u{FEFF}# 国办发明电\r\nversion: 2027-first # 草案\r\n\r\n2027-01-01 off 元旦\r\n2027-02-07 work 春节\r\n"
    let calendar = WorkingCalendar.builtIn.with(try CalendarFile(text, file: "c.txt"))
    #expect(calendar.version == "cn-2026.1+2027-first")
    #expect(calendar.hasPlan(2027) && calendar.hasPlan(2026) && !calendar.hasPlan(2028))
    #expect(try isWorking(calendar, "2027-02-07"))
    #expect(try !isWorking(calendar, "2026-10-07"))
    let received = try #require(Instant(rfc3339: "2026-12-31T10:00:00+08:00"))
    #expect(WorkingCalendar.builtIn.deadline(received: received, workingDays: 7).provisional)
    #expect(calendar.deadline(received: received, workingDays: 7).provisional == false)
  }

  @Test func `a year in the file replaces the whole built-in plan of that year, and no other`() throws {
    let file = try CalendarFile("version: x\n2019-01-01 off 元旦\n2019-01-02 off 元旦", file: "c.txt")
    let calendar = WorkingCalendar.builtIn.with(file)
    #expect(try !isWorking(calendar, "2019-01-02"))
    #expect(try isWorking(calendar, "2019-10-01"))
    #expect(try isWorking(calendar, "2018-12-31"), "a December day of the plan of 2019 went with it")
    #expect(try !isWorking(calendar, "2018-10-01"))
    #expect(try !isWorking(calendar, "2020-10-01"))
  }

  @Test func `a December day of 元旦 belongs to the plan of the next year`() throws {
    let file = try CalendarFile("version: x\n2026-12-31 off 元旦\n2027-01-01 off 元旦", file: "c.txt")
    #expect(file.plans.map(\.year) == [2027])
    #expect(try !isWorking(WorkingCalendar.builtIn.with(file), "2026-12-31"))
    #expect(try !isWorking(WorkingCalendar.builtIn.with(file), "2026-10-01"))
  }

  @Test func `a year of holiday-cn is read as it is`() throws {
    let text = """
      {"$schema": "s", "year": 2027, "papers": ["https://example.org/a"], "days": [
        {"name": "元旦", "date": "2026-12-31", "isOffDay": true}, {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
        {"name": "春节", "date": "2027-02-07", "isOffDay": false}]}
      """
    let file = try CalendarFile(text, file: "2027.json")
    #expect(file.plans.map(\.year) == [2027])
    #expect(file.plans.first?.days.count == 3)
    #expect(file.version.hasPrefix("holiday-cn-2027-"))
    #expect(try CalendarFile(text + "\n", file: "other.json").version == file.version)
    let changed = text.replacing("false", with: "true")
    #expect(try CalendarFile(changed, file: "2027.json").version != file.version)
    let named = text.replacing(#""year""#, with: #""version": "mine", "year""#)
    #expect(try CalendarFile(named, file: "2027.json").version == "mine")
  }

  @Test func `a day listed twice alike is listed once`() throws {
    let file = try CalendarFile("version: x\n2027-01-01 off 元旦\n2027-01-01 off 周末", file: "c.txt")
    #expect(file.plans.first?.days.count == 1)
  }

  @Test(arguments: [
    ("", "c.txt: the version is missing: the first line must be `version: NAME`"),
    ("# a\n2027-01-01 off 元旦", "c.txt:2: the version is missing: the first line must be `version: NAME`"),
    ("version: a b", "c.txt:1: the version is missing: the first line must be `version: NAME`"),
    ("version: a+b", "c.txt:1: the version must be 1 to 64 of A-Z a-z 0-9 . _ -"),
    ("version: a\nversion: b", "c.txt:2: a second version"),
    ("version: a", "c.txt: lists no days"),
    ("version: a\n2027-02-29 off 春节", "c.txt:2: `2027-02-29` is not a date of the form YYYY-MM-DD"),
    ("version: a\n2027-1-1 off 元旦", "c.txt:2: `2027-1-1` is not a date of the form YYYY-MM-DD"),
    ("version: a\n\n2027-01-01 free 元旦", "c.txt:3: after the date `off` or `work` is wanted, not `free`"),
    ("version: a\n2027-01-01", "c.txt:2: after the date `off` or `work` is wanted, not nothing"),
    ("version: a\n2027-01-01 off # 元旦", "c.txt:2: the holiday's name is missing"),
    (
      "version: a\n2027-01-01 off 元旦\n2027-01-01 work 元旦",
      "c.txt:3: 2027-01-01 is `work` here and `off` in line 2"
    ),
    ("version: a\n2027-02-07 work 春节", "c.txt: the plan of 2027 is incomplete: 2027-01-01 is not listed as off"),
    (
      "version: a\n9999-01-01 off 元旦",
      "c.txt:2: 9999-01-01 belongs to the plan of 9999; plans may be of 1992 to 2100"
    ),
    ("{", "c.txt: is not JSON in the form of holiday-cn"),
    (#"{"days": []}"#, "c.txt: `year` is missing"),
    (#"{"year": "2027", "days": []}"#, "c.txt: `year` has the wrong type"),
    (#"{"year": 2027, "days": []}"#, "c.txt: lists no days"),
    (
      #"{"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01"}]}"#, "c.txt: `days[0].isOffDay` is missing"
    ),
    (
      #"{"year": 2027, "days": [{"name": "元旦", "date": "2027-01-32", "isOffDay": true}]}"#,
      "c.txt: days[0].date: `2027-01-32` is not a date of the form YYYY-MM-DD"
    ),
    (
      #"{"year": -9223372036854775808, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}"#,
      "c.txt: days[0].date: 2027-01-01 is not a day of the plan of -9223372036854775808"
    ),
    (
      #"{"year": 2027, "days": [{"name": "a", "date": "2027-01-01", "isOffDay": true},"#
        + #"{"name": "a", "date": "2027-01-01", "isOffDay": false}]}"#,
      "c.txt: 2027-01-01 is `work` here and `off` in days[0]"
    ),
  ])
  func `what is wrong is named, and where`(text: String, message: String) {
    let error = #expect(throws: CalendarFileError.self) { try CalendarFile(text, file: "c.txt") }
    #expect(error?.description == message)
  }

  private func isWorking(_ calendar: WorkingCalendar, _ date: String) throws -> Bool {
    calendar.isWorkingDay(try #require(CalendarDate(date)))
  }
}
