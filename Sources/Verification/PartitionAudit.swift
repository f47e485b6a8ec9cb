import Cases
import EventLog
import Streams
import Time

/// Checks one partition of all topics from `classifications` on: all that is keyed by its cases. So no more is in memory
/// at once than the cases of one partition.
struct PartitionAudit {
  let number: Int
  let inspection: Inspection
  private let findings: Findings
  private var trails: [CaseID: CaseTrail] = [:]
  private var citizens: [CaseID: Citizen] = [:]
  /// When the log took in what `citizens` says of a case.
  private var known: [CaseID: Instant] = [:]

  init(_ number: Int, _ inspection: Inspection) {
    self.number = number
    self.inspection = inspection
    findings = inspection.findings
  }

  mutating func run(
    _ fates: inout Fates, _ forwarding: inout Forwarding, _ relaying: inout Relaying
  ) throws(LogError) {
    try readCitizens()
    try readCases(&fates, &relaying)
    try relaying.readQuotas(number, inspection)
    checkForgotten()

    // Moved along, so that there is only one of them.
    var feedback = FeedbackAudit(inspection: inspection, citizens: citizens, trails: trails)
    trails = [:]
    let told = try feedback.run(number)
    var causes = CauseAudit(number, inspection, citizens, feedback.trails)
    feedback.trails = [:]
    try causes.readCommands(&fates, &forwarding, &relaying)
    try causes.readClassifications(&fates, &forwarding)
    feedback.judge(causes.trails, told)

    for trail in causes.trails.values.sorted(by: { $0.id < $1.id }) {
      trail.end(inspection.horizon.changelogs.timers[trail.id.key] ?? [:], findings)
      count(trail)
    }
  }

  private mutating func readCitizens() throws(LogError) {
    let inspection = inspection
    try inspection.scan.readToPresentEnd(TopicPartition(Topics.citizens, number)) { record in
      guard inspection.checkPlace(record) else { return }
      do throws(Rejection) {
        let (envelope, caseID) = try StageInput.keyed(record)
        do throws(Malformed) {
          citizens[caseID] = try envelope.data.map { data throws(Malformed) in
            try JSONData.decode(Citizen.self, from: data)
          }
          known[caseID] = citizens[caseID] == nil ? nil : record.timestamp
        } catch {
          throw Rejection(error.reason)
        }
      } catch {
        // A tombstone is made by whoever erases a person, and need have no envelope.
        if record.record.value != nil { findings.add(.unreadableKept, at: Place(record), error.reason) }
        if let id = Self.caseID(record), record.record.value == nil { (citizens[id], known[id]) = (nil, nil) }
      }
    }
  }

  /// Who wrote once more is forgotten as soon as that has come to their case.
  private func checkForgotten() {
    for trail in trails.values.sorted(by: { $0.id < $1.id }) {
      guard let forgotten = trail.forgotten, let known = known[trail.id], known < forgotten else { continue }
      findings.add(.nothingPersonal, case: trail.id, "its citizen was to be forgotten, and stands in citizens")
    }
  }

  private static func caseID(_ record: StoredRecord) -> CaseID? {
    record.record.key.flatMap { String(validating: $0, as: UTF8.self) }.flatMap { CaseID($0) }
  }

  private mutating func readCases(_ fates: inout Fates, _ relaying: inout Relaying) throws(LogError) {
    let inspection = inspection
    let findings = findings
    let partition = TopicPartition(Topics.cases, number)
    let range = inspection.horizon.range(partition)
    if range.lowerBound > 0 {
      findings.add(.eventsInOrder, "\(partition) begins at \(range.lowerBound): what happened before was deleted")
    }
    try inspection.read(Topics.cases, number) { record in
      guard !record.record.isControl else { return }
      findings.report.counts.events += 1
      guard inspection.horizon.isInPlace(record) else {
        return findings.add(.eventsInOrder, at: Place(record), "an event lies in another partition than its case")
      }
      do throws(Rejection) {
        let input = try StageInput.event(record)
        see(input, record, &fates)
        relaying.see(input, record, inspection)
      } catch {
        let sentence = "it is no event of a case: \(error.reason)"
        findings.add(.eventsInOrder, at: Place(record), sentence)
        if case .consumed = inspection.standing(record, of: .feedback) {
          findings.add(.unreadableKept, at: Place(record), "feedback took it in, and it is no dead letter")
        }
      }
    }
    // A transaction may have been half written when the end was asked for; now it is whole.
    let end = try inspection.scan.reader.bounds(of: partition).upperBound
    guard range.upperBound < end else { return }
    try inspection.scan.read(partition, range.upperBound..<end) { record in
      if let id = Self.caseID(record) { trails[id]?.isBusy = true }
    }
  }

  private mutating func see(_ input: StageInput.Event, _ record: StoredRecord, _ fates: inout Fates) {
    let (id, place) = (input.caseID, Place(record))
    inspection.checkPersonalData(record, of: id, citizens[id])
    var trail = trails.removeValue(forKey: id) ?? CaseTrail(id, began: record.timestamp)
    if let opinion = trail.see(input.envelope, input.event, record, by: inspection.rules, findings) {
      let opinion = Fingerprint(opinion)
      if !fates.enter(opinion) {
        findings.add(.nothingLost, case: id, at: place, "its opinion is in a case already")
      }
      trail.note(opinion)
    }
    if !inspection.horizon.isSettled(place) { trail.isBusy = true }
    trails[id] = trail
    count(input.event)
  }

  // MARK: Counting

  private func count(_ event: CaseEvent) {
    switch event {
    case .reminded: findings.report.counts.reminders += 1
    case .overdue: findings.report.counts.overdue += 1
    case .overdueWithdrawn: findings.report.counts.overdueWithdrawn += 1
    case .deadlineChanged: findings.report.counts.deadlinesChanged += 1
    case .replied, .refused: findings.report.counts.replies += 1
    case .delivered: findings.report.counts.delivered += 1
    case .undelivered: findings.report.counts.undelivered += 1
    case .refusedCommand: findings.report.counts.refusedCommands += 1
    case .opened, .classified, .assigned, .signed, .signOverdue, .returned, .transferred, .coHandled, .escalated,
      .raised, .supervised, .supervisionRequested, .supervisionDenied, .reported, .extensionRequested, .extended,
      .extensionDenied, .paused, .resumed, .rated, .reopened, .merged, .unmerged, .joined, .parted, .mergeDeclined,
      .supplemented, .similarFound, .closed, .reviewDue, .reviewed, .erased, .disclosed:
      break
    }
  }

  private func count(_ trail: CaseTrail) {
    findings.report.counts.cases += 1
    switch trail.inHand.phase {
    case .open: findings.report.counts.open += 1
    case .replied: findings.report.counts.replied += 1
    case .closed: findings.report.counts.closed += 1
    }
    if trail.judgement.isProvisional { findings.report.counts.provisionalDeadlines += 1 }
    findings.report.counts.uncheckedDeadlines += trail.judgement.unchecked
    findings.report.counts.uncheckedSteps += trail.judgement.uncheckedSteps
  }
}
