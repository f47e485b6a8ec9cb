import Monitoring
import Time

/// How many cases were received, answered and came to be overdue, by days or by weeks: three lines, which differ in dash
/// and mark as well as in colour.
struct TrendChart {
  struct Tick {
    let label: String
    let x, y: String
  }

  struct Line {
    /// Its class in the style sheet.
    let style: String
    let label: String
    let total: Int
    /// Of its `path`.
    let course: String
    /// One `path` for all its marks; empty where there are too many points for marks.
    let marks: String
    /// A short piece of it, for the key.
    let sample: String
  }

  struct Row {
    let day: String
    let received, answered, overdue: Int
  }

  let title: String
  let summary: String
  let width = Self.size.width
  let height = Self.size.height
  let left = Self.left
  let right = Self.right
  let rises: [Tick]
  let days: [Tick]
  let lines: [Line]
  let rows: [Row]

  private static let size = (width: 360, height: 200)
  private static let (left, right, top, bottom) = (34, 352, 10, 172)
  /// Beyond so many days, weeks are shown.
  private static let mostDays = 35

  init(_ words: OverviewWords, _ days: [DayTrend]) {
    let isWeekly = days.count > Self.mostDays
    let points = isWeekly ? Self.weeks(days) : days
    title = isWeekly ? words.trendByWeek : words.trendByDay
    let scale = ChartScale(upTo: points.flatMap { [$0.received, $0.answered, $0.overdue] }.max() ?? 0)
    func y(_ value: Int) -> String {
      Self.text(Double(Self.bottom) - scale.share(of: value) * Double(Self.bottom - Self.top))
    }
    func x(_ index: Int) -> String {
      let share = points.count > 1 ? Double(index) / Double(points.count - 1) : 0.5
      return Self.text(Double(Self.left) + share * Double(Self.right - Self.left))
    }
    rises = scale.ticks.map { Tick(label: "\($0)", x: "\(Self.left - 5)", y: y($0)) }
    let every = max(1, (points.count + 5) / 6)
    self.days = points.enumerated().filter { $0.offset % every == 0 }.map { index, point in
      Tick(label: String(point.day.description.suffix(5)), x: x(index), y: "\(Self.bottom + 18)")
    }
    func line(_ style: String, _ label: String, _ mark: ChartMark, _ value: (DayTrend) -> Int) -> Line {
      let places = points.enumerated().map { (x: x($0.offset), y: y(value($0.element))) }
      let course = places.enumerated().map { "\($0.offset == 0 ? "M" : "L")\($0.element.x) \($0.element.y)" }
      return Line(
        style: style, label: label, total: points.reduce(0) { $0 + value($1) }, course: course.joined(),
        marks: places.count > Self.mostDays ? "" : places.map { mark.path(x: $0.x, y: $0.y) }.joined(),
        sample: mark.path(x: "16", y: "6"))
    }
    lines = [
      line("received", words.received, .circle) { $0.received },
      line("answered", words.answered, .square) { $0.answered },
      line("overdue", words.becameOverdue, .triangle) { $0.overdue },
    ]
    let first = days.first?.day.description ?? ""
    let last = days.last?.day.description ?? ""
    summary =
      "\(first) – \(last)" + words.colon + lines.map { "\($0.label) \($0.total)" }.joined(separator: words.comma)
    rows = points.map {
      Row(day: $0.day.description, received: $0.received, answered: $0.answered, overdue: $0.overdue)
    }
  }

  /// Monday to Sunday, by their Mondays; the first and the last week may be cut.
  private static func weeks(_ days: [DayTrend]) -> [DayTrend] {
    var weeks: [DayTrend] = []
    for day in days {
      let monday = day.day.advanced(byDays: 1 - day.day.weekday)
      if weeks.last?.day != monday { weeks.append(DayTrend(day: monday, received: 0, answered: 0, overdue: 0)) }
      weeks[weeks.count - 1].received += day.received
      weeks[weeks.count - 1].answered += day.answered
      weeks[weeks.count - 1].overdue += day.overdue
    }
    return weeks
  }

  /// To a tenth.
  private static func text(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
