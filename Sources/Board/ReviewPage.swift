import Cases
import Monitoring
import Time
import WebPages

/// What the template `review` is filled with.
struct ReviewPage {
  struct Line {
    let id: String
    let reasonText: String
    let guesses: String
    let ownerName: String
    let receivedAt: String
    let dueOn: String
  }

  let frame: PageFrame
  let w: Words
  let total: Int
  let lines: [Line]
  let hasLines: Bool
  let isCut: Bool
  let lineCount: Int

  init(_ words: Words, _ frame: PageFrame, _ report: ReviewReport) {
    w = words
    self.frame = frame
    total = report.total
    lines = report.cases.map { line in
      let guesses = line.guesses.map { "\($0.category) \(Int((min(max($0.confidence, 0), 1) * 100).rounded()))%" }
      return Line(
        id: line.case, reasonText: line.reason, guesses: guesses.joined(separator: " · "),
        ownerName: line.owner?.name ?? words.noOwner, receivedAt: line.received.instant.forReading,
        dueOn: line.due.description)
    }
    hasLines = !lines.isEmpty
    isCut = lines.count < total
    lineCount = lines.count
  }
}
