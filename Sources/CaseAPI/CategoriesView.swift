import Monitoring
import Time

/// The cases received in some days by what they are about, the most frequent first.
struct CategoriesView: Encodable {
  struct Line: Encodable {
    /// `nil`: of those of which nobody has said it.
    let category: String?
    let received: Int
    let open: Int
    let overdue: Int
  }

  let from: CalendarDate
  let through: CalendarDate
  let categories: [Line]

  init(_ days: ClosedRange<CalendarDate>, _ counts: [CategoryCount]) {
    from = days.lowerBound
    through = days.upperBound
    categories = counts.map {
      Line(category: $0.category, received: $0.received, open: $0.open, overdue: $0.overdue)
    }
  }
}
