import Cases
import EventLog
import Streams
import Time

/// The records that stages take in, read as their readers read them: what is refused here, they must have made a dead
/// letter of.
enum StageInput {
  struct Command {
    let caseID: CaseID
    let reference: OpinionReference
    let command: CaseCommand
    let time: GivenTime
  }

  struct Event {
    let caseID: CaseID
    let envelope: CloudEvent
    let event: CaseEvent
  }

  static func opinion(_ record: StoredRecord) throws(Rejection) -> (reference: OpinionReference, caseID: CaseID) {
    let envelope = try CloudEvent(record.record)
    guard envelope.type == EventTypes.opinionSubmitted else { throw Rejection("its type is not that of an opinion") }
    do throws(Malformed) {
      _ = try Opinion(data: envelope.data)
    } catch {
      throw Rejection(error.reason)
    }
    let reference = OpinionReference(source: envelope.source, id: envelope.id)
    return (reference, CaseID(opinion: reference, subject: envelope.subject))
  }

  static func classification(_ record: StoredRecord) throws(Rejection) -> (opinion: OpinionReference, caseID: CaseID) {
    let envelope = try CloudEvent(record.record)
    guard envelope.type == EventTypes.opinionClassified else {
      throw Rejection("its type is not that of a classification")
    }
    guard let caseID = envelope.subject.flatMap({ CaseID($0) }) else { throw Rejection("ce_subject is not a case id") }
    do throws(Malformed) {
      return (try JSONData.decode(ClassifiedOpinion.self, from: envelope.data).submission.opinion, caseID)
    } catch {
      throw Rejection(error.reason)
    }
  }

  static func command(_ record: StoredRecord) throws(Rejection) -> Command {
    let (envelope, caseID) = try keyed(record)
    do throws(Malformed) {
      return Command(
        caseID: caseID, reference: OpinionReference(source: envelope.source, id: envelope.id),
        command: try CaseCommand(type: envelope.type, data: envelope.data),
        time: envelope.time ?? GivenTime(record.timestamp))
    } catch {
      throw Rejection(error.reason)
    }
  }

  static func event(_ record: StoredRecord) throws(Rejection) -> Event {
    let (envelope, caseID) = try keyed(record)
    do throws(Malformed) {
      return Event(
        caseID: caseID, envelope: envelope, event: try CaseEvent(type: envelope.type, data: envelope.data))
    } catch {
      throw Rejection(error.reason)
    }
  }

  static func keyed(_ record: StoredRecord) throws(Rejection) -> (CloudEvent, CaseID) {
    let (envelope, key) = try CloudEvent.keyed(record)
    guard let caseID = CaseID(key) else { throw Rejection("its key is not a case id") }
    return (envelope, caseID)
  }
}
