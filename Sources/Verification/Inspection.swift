import Cases
import EventLog

/// What all parts of a run share.
struct Inspection {
  /// Those of whoever checks.
  struct Rules {
    let calendar: WorkingCalendar
    /// `nil` where the log says that others are in force.
    let policy: ReplyPolicy?
  }

  let horizon: Horizon
  let letters: DeadLetters
  let rules: Rules
  let scan: LogScan
  let findings: Findings

  func standing(_ record: StoredRecord, of stage: Stage) -> Standing {
    Standing(record, of: stage, horizon, letters)
  }

  /// Reads a partition up to where it ended.
  @discardableResult
  func read(_ topic: String, _ number: Int, _ body: (StoredRecord) -> Void) throws(LogError) -> LogScan.Reading {
    let partition = TopicPartition(topic, number)
    return try scan.read(partition, horizon.range(partition), body)
  }

  /// For topics that no stage reads, so that nobody would forward the record.
  /// - Returns: whether it lies where it must.
  func checkPlace(_ record: StoredRecord) -> Bool {
    if horizon.isInPlace(record) { return true }
    findings.add(.recordsInPlace, at: Place(record), "it lies in another partition than its key's")
    return false
  }

  func checkPersonalData(_ record: StoredRecord, of caseID: CaseID, _ citizen: Citizen?) {
    PersonalData(citizen).check(record.record.value) {
      findings.add(.nothingPersonal, case: caseID, at: Place(record), $0)
    }
  }
}
