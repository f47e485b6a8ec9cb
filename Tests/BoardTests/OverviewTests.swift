import CaseStories
import Cases
import HTTPTypes
import HTTPValues
import Monitoring
import SeededRandom
import Synchronization
import Testing
import Time
import WebPages

@testable import Board

struct OverviewTests {
  @Test func `the overview counts cases and names what each figure is`() async throws {
    let page = try await Hall(Story.sample() + [.held("of-station", by: .station)]).page("/")
    for words in [
      "<html lang=\"zh-CN\">", "办件总览", "<dt>已逾期</dt><dd>2</dd>", "<dt>催办中</dt><dd>2</dd>", "<dt>督办中</dt><dd>0</dd>",
      "<dt>已办结</dt><dd>1</dd>", "href=\"/definitions\"", "响应率", "解决率", "满意率", "2026-10-15 09:00",
      "<main id=\"main\" data-live",
    ] { #expect(page.contains(words), "\(words)") }
  }

  @Test func `rates stand with their parts, by station and by department, for the chosen period`() async throws {
    let hall = try Hall(Story.sample() + [.held("of-station", by: .station)])
    let page = try await hall.page("/?period=year")
    // Of four cases of the department's, all due, two were answered in time; one is closed.
    #expect(page.contains("<th scope=\"row\" data-label=\"承办\"><bdi>城建局</bdi></th>"))
    #expect(page.contains("<bdi>柳河站</bdi>"))
    #expect(page.contains("0.0% <small>0/1</small>"))
    let before = try await hall.page("/?period=last-year")
    #expect(before.contains("这段时间没有办件") && before.contains("<option value=\"last-year\" selected>"))
    #expect(!before.contains("柳河站"))
  }

  @Test func `who watches over all is led from a figure to its list`() async throws {
    let hall = try Hall([.held("late", by: .department)])
    #expect(try await hall.page("/", as: "duban").contains("<a href=\"/overdue\">1</a>"))
    #expect(try await !hall.page("/", as: "zhang").contains("<a href=\"/overdue\">1</a>"))
  }

  @Test func `while the model is built anew, that is said in place of figures, to programs as 503`() async throws {
    let rebuilding = Follower.Rebuilding(done: 43, total: 100, timeLeft: .seconds(61))
    let hall = try Hall([.held("late", by: .department)], rebuilding: rebuilding)
    for path in ["/", "/overdue", "/cases", "/review"] {
      let page = try await hall.page(path, as: "duban")
      #expect(page.contains("正在重建 43 %") && page.contains("大约还需 2 分钟") && !page.contains("城建局"), "\(path)")
    }
    for path in ["/overdue.csv", "/cases.csv", "/overdue.json", "/review.json"] {
      #expect(try await hall.send(path, as: "duban")?.head.status == .serviceUnavailable, "\(path)")
    }
    #expect(try await hall.send("/definitions")?.head.status == .ok)
  }

  @Test func `figures are read once for each state of the model and each minute`() throws {
    let cache = OverviewCache()
    let reading = OverviewReading(
      counts: CaseCounts(), all: Rates(), stations: [], departments: [], days: [], categories: [])
    let reads = Mutex(0)
    func read(_ period: Period, _ version: Int, _ second: Int64) {
      _ = cache.reading(period, version: version, at: Instant(milliseconds: second * 1000)) {
        reads.withLock { $0 += 1 }
        return reading
      }
    }
    read(.year, 1, 0)
    read(.year, 1, 59)
    #expect(reads.withLock { $0 } == 1)
    read(.month, 1, 59)
    read(.year, 2, 59)
    read(.year, 2, 60)
    #expect(reads.withLock { $0 } == 4)
  }

  @Test(arguments: [
    ("2026-10-15", Period.month, "2026-10-01", "2026-10-15"), ("2026-10-15", .quarter, "2026-10-01", "2026-10-15"),
    ("2026-03-31", .quarter, "2026-01-01", "2026-03-31"), ("2026-10-15", .year, "2026-01-01", "2026-10-15"),
    ("2026-01-01", .lastYear, "2025-01-01", "2025-12-31"), ("2026-01-01", .all, "0001-01-01", "2026-01-01"),
  ])
  func `a period begins and ends on these days`(
    today: String, period: Period, first: String, last: String
  ) throws {
    let days = period.days(until: try #require(CalendarDate(today)))
    #expect(days.lowerBound.description == first && days.upperBound.description == last)
    #expect(period.charted(until: try #require(CalendarDate(today))).upperBound == days.upperBound)
  }

  @Test func `a scale has at most four steps, of which the last reaches every value`() {
    for value in Array(0...3000) + [99_999, 1_000_000, 123_456_789] {
      let ticks = ChartScale(upTo: value).ticks
      #expect((2...5).contains(ticks.count) && ticks[0] == 0)
      #expect((ticks.last ?? 0) >= value && ChartScale(upTo: value).share(of: value) <= 1)
    }
  }

  @Test func `the trend shows weeks where there are many days, with the same sums`() throws {
    var random = SeededGenerator(seed: 11)
    for length in [1, 2, 7, 35, 36, 100, 371] {
      let first = try #require(CalendarDate("2025-10-10"))
      let days = (0..<length).map { place in
        DayTrend(
          day: first.advanced(byDays: place), received: Int.random(in: 0...90, using: &random),
          answered: Int.random(in: 0...90, using: &random), overdue: Int.random(in: 0...9, using: &random))
      }
      let chart = TrendChart(.of(.chinese), days)
      let weeks = Set(days.map { $0.day.advanced(byDays: 1 - $0.day.weekday) })
      #expect(chart.rows.count == (length <= 35 ? length : weeks.count))
      let received = days.reduce(0) { $0 + $1.received }
      let answered = days.reduce(0) { $0 + $1.answered }
      let overdue = days.reduce(0) { $0 + $1.overdue }
      #expect(chart.lines.map(\.total) == [received, answered, overdue])
      #expect(Set(chart.lines.map(\.style)).count == 3)
      #expect(chart.days.count <= 7)
    }
    #expect(TrendChart(.of(.english), []).lines.map(\.total) == [0, 0, 0])
  }

  @Test func `bars stay within the chart and their parts within the bar, and the rest is one bar`() {
    let counts = (0..<20).map { CategoryCount(category: "类\($0)", received: 200 - $0 * 10, open: 90, overdue: 30) }
    let chart = CategoryChart(.of(.chinese), counts)
    #expect(chart.bars.count == 12 && chart.rows.count == 20)
    #expect(chart.bars.last?.label == "其他类别")
    for bar in chart.bars {
      #expect(bar.width <= 358 && bar.overdueWidth + bar.openWidth <= bar.width && bar.barY + 12 <= chart.height)
    }
  }

  @Test func `each rate's formula is one click away`() async throws {
    let page = try await Hall().page("/definitions")
    for words in ["期限内答复的办件 ÷ 应答复的办件", "已解决的办件 ÷ 已办结的办件", "（满意 + 基本满意）÷ 群众作出评价的办件"] {
      #expect(page.contains(words))
    }
    #expect(try await Hall().page("/definitions", language: "en").contains("cases settled ÷ cases closed"))
  }
}
