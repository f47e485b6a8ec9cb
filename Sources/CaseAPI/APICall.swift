import Accounts
import Cases
import HTTPValues
import Monitoring
import Time

/// A request to this API, and who sends it when.
struct APICall: Sendable {
  let request: Request
  let visitor: Visitor
  let now: Instant

  /// Whose cases they may see.
  var scope: CaseScope {
    visitor.account.seesAll ? .all : .held(by: visitor.account.actor.id)
  }

  var today: CalendarDate { TimeOffset.shanghai.date(of: now) }

  func query(_ known: String...) throws(APIProblem) -> QueryFields {
    try QueryFields(request.query, known: Set(known))
  }

  /// For what only those see who watch over all cases.
  func checkSeesAll() throws(APIProblem) {
    guard visitor.account.seesAll else { throw .forbidden("Only supervisors and administrators see this.") }
  }
}
