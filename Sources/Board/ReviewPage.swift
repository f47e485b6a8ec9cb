import Cases
import Monitoring
import Time
import WebPages

/// What the template `review` is filled with.
struct ReviewPage {
  struct Line {
    let address: String
    let desk: String
    let number: String
    let reasonText: String
    let guesses: String
    let ownerName: String
    let receivedAt: String
    let dueOn: String
  }

  let frame: PageFrame
  let w: ListWords
  let total: String
  let lines: [Line]
  let isEmpty: Bool
  let next: String?
  let first: String?

  init(
    _ frame: PageFrame, _ words: ListWords, _ listing: CaseListing, doubts: [CaseID: CaseSummary.Doubt],
    after: String?
  ) {
    self.frame = frame
    w = words
    total = words.total(listing)
    lines = listing.lines.map { line in
      let doubt = doubts[line.id]
      let guesses = doubt?.guesses.map { guess in
        "\(guess.category) \(Int((min(max(guess.confidence, 0), 1) * 100).rounded()))%"
      }
      return Line(
        address: "/cases/\(line.id.text)", desk: "/desk/cases/\(line.id.text)", number: line.number ?? line.id.text,
        reasonText: doubt?.reason ?? "", guesses: guesses?.joined(separator: " · ") ?? line.category ?? "",
        ownerName: line.owner?.name ?? words.noOwner, receivedAt: line.received.instant.forReading,
        dueOn: line.due.description)
    }
    isEmpty = lines.isEmpty
    next = listing.next.map { "/review?after=" + $0 }
    first = after == nil ? nil : "/review"
  }
}
