import Cases
import EventLog
import GRDB
import Streams
import Time

/// Folds records of `dead-letters`: several can tell of one dead letter, and the last one counts, as it does for
/// `huiyin dead-letters list`. All of one lie in one partition, so the last one read is the last one.
struct DeadLetterFold {
  private let folding: Folding

  init(_ folding: Folding) {
    self.folding = folding
  }

  func take(_ stored: StoredRecord) throws {
    guard let letter = DeadLetter(stored.record) else {
      return try folding.note("the record is not a dead letter", of: stored)
    }
    // A key may be anything, also what a citizen wrote: only a case's name is shown.
    let id = letter.original.key.flatMap { String(validating: $0, as: UTF8.self) }.flatMap { CaseID($0) }
    try folding.db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO letters
          (id, topic, partition, position, arrived, stage, reason, failed, retries, parked, status, waiting, case_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [
        letter.id, letter.partition.topic, letter.partition.partition, letter.offset, letter.timestamp.milliseconds,
        letter.stage, letter.reason, letter.failedAt.milliseconds, letter.retries, letter.parked,
        letter.status.rawValue, !letter.status.isSettled, id?.text,
      ])
    folding.applied.folded += 1
  }
}
