import Monitoring
import Time

/// What happened day by day, in Shanghai.
struct TrendView: Encodable {
  struct Day: Encodable {
    let day: CalendarDate
    let received: Int
    let answered: Int
    let overdue: Int
  }

  let days: [Day]

  init(_ trend: [DayTrend]) {
    days = trend.map { Day(day: $0.day, received: $0.received, answered: $0.answered, overdue: $0.overdue) }
  }
}
