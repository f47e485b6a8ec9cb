package import Cases
import EventLog
package import Streams
package import Time

/// Something that somebody does: an opinion or a command, at a moment.
package struct Action: Sendable {
  package var time: Instant
  package var topic: String
  package var event: CloudEvent
  package var caseID: CaseID

  var output: Output { Output(to: topic, event.record(key: caseID.key)) }

  /// One line for a person.
  package var line: String {
    let data = event.data.map { String(decoding: $0, as: UTF8.self) } ?? ""
    let name = event.type.split(separator: ".").dropLast().last ?? ""
    return "\(time) \(caseID) \(name) \(data.prefix(300))"
  }

  static func opinion(_ opinion: Opinion, of caseID: CaseID, id: String, at time: Instant) -> Action {
    let event = CloudEvent(
      id: id, source: "/simulation/citizens", type: EventTypes.opinionSubmitted, subject: caseID.text,
      time: GivenTime(time), data: JSONData.encode(opinion))
    return Action(time: time, topic: Topics.opinions, event: event, caseID: caseID)
  }

  static func command(_ command: CaseCommand, to caseID: CaseID, id: String, at time: Instant) -> Action {
    let event = CloudEvent(
      id: id, source: "/simulation/clerks", type: command.type, subject: caseID.text, time: GivenTime(time),
      data: command.data)
    return Action(time: time, topic: Topics.commands, event: event, caseID: caseID)
  }
}
