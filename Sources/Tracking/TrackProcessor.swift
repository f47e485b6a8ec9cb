package import Cases
package import EventLog
package import Streams
package import Time

/// The case itself: its state and its deadlines. The only writer of case state.
package struct TrackProcessor: Processor {
  package typealias State = CaseState

  package let name = "track"
  package let inputs = [Topics.commands]
  package let counters = CaseTurn.counted

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
    var known = state ?? CaseState()
    let digest = input.identity.shortDigest
    if known.seen.contains(digest) { return [CaseTurn.duplicate(of: input)] }
    var effects: [Effect] = []
    if let opened = known.opened {
      var turn = turn(input.caseID, opened, known, at: time)
      perform(input, &turn)
      known.keep(turn)
      effects = turn.effects
      // What the case keeps of it tells a copy; a matter of hundreds must not fill its memory.
      if case .recordSimilar = input.command {
        state = known
        return effects
      }
    } else if case .open(let open) = input.command {
      let turn = CaseTurn(
        opening: open, input.caseID, cause: input.reference.id, calendar: calendar, policy: policy, now: time)
      effects = turn.effects + [.cancel(Self.orphanTimer)]
      if !known.waiting.isEmpty { effects.append(.release) }
      known.waiting = []
      known.keep(turn)
    } else {
      return wait(input, digest, &known, &state, at: time)
    }
    known.seen.append(digest)
    state = known
    return effects
  }

  /// A command before its case.
  private func wait(
    _ input: CommandRecord, _ digest: UInt64, _ known: inout CaseState, _ state: inout CaseState?, at time: Instant
  ) -> [Effect] {
    if let copy = known.waiting.first(where: { $0.digest == digest }) {
      return [copy.offset == input.offset ? .hold : CaseTurn.duplicate(of: input)]
    }
    guard known.waiting.count < Self.maximumWaiting else {
      return [.bury(reason: "\(Self.maximumWaiting) commands wait for this case already")]
    }
    known.waiting.append(CaseState.Waiting(digest: digest, offset: input.offset))
    state = known
    return known.waiting.count == 1
      ? [.hold, .schedule(Self.orphanTimer, generation: 1, at: time + orphanWait)] : [.hold]
  }

  private func turn(_ id: CaseID, _ opened: CaseState.Opened, _ state: CaseState, at time: Instant) -> CaseTurn {
    CaseTurn(id, opened, sequence: state.sequence, calendar: calendar, policy: policy, now: time)
  }

  // MARK: Commands

  private func perform(_ input: CommandRecord, _ turn: inout CaseTurn) {
    switch input.command {
    case .open(let open):
      turn.cause = input.reference.id
      return turn.supplement(open.submission)
    case .recordSimilar(let similar):
      turn.cause = input.reference.id
      return turn.recordSimilar(similar, input)
    default: break
    }
    turn.reviseDeadline()
    turn.endPauseIfOver(by: input.time.instant)
    turn.cause = input.reference.id
    if let reason = refusal(of: input, turn.opened) { return turn.refuse(input, reason) }
    switch input.command {
    case .open, .recordSimilar: break
    case .assign(let data): turn.assign(data, input)
    case .sign(let data): turn.sign(data, input)
    case .reply(let data): turn.reply(data, input)
    case .refuse(let data): turn.refuse(data, input)
    case .transfer(let data): turn.transfer(data, input)
    case .return(let data): turn.return(data, input)
    case .coHandle(let data): turn.coHandle(data, input)
    case .escalate(let data): turn.escalate(data, input)
    case .raise(let data): turn.raise(data, input)
    case .supervise(let data): turn.supervise(data, input)
    case .grantSupervision(let data): turn.grantSupervision(data, input)
    case .requestExtension(let data): turn.requestExtension(data, input)
    case .extend(let data): turn.extend(data, input)
    case .denyExtension(let data): turn.denyExtension(data, input)
    case .pause(let data): turn.pause(data, input)
    case .resume(let data): turn.resume(data, input)
    case .merge(let data): turn.merge(data, input)
    case .unmerge(let data): turn.unmerge(data, input)
    case .recordMerged(let data): turn.recordMerged(data, input)
    case .recordUnmerged(let data): turn.recordUnmerged(data, input)
    case .recordDelivery(let data): turn.recordDelivery(data, input)
    case .rate(let data): turn.rate(data, input)
    case .reopen(let data): turn.reopen(data, input)
    case .review(let data): turn.review(data, input)
    case .close(let data): turn.close(data, input)
    case .correctCategory(let data): turn.correctCategory(data, input)
    case .erase(let data): turn.erase(data, input)
    case .disclose(let data): turn.disclose(data, input)
    }
  }

  /// Why a command can't be what it says it is, or isn't one for now, or for whoever gives it; what else it may be
  /// refused for, its own rule says.
  private func refusal(of input: CommandRecord, _ opened: CaseState.Opened) -> String? {
    // semantics.md, "Time".
    if input.time.instant > input.recorded + Self.clockTolerance {
      return "its time is more than 5 minutes later than its arrival"
    }
    if input.time.instant < opened.received.instant, !input.isShared {
      return "its time is before the case was received"
    }
    let kind = input.command.kind
    if opened.reopened != nil, kind == .reply || kind == .refuse, !input.isShared, input.time.instant < opened.since {
      return "its time is before the case was taken up again"
    }
    if case .refused(let reason) = CaseLife.outcome(of: kind, in: opened.stage) { return reason }
    guard let actor = input.command.actor else {
      return policy.requiresActor && CaseRights.needsActor(kind) && input.reference.source != Sources.route
        ? "it does not say in which capacity it is given" : nil
    }
    let rights = CaseRights(
      owner: opened.owner.id, offered: opened.offered?.id, supervisor: opened.supervisor)
    return rights.refusal(of: kind, by: actor)
  }

  // MARK: Timers

  package func punctuate(_ timer: Streams.Timer, state: inout CaseState?, at time: Instant) -> [Effect] {
    guard let key = String(validating: timer.key, as: UTF8.self), let caseID = CaseID(key), var known = state else {
      return []
    }
    if timer.kind == Self.orphanTimer {
      guard known.opened == nil else { return [] }
      state = nil
      return [.buryHeld(reason: "no case of this id was opened within \(orphanWait)")]
    }
    guard let opened = known.opened, let kind = CaseLife.TimerKind(rawValue: timer.kind) else { return [] }
    var turn = turn(caseID, opened, known, at: time)
    switch kind {
    case .sign, .reminder, .overdue, .supervision, .report, .escalation:
      turn.reviseDeadline()
      turn.sayWhatIsDue(by: timer.due)
    case .resume: turn.endPause(by: nil, at: GivenTime(timer.due))
    case .delivery: turn.giveUpDelivery(timer.due)
    case .rating: turn.endRating(timer.due)
    case .review: turn.sayReviewIsDue(timer)
    }
    known.keep(turn)
    state = known
    return turn.effects
  }

  // MARK: New rules

  /// The policy and the holiday plans of ``CaseRules``.
  package func adopting(_ rules: [UInt8]) throws(Rejection) -> TrackProcessor? {
    do throws(Malformed) {
      let rules = try CaseRules(json: rules)
      return TrackProcessor(calendar: rules.workingCalendar, policy: rules.policy, orphanWait: orphanWait)
    } catch {
      throw Rejection("the rules can't be read: \(error.reason)")
    }
  }

  /// An open case's deadline moves with the rules; see ``CaseTurn/reviseDeadline()``.
  package func revise(_ key: [UInt8], state: inout CaseState?, at time: Instant) -> [Effect] {
    guard let text = String(validating: key, as: UTF8.self), let caseID = CaseID(text), var known = state,
      let opened = known.opened
    else { return [] }
    var turn = turn(caseID, opened, known, at: time)
    turn.reviseDeadline()
    known.keep(turn)
    state = known
    return turn.effects
  }

  static let orphanTimer: Streams.Timer.Kind = "orphan"
}
