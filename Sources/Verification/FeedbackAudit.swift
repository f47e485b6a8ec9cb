import Cases
import EventLog
import Streams

/// Checks a partition of `feedback` against the cases of the same partition.
struct FeedbackAudit {
  let inspection: Inspection
  let citizens: [CaseID: Citizen]
  var trails: [CaseID: CaseTrail]

  /// The part of feedback's data that says what it is about.
  private struct Telling: Decodable {
    /// The `ce_id` of an event.
    var event: String
  }

  /// - Returns: what was read, for ``judge(_:_:)``.
  mutating func run(_ number: Int) throws(LogError) -> LogScan.Reading {
    var ids: Set<Fingerprint> = []
    let inspection = inspection
    return try inspection.read(Topics.feedback, number) { record in
      guard inspection.checkPlace(record) else { return }
      do throws(Rejection) {
        let (envelope, caseID) = try StageInput.keyed(record)
        inspection.checkPersonalData(record, of: caseID, citizens[caseID])
        let fault: (String) -> Void = {
          inspection.findings.add(.answersTold, case: caseID, at: Place(record), $0)
        }
        guard ids.insert(Fingerprint(envelope.id)).inserted else {
          return fault("its ce_id stands there more than once")
        }
        tell(envelope, of: caseID, fault)
      } catch {
        inspection.findings.add(.answersTold, at: Place(record), "it can't be read: \(error.reason)")
      }
    }
  }

  /// Every answer must have been told, or given up for a reason.
  func judge(_ trails: [CaseID: CaseTrail], _ reading: LogScan.Reading) {
    for trail in trails.values.sorted(by: { $0.id < $1.id }) {
      for reply in trail.answers.replies where reply.told == 0 && !reply.isGivenUp {
        judge(reply, of: trail.id, reading)
      }
    }
  }

  /// A reply of which the citizen wasn't told.
  private func judge(_ reply: Answers.Reply, of caseID: CaseID, _ reading: LogScan.Reading) {
    let horizon = inspection.horizon
    if inspection.letters.contains(reply.place) { return }
    if !horizon.hasConsumed(.feedback, reply.place) || horizon.held.contains(reply.place) {
      inspection.findings.report.counts.answersToCome += 1
    } else if reading.mayHaveLost(recordsSince: reply.recorded) {
      inspection.findings.report.counts.answersExpired += 1
    } else {
      inspection.findings.add(.answersTold, case: caseID, at: reply.place, "no answer was made of this reply")
    }
  }

  private mutating func tell(_ envelope: CloudEvent, of caseID: CaseID, _ fault: (String) -> Void) {
    let event: String
    do throws(Malformed) {
      event = try JSONData.decode(Telling.self, from: envelope.data).event
    } catch {
      return fault("it can't be read: \(error.reason)")
    }
    let prefix = caseID.text + "."
    guard event.hasPrefix(prefix), let number = Int(event.dropFirst(prefix.count)), number >= 1,
      number <= trails[caseID]?.order.last ?? 0
    else { return fault("it tells of an event that is not in cases") }
    let place = envelope.id.hasPrefix(event + ".") ? envelope.id.dropFirst(event.count + 1) : ""
    switch envelope.type {
    case EventTypes.answer where place == "0":
      inspection.findings.report.counts.answers += 1
      trails[caseID]?.answers.tell(number: number, fault)
    case EventTypes.answer where place.hasPrefix("0/") && Int(place.dropFirst(2)) ?? 0 > 1:
      trails[caseID]?.answers.tellAgain(number: number, fault)
    case EventTypes.notice where Int(place) != nil, EventTypes.ratingRequest where Int(place) != nil:
      inspection.findings.report.counts.notices += 1
    case EventTypes.answer, EventTypes.notice, EventTypes.ratingRequest:
      fault("its ce_id is not made of the event that it tells of")
    default: fault("it is neither an answer nor a notice nor a rating request")
    }
  }
}
