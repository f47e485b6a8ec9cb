import Monitoring

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
