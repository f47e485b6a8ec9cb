import Cases
import Monitoring
import Time
import WebPages

/// What the templates `board` and `overdue` are filled with: nothing that a citizen wrote or is.
struct BoardPage {
  struct Count {
    let label: String
    let value: Int
  }

  struct Line {
    let id: String
    let ownerName: String
    let categoryName: String
    let receivedAt: String
    let dueOn: String
    let isProvisional: Bool
    let daysLate: Int
  }

  let frame: PageFrame
  let w: Words
  let counts: [Count]
  let total: Int
  let lines: [Line]
  let hasLines: Bool
  let isCut: Bool
  let lineCount: Int

  init(_ words: Words, _ frame: PageFrame, counts: CaseCounts, report: OverdueReport) {
    w = words
    self.frame = frame
    self.counts = [
      Count(label: words.open, value: counts.open), Count(label: words.dueToday, value: counts.dueToday),
      Count(label: words.dueSoon, value: counts.dueSoon), Count(label: words.overdue, value: counts.overdue),
      Count(label: words.replied, value: counts.replied), Count(label: words.closed, value: counts.closed),
    ]
    total = report.total
    lines = report.cases.map { line in
      Line(
        id: line.case, ownerName: line.owner?.name ?? words.noOwner, categoryName: line.category ?? "",
        receivedAt: line.received.instant.forReading, dueOn: line.due.description, isProvisional: line.provisional,
        daysLate: line.workingDaysLate)
    }
    hasLines = !lines.isEmpty
    isCut = lines.count < total
    lineCount = lines.count
  }
}
