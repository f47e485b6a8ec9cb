import Cases
import Testing
import Time

/// Every day of twenty years against a second way of counting, which shares the published days with the calendar and
/// nothing else: weekdays by Sakamoto's method, days one by one through the months, ends by place in the list of all
/// working days.
struct CalendarCountTests {
  private struct Day {
    let text: String
    /// How many working days come before it.
    let before: Int
    let isWorking: Bool
  }

  private static let (days, working): ([Day], [String]) = {
    let special = Dictionary(
      HolidayPlan.builtIn.flatMap(\.days).map { ($0.date.description, !$0.isOff) }, uniquingKeysWith: { $1 })
    var days: [Day] = []
    var working: [String] = []
    for year in 2007...2026 {
      for month in 1...12 {
        for day in 1...lastDay(of: month, year) {
          let text = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
          let isWorking = special[text] ?? !isWeekend(year, month, day)
          days.append(Day(text: text, before: working.count, isWorking: isWorking))
          if isWorking { working.append(text) }
        }
      }
    }
    return (days, working)
  }()

  private static func lastDay(of month: Int, _ year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  private static func isWeekend(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    let year = month < 3 ? year - 1 : year
    let weekday =
      (year + year / 4 - year / 100 + year / 400 + [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month - 1] + day) % 7
    return weekday == 0 || weekday == 6
  }

  @Test(arguments: [1, 2, 3, 5, 7, 10, 15, 30])
  func `terms of working days end where the list of working days says`(count: Int) throws {
    var compared = 0
    for day in Self.days {
      let place = day.before + (day.isWorking ? 1 : 0) + count - 1
      guard place < Self.working.count else { break }
      let date = try #require(CalendarDate(day.text))
      let end = Self.calendar.end(of: .workingDays(count), from: TimeOffset.shanghai.instant(of: date))
      let due = Self.working[place]
      if end.lastDay.description != due || end.provisional {
        Issue.record("\(day.text) + \(count) is \(due), not \(end.lastDay)")
      }
      compared += 1
    }
    #expect(compared > 7305 - count * 2 - 10)
  }

  @Test(arguments: [1, 7, 15, 30])
  func `terms of days end there, or on the next working day`(count: Int) throws {
    for (index, day) in Self.days.enumerated() where index + count + 12 < Self.days.count {
      let date = try #require(CalendarDate(day.text))
      let end = Self.calendar.end(of: .calendarDays(count), from: TimeOffset.shanghai.instant(of: date))
      let due = Self.working[Self.days[index + count].before]
      if end.lastDay.description != due { Issue.record("\(day.text) + \(count) days is \(due), not \(end.lastDay)") }
    }
  }

  @Test(arguments: [1, 3, 6])
  func `terms of months end on the day of the same number, or on the next working day`(months: Int) throws {
    let places = Dictionary(uniqueKeysWithValues: Self.days.enumerated().map { ($1.text, $0) })
    for day in Self.days where day.text < "2026-06" {
      let numbers = day.text.split(separator: "-").compactMap { Int($0) }
      let month = numbers[1] + months > 12 ? numbers[1] + months - 12 : numbers[1] + months
      let year = numbers[1] + months > 12 ? numbers[0] + 1 : numbers[0]
      let number = min(numbers[2], Self.lastDay(of: month, year))
      let text = "\(year)-\(month < 10 ? "0" : "")\(month)-\(number < 10 ? "0" : "")\(number)"
      let due = Self.working[Self.days[try #require(places[text])].before]
      let start = TimeOffset.shanghai.instant(of: try #require(CalendarDate(day.text)))
      let end = Self.calendar.end(of: .months(months), from: start)
      if end.lastDay.description != due { Issue.record("\(day.text) + \(months) is \(due), not \(end.lastDay)") }
    }
  }

  private static let calendar = WorkingCalendar.builtIn
}
