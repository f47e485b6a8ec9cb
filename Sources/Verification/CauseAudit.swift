import Cases
import EventLog
import Streams

/// Checks a partition of `commands` and `classifications` against the cases of the same partition: what the stages took
/// in there must have come to something.
struct CauseAudit {
  let inspection: Inspection
  let number: Int
  let citizens: [CaseID: Citizen]
  var trails: [CaseID: CaseTrail]
  /// Opinions for which there is an `open` command.
  private var asked: Set<Fingerprint> = []

  init(_ number: Int, _ inspection: Inspection, _ citizens: [CaseID: Citizen], _ trails: [CaseID: CaseTrail]) {
    self.number = number
    self.inspection = inspection
    self.citizens = citizens
    self.trails = trails
  }

  mutating func readCommands(
    _ fates: inout Fates, _ forwarding: inout Forwarding, _ relaying: inout Relaying
  ) throws(LogError) {
    var handled: Set<Fingerprint> = []
    var unsettled: [(caseID: CaseID, place: Place)] = []
    let inspection = inspection
    let reading = try inspection.read(Topics.commands, number) { record in
      let standing = inspection.standing(record, of: .track)
      guard let input = read(record, .track, standing, &forwarding, StageInput.command) else { return }
      relaying.see(input, record)
      if case .open(let open) = input.command {
        let opinion = Fingerprint(open.submission.opinion)
        asked.insert(opinion)
        let isThere = trails[input.caseID]?.opinions.contains(opinion) ?? false
        follow(opinion, of: input.caseID, standing, isThere: isThere, "track", Place(record), &fates)
      }
      if case .recordDelivery(let delivery) = input.command, delivery.final == true {
        trails[input.caseID]?.answers.giveUp(delivery.feedback)
      }
      // A copy of one that waits, or that waited until it became a dead letter, changes nothing either.
      switch standing {
      case .consumed, .held, .deadLetter: break
      case .control, .forwarded, .toForward, .ahead: return
      }
      let isNew = handled.insert(Fingerprint(input.caseID, input.reference)).inserted
      guard isNew, case .consumed = standing, let outcome = Fingerprint(outcomeOf: input.command, at: input.time) else {
        return
      }
      if trails[input.caseID]?.settle(input.command, input.reference, outcome) != true {
        unsettled.append((input.caseID, Place(record)))
      }
    }
    relaying.noteCommands(number, reading)
    for (caseID, place) in unsettled {
      // It may repeat one that is no longer there.
      if let trail = trails[caseID], reading.mayHaveLost(recordsSince: trail.began) {
        inspection.findings.report.counts.uncheckedCommands += 1
      } else {
        inspection.findings.add(
          .nothingLost, case: caseID, at: place, "track took this command in, and nothing came of it")
      }
    }
  }

  mutating func readClassifications(_ fates: inout Fates, _ forwarding: inout Forwarding) throws(LogError) {
    try inspection.read(Topics.classifications, number) { record in
      let standing = inspection.standing(record, of: .route)
      guard let input = read(record, .route, standing, &forwarding, StageInput.classification) else { return }
      inspection.checkPersonalData(record, of: input.caseID, citizens[input.caseID])
      let opinion = Fingerprint(input.opinion)
      let isThere = asked.contains(opinion) || trails[input.caseID]?.opinions.contains(opinion) ?? false
      follow(opinion, of: input.caseID, standing, isThere: isThere, "route", Place(record), &fates)
    }
  }

  /// Reads a record of a stage's input, if that is to be followed.
  private func read<Input>(
    _ record: StoredRecord, _ stage: Stage, _ standing: Standing, _ forwarding: inout Forwarding,
    _ decode: (StoredRecord) throws(Rejection) -> Input
  ) -> Input? {
    switch standing {
    case .control: return nil
    case .forwarded:
      inspection.findings.report.counts.forwarded += 1
      forwarding.expect(record, among: inspection.horizon.partitions)
    case .toForward: inspection.findings.report.counts.toForward += 1
    case .held: inspection.findings.report.counts.waitingCommands += 1
    case .deadLetter, .ahead, .consumed: break
    }
    if stage == .track { inspection.findings.report.counts.commands += 1 }
    do throws(Rejection) {
      return try decode(record)
    } catch {
      if case .consumed = standing {
        let sentence = "\(stage.rawValue) could not read it (\(error.reason)), and it is no dead letter"
        inspection.findings.add(.unreadableKept, at: Place(record), sentence)
      }
      return nil
    }
  }

  /// Notes how far an opinion has come.
  /// - Parameter isThere: whether what the stage makes of it is in the log.
  private func follow(
    _ opinion: Fingerprint, of caseID: CaseID, _ standing: Standing, isThere: Bool, _ stage: String, _ place: Place,
    _ fates: inout Fates
  ) {
    switch standing {
    case .control: break
    case .deadLetter: fates.note(.deadLetter, of: opinion)
    case .forwarded, .toForward, .held, .ahead: fates.note(.onItsWay, of: opinion)
    case .consumed where !isThere:
      inspection.findings.add(
        .nothingLost, case: caseID, at: place, "\(stage) took this opinion in, and nothing came of it")
      fates.note(.reported, of: opinion)
    case .consumed: break
    }
  }
}
