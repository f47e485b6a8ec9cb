package import Cases
package import EventLog
package import Streams
package import Time

/// What to tell whom, over which channel: the answer to the citizen over the channel they came by, a notice to the owner
/// when a case comes to them, when its reply is due soon, and when it is overdue.
package struct FeedbackProcessor: Processor {
  /// What must be remembered of a case so as to know whom to tell.
  package struct State: StoredState, Codable, Hashable {
    var channel: String
    var owner: Owner?

    package init(stored bytes: [UInt8]) throws {
      self = try JSONData.decode(Self.self, from: bytes)
    }

    package func stored() throws -> [UInt8] {
      JSONData.encode(self)
    }

    init(channel: String) {
      self.channel = channel
    }
  }

  /// An event of a case as it was read.
  package struct Input: Hashable, Sendable {
    package var caseID: CaseID
    package var id: String
    package var time: GivenTime
    package var event: CaseEvent

    package init(caseID: CaseID, id: String, time: GivenTime, event: CaseEvent) {
      self.caseID = caseID
      self.id = id
      self.time = time
      self.event = event
    }
  }

  /// Channels over which somebody else must carry the answer, and says whether it arrived; over all others the citizen
  /// reads it on the page of their case.
  package static let carriedChannels: Set<String> = ["wechat", "phone", "sms", "letter"]

  package let name = "feedback"
  package let inputs = [Topics.cases]

  package init() {}

  package func decode(_ record: StoredRecord) throws(Rejection) -> Input {
    let (envelope, key) = try CloudEvent.keyed(record)
    guard let caseID = CaseID(key) else { throw Rejection("the record's key is not a case id") }
    guard CaseEvent.name(of: envelope.type) != nil else { throw Rejection("unknown type \(envelope.type)") }
    do throws(Malformed) {
      let event = try CaseEvent(type: envelope.type, data: envelope.data)
      return Input(
        caseID: caseID, id: envelope.id, time: envelope.time ?? GivenTime(record.timestamp), event: event)
    } catch {
      throw Rejection("\(envelope.type): \(error.reason)")
    }
  }

  package func process(_ input: Input, state: inout State?, at time: Instant) throws(Rejection) -> [Effect] {
    if case .opened(let opened) = input.event {
      state = State(channel: opened.submission.statement.channel)
      return []
    }
    guard var known = state else { throw Rejection("\(input.event.name) before the case was opened") }
    switch input.event {
    case .assigned(let assignment):
      known.owner = assignment.owner
      state = known
      return [notice(.assigned, input, due: nil, known)]
    case .reminded(let event): return [notice(.reminder, input, due: event.due, known)]
    case .overdue(let event): return [notice(.overdue, input, due: event.due, known)]
    case .replied(let replied): return answer(replied, input, known)
    default: return []
    }
  }

  package func punctuate(_ timer: Streams.Timer, state: inout State?, at time: Instant) -> [Effect] { [] }

  private func notice(_ what: Notice.What, _ input: Input, due: CalendarDate?, _ state: State) -> Effect {
    let notice = Notice(owner: state.owner, what: what, event: input.id, due: due)
    return feedback(EventTypes.notice, JSONData.encode(notice), input)
  }

  private func answer(_ replied: CaseEvent.Replied, _ input: Input, _ state: State) -> [Effect] {
    let answer = Answer(
      channel: state.channel, event: input.id, by: replied.reply.by, method: replied.reply.method,
      text: replied.reply.text)
    var effects = [feedback(EventTypes.answer, JSONData.encode(answer), input)]
    let heardItAlready = replied.reply.method == .onTheSpot || replied.reply.method == .phone
    if heardItAlready || !Self.carriedChannels.contains(state.channel) {
      let command = CaseCommand.recordDelivery(
        CaseCommand.RecordDelivery(
          feedback: input.id + ".0", channel: heardItAlready ? replied.reply.method.rawValue : state.channel,
          result: .delivered))
      let event = CloudEvent(
        id: input.id + ".1", source: Sources.feedback, type: command.type, subject: input.caseID.text,
        time: input.time, data: command.data)
      effects.append(.emit(to: Topics.commands, event.record(key: input.caseID.key)))
    }
    return effects
  }

  /// The id is derived from the event's, so that a consumer that gets it twice can show it once.
  private func feedback(_ type: String, _ data: [UInt8], _ input: Input) -> Effect {
    let event = CloudEvent(
      id: input.id + ".0", source: Sources.feedback, type: type, subject: input.caseID.text, time: input.time,
      data: data)
    return .emit(to: Topics.feedback, event.record(key: input.caseID.key))
  }
}
