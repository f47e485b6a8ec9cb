package import Cases
package import EventLog
import GRDB
package import Streams
package import Time

/// A record that could not be read or handled, as the list shows it: nothing that it holds.
package struct DeadLetterLine: Hashable, Sendable {
  /// Where the original lies, as `topic/partition/offset`.
  package let id: String
  package let partition: TopicPartition
  package let offset: Offset
  /// When the original came.
  package let arrived: Instant
  /// The processor that could not do with it.
  package let stage: String
  package let reason: String
  package let failed: Instant
  package let retries: Int
  /// Its key stands still until it is retried or dropped.
  package let parked: Bool
  package let status: DeadLetter.Status
  /// Its key, where that is the id of a case.
  package let caseID: CaseID?

  /// - Parameter row: of ``query`` and others that select the same columns.
  init(_ row: Row) throws(ReadModel.Failure) {
    guard let status = DeadLetter.Status(rawValue: row["status"]) else {
      throw ReadModel.Failure(reason: "holds what it cannot have written")
    }
    let caseID: String? = row["case_id"]
    id = row["id"]
    partition = TopicPartition(row["topic"], row["partition"])
    offset = row["position"]
    arrived = Instant(milliseconds: row["arrived"])
    stage = row["stage"]
    reason = row["reason"]
    failed = Instant(milliseconds: row["failed"])
    retries = row["retries"]
    parked = row["parked"]
    self.status = status
    self.caseID = caseID.flatMap { CaseID($0) }
  }

  /// Argument: the id.
  static let query = "SELECT * FROM letters WHERE id = ?"
  /// Arguments: when the last one shown failed, its id, and the limit.
  static let listQuery = """
    SELECT * FROM letters WHERE waiting = 1 AND (failed, id) > (?, ?) ORDER BY failed, id LIMIT ?
    """
}

/// A part of the list of dead letters that wait for a decision; the one that failed first comes first.
package struct DeadLetterListing: Hashable, Sendable {
  package var letters: [DeadLetterLine] = []
  /// What `after` is to be for those behind; `nil` behind the last one.
  package var next: String?
  /// How many wait in all.
  package var waiting = 0
  /// `after` is none of ours: nothing is shown.
  package var isCursorUnknown = false
}
