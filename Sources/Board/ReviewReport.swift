import Cases
import Monitoring
import Time

/// `/review` as JSON.
struct ReviewReport: Encodable {
  struct Line: Encodable {
    let `case`: String
    let reason: String
    let guesses: [Classification.Guess]
    let owner: Owner?
    let received: GivenTime
    let due: CalendarDate

    init(_ line: CaseToReview) {
      `case` = line.id.text
      reason = line.doubt.reason
      guesses = line.doubt.guesses
      owner = line.owner
      received = line.received
      due = line.due
    }
  }

  let at: GivenTime
  /// Of all that wait, also where fewer are listed.
  let total: Int
  let cases: [Line]
}
