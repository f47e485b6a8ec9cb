import Cases
import EventLog
import Streams

/// Checks `opinions` against what became of them. Comes after all partitions: an opinion may lie in any, and its case in
/// another.
struct OpinionAudit {
  private let inspection: Inspection
  private let findings: Findings
  private var fates: Fates

  init(inspection: Inspection, fates: Fates) {
    self.inspection = inspection
    self.fates = fates
    findings = inspection.findings
  }

  mutating func run(_ forwarding: inout Forwarding) throws(LogError) {
    let findings = findings
    let inspection = inspection
    for number in 0..<inspection.horizon.partitions {
      try inspection.read(Topics.opinions, number) { record in
        switch inspection.standing(record, of: .classify) {
        case .control: return
        case .forwarded:
          findings.report.counts.forwarded += 1
          return forwarding.expect(record, among: inspection.horizon.partitions)
        case .toForward:
          findings.report.counts.toForward += 1
          findings.report.counts.inFlight += 1
        case .ahead, .held: findings.report.counts.inFlight += 1
        case .deadLetter: findings.report.counts.deadLettered += 1
        case .consumed: follow(record)
        }
        findings.report.counts.opinions += 1
      }
    }
  }

  private mutating func follow(_ record: StoredRecord) {
    do throws(Rejection) {
      let (reference, caseID) = try StageInput.opinion(record)
      switch fates.find(Fingerprint(reference)) {
      case .inCase: findings.report.counts.accepted += 1
      case .found: findings.report.counts.duplicates += 1
      case .onItsWay: findings.report.counts.inFlight += 1
      case .deadLetter: findings.report.counts.deadLettered += 1
      case .reported: findings.report.counts.lost += 1
      case nil:
        findings.report.counts.lost += 1
        findings.add(
          .nothingLost, case: caseID, at: Place(record), "classify took this opinion in, and nothing came of it")
      }
    } catch {
      findings.report.counts.lost += 1
      let sentence = "classify could not read it (\(error.reason)), and it is no dead letter"
      findings.add(.unreadableKept, at: Place(record), sentence)
    }
  }
}
