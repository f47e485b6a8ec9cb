import Cases
import Monitoring
import Time
import WebPages

/// What the template `overview` is filled with: sums, and the names of stations and departments.
struct OverviewPage {
  struct Count {
    let label: String
    let value: Int
    /// The list of those, for whoever may see it.
    let address: String?
  }

  struct Choice {
    let value: String
    let label: String
    let isChosen: Bool
  }

  struct Share {
    let label: String
    let value: String
    /// Of which parts.
    let parts: String
  }

  let frame: PageFrame
  let w: OverviewWords
  let counts: [Count]
  let periods: [Choice]
  let received: String
  let shares: [Share]
  let tables: [RatesTable]
  let trend: TrendChart
  let categories: CategoryChart

  init(_ frame: PageFrame, _ words: OverviewWords, _ reading: OverviewReading, _ period: Period, linksLists: Bool) {
    self.frame = frame
    w = words
    let counts = reading.counts
    func count(_ label: String, _ value: Int, _ address: String) -> Count {
      Count(label: label, value: value, address: linksLists ? address : nil)
    }
    self.counts = [
      count(words.open, counts.open, "/cases"), count(words.dueToday, counts.dueToday, "/cases?standing=due-today"),
      count(words.dueSoon, counts.dueSoon, "/cases?standing=due-soon"),
      count(words.overdue, counts.overdue, "/overdue"), count(words.urging, counts.urging, "/overdue?step=urging"),
      count(words.supervision, counts.supervision, "/overdue?step=supervision"),
      count(words.report, counts.report, "/overdue?step=report"),
      count(words.replied, counts.replied, "/cases?standing=replied"),
      count(words.closed, counts.closed, "/cases?standing=closed"),
    ]
    periods = Period.allCases.map { each in
      Choice(value: each.rawValue, label: words.name(of: each), isChosen: each == period)
    }
    received = "\(words.received) \(reading.all.received)"
    let rates = reading.all
    shares = [
      Share(label: words.response, value: Self.percent(rates.response), parts: "\(rates.inTime) / \(rates.due)"),
      Share(
        label: words.resolution, value: Self.percent(rates.resolution), parts: "\(rates.settled) / \(rates.closed)"),
      Share(
        label: words.satisfaction, value: Self.percent(rates.satisfaction),
        parts: "\(rates.satisfied + rates.fair) / \(rates.rated)"),
    ]
    tables = [
      RatesTable(words.byStation, words, reading.stations), RatesTable(words.byDepartment, words, reading.departments),
    ]
    trend = TrendChart(words, reading.days)
    categories = CategoryChart(words, reading.categories)
  }

  /// Of a whole, to a tenth; a dash where there is no whole.
  static func percent(_ share: Double?) -> String {
    guard let share else { return "–" }
    let thousandths = Int((min(max(share, 0), 1) * 1000).rounded())
    return "\(thousandths / 10).\(thousandths % 10)%"
  }
}
