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
