import Cases
import HTTPValues
import Monitoring
import Time
import WebPages

/// What the template `letters` is filled with.
struct LetterListPage {
  struct Line {
    let address: String
    let id: String
    let stage: String
    let reason: String
    let failedAt: String
    let status: String
    let isParked: Bool
    let caseAddress: String?
  }

  let frame: PageFrame
  let w: LetterWords
  let waiting: String
  let lines: [Line]
  let isEmpty: Bool
  let next: String?
  let first: String?

  init(_ frame: PageFrame, _ words: LetterWords, _ listing: DeadLetterListing, after: String?) {
    self.frame = frame
    w = words
    waiting = words.waiting(listing.waiting)
    lines = listing.letters.map { letter in
      Line(
        address: LetterPage.address(letter.id), id: letter.id, stage: letter.stage, reason: letter.reason,
        failedAt: letter.failed.forReading, status: words.name(of: letter.status), isParked: letter.parked,
        caseAddress: letter.caseID.map { "/cases/\($0.text)" })
    }
    isEmpty = lines.isEmpty
    next = listing.next.map { "/dead-letters?after=" + PercentEncoding.encode($0) }
    first = after == nil ? nil : "/dead-letters"
  }
}
