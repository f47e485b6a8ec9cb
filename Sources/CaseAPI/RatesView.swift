import Cases
import Monitoring

/// 响应率, 解决率 and 满意率, with the counts of cases that they are made of.
struct RatesView: Encodable {
  let received: Int
  let answered: Int
  let due: Int
  let inTime: Int
  let closed: Int
  let settled: Int
  let rated: Int
  let satisfied: Int
  let fair: Int
  let unsatisfied: Int
  /// `nil` where there is nothing to divide by; so are the others.
  let response: Double?
  let resolution: Double?
  let satisfaction: Double?

  init(_ rates: Rates) {
    received = rates.received
    answered = rates.answered
    due = rates.due
    inTime = rates.inTime
    closed = rates.closed
    settled = rates.settled
    rated = rates.rated
    satisfied = rates.satisfied
    fair = rates.fair
    unsatisfied = rates.unsatisfied
    response = rates.response
    resolution = rates.resolution
    satisfaction = rates.satisfaction
  }
}
