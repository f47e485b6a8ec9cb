import Cases
import Monitoring
import Time

/// Open cases of which nobody knows for sure what they are about, the most urgent first.
struct ReviewView: Encodable {
  struct Line: Encodable {
    let `case`: String
    let reason: String
    let guesses: [Classification.Guess]
    let owner: Owner?
    let received: GivenTime
    let due: CalendarDate
  }

  /// Of all that wait, also where fewer are listed.
  let total: Int
  let cases: [Line]

  init(total: Int, _ cases: [CaseToReview]) {
    self.total = total
    self.cases = cases.map {
      Line(
        case: $0.id.text, reason: $0.doubt.reason, guesses: $0.doubt.guesses, owner: $0.owner, received: $0.received,
        due: $0.due)
    }
  }
}
