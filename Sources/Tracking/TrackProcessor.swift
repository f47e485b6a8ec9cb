package import Cases
package import EventLog
package import Streams
package import Time

/// The case itself: its state and its deadlines. The only writer of case state.
package struct TrackProcessor: Processor {
  package typealias State = CaseState

  package let name = "track"
  package let inputs = [Topics.commands]

  private let calendar: WorkingCalendar
  private let policy: ReplyPolicy
  /// How long a command may wait for its case.
  private let orphanWait: Duration

  /// The most commands that wait for one case.
  package static let maximumWaiting = 100
  /// How far a sender's clock may be ahead of the log's.
  package static let clockTolerance = Duration.seconds(300)

  package init(calendar: WorkingCalendar, policy: ReplyPolicy, orphanWait: Duration = .seconds(24 * 3600)) {
    self.calendar = calendar
    self.policy = policy
    self.orphanWait = orphanWait
  }

  package func decode(_ record: StoredRecord) throws(Rejection) -> CommandRecord {
    let (event, key) = try CloudEvent.keyed(record)
    guard let caseID = CaseID(key) else { throw Rejection("the record's key is not a case id") }
    guard CaseCommand.types.contains(event.type) else { throw Rejection("unknown type \(event.type)") }
    do throws(Malformed) {
      return CommandRecord(
        caseID: caseID, reference: OpinionReference(source: event.source, id: event.id),
        command: try CaseCommand(type: event.type, data: event.data), time: event.time ?? GivenTime(record.timestamp),
        recorded: record.timestamp, historic: event.extensions["historic"] == "true",
        offset: record.offset)
    } catch {
      throw Rejection("\(event.type): \(error.reason)")
    }
  }

  package func process(
    _ input: CommandRecord, state: inout CaseState?, at time: Instant
  ) throws(Rejection) -> [Effect] {
    var turn = CaseTurn(input.caseID, state ?? CaseState(), calendar: calendar, policy: policy, now: time)
    let digest = input.identity.shortDigest
    let duplicate = CaseTurn.duplicate(of: input)
    if turn.state.seen.contains(digest) { return [duplicate] }
    switch (input.command, turn.state.opened) {
    case (.open(let open), nil):
      turn.open(open)
      turn.effects.append(.cancel(Self.orphanTimer))
      if !turn.state.waiting.isEmpty { turn.effects.append(.release) }
      turn.state.waiting = []
    case (.open(let open), .some): turn.supplement(open.submission)
    case (_, nil):
      if let copy = turn.state.waiting.first(where: { $0.digest == digest }) {
        return [copy.offset == input.offset ? .hold : duplicate]
      }
      guard turn.state.waiting.count < Self.maximumWaiting else {
        return [.bury(reason: "\(Self.maximumWaiting) commands wait for this case already")]
      }
      turn.state.waiting.append(CaseState.Waiting(digest: digest, offset: input.offset))
      state = turn.state
      return turn.state.waiting.count == 1
        ? [.hold, .schedule(Self.orphanTimer, generation: 1, at: time + orphanWait)] : [.hold]
    case (.recordSimilar(let similar), .some):
      turn.recordSimilar(similar, input)
      // What the case keeps of it tells a copy; a matter of hundreds must not fill its memory.
      state = turn.state
      return turn.effects
    case (let command, .some):
      turn.reviseDeadline()
      if let reason = refusal(of: input, turn.state) {
        turn.refuse(input, reason)
      } else if case .reply(let reply) = command {
        turn.reply(reply, input)
      } else if case .recordDelivery(let delivery) = command {
        turn.recordDelivery(delivery, input)
      } else if case .rate(let rate) = command {
        turn.rate(rate, input)
      } else if case .correctCategory(let correction) = command {
        turn.correctCategory(correction, input)
      }
    }
    turn.state.seen.append(digest)
    state = turn.state
    return turn.effects
  }

  /// Why a command can't be what it says it is, whatever it asks for (semantics.md, "Time").
  private func refusal(of input: CommandRecord, _ state: CaseState) -> String? {
    if input.time.instant > input.recorded + Self.clockTolerance {
      return "its time is more than 5 minutes later than its arrival"
    }
    if let received = state.opened?.received, input.time.instant < received.instant {
      return "its time is before the case was received"
    }
    return nil
  }

  package func punctuate(_ timer: Streams.Timer, state: inout CaseState?, at time: Instant) -> [Effect] {
    guard let key = String(validating: timer.key, as: UTF8.self), let caseID = CaseID(key), let known = state else {
      return []
    }
    var turn = CaseTurn(caseID, known, calendar: calendar, policy: policy, now: time)
    switch timer.kind {
    case Self.orphanTimer:
      guard known.opened == nil else { return [] }
      state = nil
      return [.buryHeld(reason: "no case of this id was opened within \(orphanWait)")]
    case CaseTurn.reminderTimer, CaseTurn.overdueTimer:
      turn.reviseDeadline()
      turn.sayWhatIsDue(by: timer.due)
    case CaseTurn.deliveryTimer: turn.giveUpDelivery(timer.due)
    default: break
    }
    state = turn.state
    return turn.effects
  }

  static let orphanTimer: Streams.Timer.Kind = "orphan"
}
