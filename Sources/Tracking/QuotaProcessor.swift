import Cases
package import EventLog
package import Streams
package import Time

/// A case that wants to be one of the year's key supervisions: the data of `cn.huiyin.supervision.asked.v1` on `quotas`,
/// keyed by the year.
struct SupervisionAsk: Codable, Hashable {
  var caseID: CaseID
  /// The `ce_id` of the event that asked.
  var event: String
  /// How many the year may have.
  var of: Int
}

/// Counts the year's key supervisions (重点督办, about 20 a year), which lie in all partitions: each year is one key.
package struct QuotaProcessor: Processor {
  package struct State: StoredState, Codable, Hashable {
    /// In the order in which they were given out: the first is number 1.
    var cases: [CaseID] = []
  }

  package struct Input: Sendable {
    var ask: SupervisionAsk
    var id: String
    var time: GivenTime
  }

  package let name = "quota"
  package let inputs = [Topics.quotas]

  package init() {}

  package func decode(_ record: StoredRecord) throws(Rejection) -> Input {
    let (envelope, _) = try CloudEvent.keyed(record)
    guard envelope.type == EventTypes.supervisionAsk else { throw Rejection("unknown type \(envelope.type)") }
    do throws(Malformed) {
      return Input(
        ask: try JSONData.decode(SupervisionAsk.self, from: envelope.data), id: envelope.id,
        time: envelope.time ?? GivenTime(record.timestamp))
    } catch {
      throw Rejection(error.reason)
    }
  }

  /// A case that asks again, having been given a number, is given the same one.
  package func process(_ input: Input, state: inout State?, at time: Instant) -> [Effect] {
    var known = state ?? State()
    let ask = input.ask
    if !known.cases.contains(ask.caseID), known.cases.count < ask.of { known.cases.append(ask.caseID) }
    state = known
    let number = known.cases.firstIndex(of: ask.caseID).map { $0 + 1 }
    let command = CaseCommand.grantSupervision(
      CaseCommand.GrantSupervision(event: ask.event, number: number, of: ask.of))
    let event = CloudEvent(
      id: input.id + ".0", source: Sources.quota, type: command.type, subject: ask.caseID.text, time: input.time,
      data: command.data)
    return [.emit(to: Topics.commands, event.record(key: ask.caseID.key))]
  }

  package func punctuate(_ timer: Streams.Timer, state: inout State?, at time: Instant) -> [Effect] { [] }
}
