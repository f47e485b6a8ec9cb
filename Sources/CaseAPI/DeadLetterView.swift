import Cases
import Monitoring
import Streams
import Time

/// A record that could not be read or handled: nothing that it holds.
struct DeadLetterView: Encodable {
  let id: String
  let stage: String
  let reason: String
  let arrived: GivenTime
  let failed: GivenTime
  let retries: Int
  let parked: Bool
  let status: String
  let `case`: String?

  init(_ line: DeadLetterLine) {
    id = line.id
    stage = line.stage
    reason = line.reason
    arrived = GivenTime(line.arrived)
    failed = GivenTime(line.failed)
    retries = line.retries
    parked = line.parked
    status = line.status.rawValue
    `case` = line.caseID?.text
  }
}

/// A part of the list of those that wait for a decision, the one that failed first in front.
struct DeadLetterListView: Encodable {
  let waiting: Int
  let letters: [DeadLetterView]
  let next: String?

  init(_ listing: DeadLetterListing) {
    waiting = listing.waiting
    letters = listing.letters.map(DeadLetterView.init)
    next = listing.next
  }
}
