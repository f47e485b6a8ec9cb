package import Cases
package import EventLog
package import Streams
package import Time

/// What to tell whom, in which words, over which channel that can still reach them: see ``FeedbackTurn`` and
/// ``FeedbackRules``.
package struct FeedbackProcessor: Processor {
  package typealias State = FeedbackState

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

  package let name = "feedback"
  package let inputs = [Topics.cases]
  private let rules: FeedbackRules
  private let link: (@Sendable (CaseID) -> String)?

  /// - Parameter link: the address of a case's page with its key, for the citizen; `nil` where nobody knows one.
  package init(rules: FeedbackRules, link: (@Sendable (CaseID) -> String)? = nil) {
    self.rules = rules
    self.link = link
  }

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

  package func process(
    _ input: Input, state: inout FeedbackState?, at time: Instant
  ) throws(Rejection) -> [Effect] {
    if case .opened(let opened) = input.event { state = FeedbackState(opened) }
    guard let known = state else { throw Rejection("\(input.event.name) before the case was opened") }
    var turn = FeedbackTurn(
      input.caseID, known, cause: input.id, causeTime: input.time, rules: rules, link: link, now: time)
    turn.take(input.event)
    state = turn.state
    return turn.effects
  }

  package func punctuate(_ timer: Streams.Timer, state: inout FeedbackState?, at time: Instant) -> [Effect] {
    guard let key = String(validating: timer.key, as: UTF8.self), let caseID = CaseID(key), let known = state,
      timer.kind == FeedbackTurn.attemptTimer
    else { return [] }
    var turn = FeedbackTurn(
      caseID, known, cause: "", causeTime: GivenTime(timer.due), rules: rules, link: link, now: time)
    turn.timeIsUp(timer.due)
    state = turn.state
    return turn.effects
  }
}
