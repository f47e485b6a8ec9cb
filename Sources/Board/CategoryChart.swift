import Monitoring

/// The cases of each category as bars, of which the part still open is hatched and the part overdue is full.
struct CategoryChart {
  struct Bar {
    let label: String
    let value: String
    /// Of the texts, and of the bar.
    let textY, barY: Int
    let width: Int
    /// Of the parts that are open and overdue; they begin at the left, the overdue first.
    let overdueWidth, openX, openWidth: Int
  }

  struct Row {
    let label: String
    let received, open, overdue: Int
  }

  let title: String
  let summary: String
  let width = Self.width
  let right = Self.width - 1
  let height: Int
  let bars: [Bar]
  let rows: [Row]
  let isEmpty: Bool

  private static let width = 360
  private static let barHeight = 40
  private static let mostBars = 12

  /// - Parameter counts: that with the most cases first.
  init(_ words: OverviewWords, _ counts: [CategoryCount]) {
    title = words.categories
    rows = counts.map {
      Row(label: $0.category ?? words.noCategory, received: $0.received, open: $0.open, overdue: $0.overdue)
    }
    var shown = Array(rows.prefix(Self.mostBars))
    if rows.count > Self.mostBars {
      let rest = rows[(Self.mostBars - 1)...]
      shown[Self.mostBars - 1] = Row(
        label: words.otherCategories, received: rest.reduce(0) { $0 + $1.received },
        open: rest.reduce(0) { $0 + $1.open }, overdue: rest.reduce(0) { $0 + $1.overdue })
    }
    let largest = max(shown.map(\.received).max() ?? 0, 1)
    func length(_ value: Int) -> Int { value <= 0 ? 0 : max(1, value * (Self.width - 2) / largest) }
    bars = shown.enumerated().map { index, row in
      let overdue = length(min(row.overdue, row.received))
      let whole = length(row.received)
      return Bar(
        label: row.label,
        value: "\(row.received)" + words.comma + "\(words.open) \(row.open)" + words.comma
          + "\(words.overdue) \(row.overdue)",
        textY: index * Self.barHeight + 14, barY: index * Self.barHeight + 20, width: whole,
        overdueWidth: overdue, openX: overdue + 1,
        openWidth: max(0, min(length(row.open), whole) - overdue))
    }
    height = max(1, shown.count) * Self.barHeight
    isEmpty = rows.isEmpty
    summary = rows.prefix(3).map { "\($0.label) \($0.received)" }.joined(separator: words.comma)
  }
}
