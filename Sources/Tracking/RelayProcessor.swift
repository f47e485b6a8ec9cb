import Cases
package import EventLog
package import Streams
package import Time

/// Tells one case what happened to another: the case that leads who follows it, those who follow how it was answered,
/// and the year's count who wants to be a key supervision. Keeps nothing itself.
package struct RelayProcessor: Processor {
  package typealias State = Never

  package struct Input: Sendable {
    var caseID: CaseID
    /// The `ce_id` of the event at hand.
    var cause: String
    var time: GivenTime
    /// `nil` for an event that concerns no other case.
    var event: CaseEvent?
  }

  package let name = "relay"
  package let inputs = [Topics.cases]

  package init() {}

  private static let concerned = Set(
    ([.merged, .unmerged, .mergeDeclined, .replied, .refused, .supervisionRequested] as [CaseEvent.Name])
      .map { "cn.huiyin.case.\($0.rawValue).v1" })

  package func decode(_ record: StoredRecord) throws(Rejection) -> Input {
    let (envelope, key) = try CloudEvent.keyed(record)
    guard let caseID = CaseID(key) else { throw Rejection("the record's key is not a case id") }
    let time = envelope.time ?? GivenTime(record.timestamp)
    guard Self.concerned.contains(envelope.type) else {
      return Input(caseID: caseID, cause: envelope.id, time: time, event: nil)
    }
    do throws(Malformed) {
      let event = try CaseEvent(type: envelope.type, data: envelope.data)
      return Input(caseID: caseID, cause: envelope.id, time: time, event: event)
    } catch {
      throw Rejection("\(envelope.type): \(error.reason)")
    }
  }

  package func process(_ input: Input, state: inout Never?, at time: Instant) -> [Effect] {
    let system = Actor(role: .system, id: "relay")
    switch input.event {
    case .merged(let merged):
      return [command(.recordMerged(CaseCommand.RecordMerged(other: input.caseID)), to: merged.into, input)]
    case .unmerged(let unmerged):
      return [command(.recordUnmerged(CaseCommand.RecordMerged(other: input.caseID)), to: unmerged.from, input)]
    case .mergeDeclined(let declined):
      let unmerge = CaseCommand.Unmerge(
        by: "系统", actor: system, reason: declined.reason, from: input.caseID)
      return [command(.unmerge(unmerge), to: declined.other, input)]
    case .replied(let replied):
      return (replied.merged ?? []).enumerated().map { index, member in
        var reply = replied.reply
        (reply.actor, reply.lead) = (system, input.caseID)
        return command(.reply(reply), to: member, input, index, at: replied.at)
      }
    case .refused(let refused):
      return (refused.merged ?? []).enumerated().map { index, member in
        var refusal = refused.refusal
        (refusal.actor, refusal.lead) = (system, input.caseID)
        return command(.refuse(refusal), to: member, input, index, at: refused.at)
      }
    case .supervisionRequested(let request):
      let key = "supervision-\(request.year)"
      let ask = SupervisionAsk(caseID: input.caseID, event: input.cause, of: request.of)
      let event = CloudEvent(
        id: input.cause + ".0", source: Sources.relay, type: EventTypes.supervisionAsk, subject: key, time: input.time,
        data: JSONData.encode(ask))
      return [.emit(to: Topics.quotas, event.record(key: Array(key.utf8)))]
    default: return []
    }
  }

  private func command(
    _ command: CaseCommand, to caseID: CaseID, _ input: Input, _ index: Int = 0, at time: GivenTime? = nil
  ) -> Effect {
    let event = CloudEvent(
      id: "\(input.cause).\(index)", source: Sources.relay, type: command.type, subject: caseID.text,
      time: time ?? input.time, data: command.data)
    return .emit(to: Topics.commands, event.record(key: caseID.key))
  }
}
