import Cases
import EventLog
import Streams
import Time

/// One turn of a case: from its state and a command or timer to its next state and what follows.
///
/// Each rule is a method that appends the events that it makes happen.
struct CaseTurn {
  var state: CaseState
  var effects: [Effect] = []
  private let caseID: CaseID
  private let calendar: WorkingCalendar
  private let policy: ReplyPolicy
  private let now: Instant

  static let reminderTimer: Streams.Timer.Kind = "reminder"
  static let overdueTimer: Streams.Timer.Kind = "overdue"
  static let deliveryTimer: Streams.Timer.Kind = "delivery"

  init(_ caseID: CaseID, _ state: CaseState, calendar: WorkingCalendar, policy: ReplyPolicy, now: Instant) {
    self.caseID = caseID
    self.state = state
    self.calendar = calendar
    self.policy = policy
    self.now = now
  }

  // MARK: Opinions

  mutating func open(_ command: CaseCommand.Open) {
    let received = command.submission.received
    let isUrgent = command.classification.reading?.isUrgent ?? false
    let deadline = replyDeadline(received, workingDays: policy.workingDays(urgent: isUrgent), generation: 1)
    state.opened = CaseState.Opened(received: received, deadline: deadline)
    if isUrgent { state.opened?.urgent = true }
    emit(.opened(CaseEvent.Opened(submission: command.submission, deadline: deadline)), at: received)
    emit(.classified(command.classification), at: received)
    emit(.assigned(command.assignment), at: received)
    if deadline.provisional { effects.append(.count(Counted("huiyin_deadlines_provisional"))) }
    setTimers()
  }

  mutating func supplement(_ submission: Submission) {
    emit(.supplemented(submission), at: submission.received)
  }

  /// Tells the case of a similar one, once, whatever has become of it since. A matter that everybody writes about has too
  /// many to list.
  mutating func recordSimilar(_ similar: CaseCommand.RecordSimilar, _ input: CommandRecord) {
    guard var opened = state.opened, similar.other != caseID else {
      return effects.append(.bury(reason: "a case is not similar to itself"))
    }
    let known = opened.similar ?? []
    guard !known.contains(similar.other) else { return effects.append(Self.duplicate(of: input)) }
    guard known.count < CaseCommand.RecordSimilar.maximum else {
      return effects.append(.count(Counted("huiyin_similar_cases_left_out")))
    }
    opened.similar = known + [similar.other]
    state.opened = opened
    emit(.similarFound(CaseEvent.SimilarFound(other: similar.other, score: similar.score)), at: input.time)
  }

  // MARK: Replies

  mutating func reply(_ reply: CaseCommand.Reply, _ input: CommandRecord) {
    let at = input.time
    sayWhatIsDue(by: at.instant)
    guard var opened = state.opened else { return }
    let deadline = Deadline(lastDay: opened.deadline.due, provisional: opened.deadline.provisional)
    let overdue = deadline.isMissed(byReplyAt: at.instant)
    let isFirst = opened.replied.map { at.instant < $0.instant } ?? true
    if opened.saidOverdue, !overdue, isFirst {
      opened.saidOverdue = false
      let generation = opened.deadline.generation
      emit(.overdueWithdrawn(CaseEvent.OverdueWithdrawn(generation: generation, repliedAt: at)), at: at)
    }
    let days = calendar.workingDays(
      after: TimeOffset.shanghai.date(of: opened.received.instant), through: TimeOffset.shanghai.date(of: at.instant))
    let distance = input.recorded - at.instant
    let recorded = abs(distance.milliseconds) > 3_600_000 ? GivenTime(input.recorded) : nil
    let event = CaseEvent.Replied(
      reply: reply, at: at, recorded: recorded, historic: input.historic, workingDays: days, overdue: overdue)
    let id = emit(.replied(event), at: at)
    if isFirst { opened.replied = at }
    if opened.phase == .open {
      opened.phase = .replied
      opened.reminder = nil
      effects += [.cancel(Self.reminderTimer), .cancel(Self.overdueTimer)]
    }
    opened.answers.append(id + ".0")
    opened.unrated = true
    let wait = calendar.deadline(received: now, workingDays: policy.deliveryWorkingDays).expires
    effects.append(.schedule(Self.deliveryTimer, generation: state.sequence, at: wait))
    state.opened = opened
  }

  mutating func recordDelivery(_ delivery: CaseCommand.RecordDelivery, _ input: CommandRecord) {
    guard let opened = state.opened, opened.answers.contains(delivery.feedback) else {
      // A carrier that confirms what is settled already, such as an answer that was given by phone.
      if state.opened?.settled.contains(delivery.feedback) == true {
        return effects.append(Self.duplicate(of: input))
      }
      return refuse(input, "it names no answer of this case that is on its way")
    }
    let reason = delivery.result == .failed ? delivery.reason ?? "no reason given" : nil
    settle(
      CaseEvent.Delivery(feedback: delivery.feedback, channel: delivery.channel, reason: reason),
      delivered: delivery.result == .delivered, at: input.time)
  }

  /// Each reply can be rated once, also after the case is closed.
  mutating func rate(_ rate: CaseCommand.Rate, _ input: CommandRecord) {
    guard let opened = state.opened, opened.replied != nil else { return refuse(input, "it has not been answered yet") }
    guard opened.unrated == true else { return refuse(input, "its latest reply has been rated") }
    state.opened?.unrated = nil
    emit(.rated(CaseEvent.Rated(satisfaction: rate.satisfaction, text: rate.text)), at: input.time)
  }

  /// A person's word stands above code, rules and model; who owns the case stays as it is.
  mutating func correctCategory(_ correction: CaseCommand.CorrectCategory, _ input: CommandRecord) {
    emit(.classified(Classification(correction)), at: input.time)
  }

  static func duplicate(of input: CommandRecord) -> Effect {
    .count(Counted("huiyin_duplicates_suppressed", ["type": input.type]))
  }

  mutating func giveUpDelivery(_ due: Instant) {
    for answer in state.opened?.answers ?? [] {
      let delivery = CaseEvent.Delivery(
        feedback: answer, channel: "unknown",
        reason: "nobody confirmed within \(policy.deliveryWorkingDays) working days that it arrived")
      settle(delivery, delivered: false, at: GivenTime(due))
    }
  }

  /// An answer has arrived, or is known not to arrive: in this form of the pipeline that closes its case.
  private mutating func settle(_ delivery: CaseEvent.Delivery, delivered: Bool, at time: GivenTime) {
    guard var opened = state.opened else { return }
    opened.answers.removeAll { $0 == delivery.feedback }
    opened.settled.append(delivery.feedback)
    emit(delivered ? .delivered(delivery) : .undelivered(delivery), at: time)
    if opened.answers.isEmpty { effects.append(.cancel(Self.deliveryTimer)) }
    if opened.phase == .replied, delivered || opened.answers.isEmpty {
      opened.phase = .closed
      emit(.closed(CaseEvent.Closed(outcome: delivered ? .answered : .unreachable)), at: time)
    }
    state.opened = opened
  }

  mutating func refuse(_ input: CommandRecord, _ reason: String) {
    let refused = CaseEvent.RefusedCommand(command: input.reference, type: input.type, reason: reason)
    emit(.refusedCommand(refused), at: input.time)
  }

  // MARK: Deadlines

  /// Says the reminder and the expiry that were due by then and haven't been said, in due order; each only once.
  mutating func sayWhatIsDue(by moment: Instant) {
    guard var opened = state.opened, opened.phase == .open else { return }
    if let due = opened.reminder, due <= moment {
      opened.reminder = nil
      effects.append(.cancel(Self.reminderTimer))
      emit(.reminded(deadlineEvent(opened, due)), at: GivenTime(due))
    }
    let expires = opened.deadline.expires.instant
    if !opened.saidOverdue, expires <= moment {
      opened.saidOverdue = true
      effects.append(.cancel(Self.overdueTimer))
      emit(.overdue(deadlineEvent(opened, expires)), at: GivenTime(expires))
    }
    state.opened = opened
  }

  /// Works the deadline out anew where the calendar or the policy has changed since: an open case follows the rules in
  /// force, one that is answered or overdue keeps what it was judged by.
  mutating func reviseDeadline() {
    guard var opened = state.opened, opened.phase == .open, !opened.saidOverdue,
      opened.deadline.calendar != calendar.version || opened.deadline.policy != policy.version
    else { return }
    let old = opened.deadline
    let workingDays = policy.workingDays(urgent: opened.urgent ?? false)
    let new = replyDeadline(opened.received, workingDays: workingDays, generation: old.generation + 1)
    guard new.due != old.due || new.provisional != old.provisional || new.workingDays != old.workingDays else { return }
    opened.deadline = new
    state.opened = opened
    emit(.deadlineChanged(CaseEvent.DeadlineChanged(from: old, to: new)), at: GivenTime(now))
    setTimers()
  }

  /// A reminder that was said of an earlier deadline is said again of a new one only if its time is yet to come.
  private mutating func setTimers() {
    guard var opened = state.opened else { return }
    let deadline = Deadline(lastDay: opened.deadline.due, provisional: opened.deadline.provisional)
    let generation = opened.deadline.generation
    let isPending = generation == 1 || opened.reminder != nil
    let reminder = policy.reminder(
      for: deadline, workingDays: opened.deadline.workingDays, received: opened.received.instant, in: calendar)
    opened.reminder = reminder.flatMap { isPending || $0 > now ? $0 : nil }
    if let reminder = opened.reminder {
      effects.append(.schedule(Self.reminderTimer, generation: generation, at: reminder))
    } else if generation > 1 {
      effects.append(.cancel(Self.reminderTimer))
    }
    effects.append(.schedule(Self.overdueTimer, generation: generation, at: deadline.expires))
    state.opened = opened
  }

  private func replyDeadline(_ received: GivenTime, workingDays: Int, generation: Int) -> CaseEvent.ReplyDeadline {
    let deadline = calendar.deadline(received: received.instant, workingDays: workingDays)
    return CaseEvent.ReplyDeadline(
      due: deadline.lastDay, expires: GivenTime(deadline.expires), workingDays: workingDays,
      calendar: calendar.version, policy: policy.version, provisional: deadline.provisional, generation: generation)
  }

  private func deadlineEvent(_ opened: CaseState.Opened, _ due: Instant) -> CaseEvent.DeadlineEvent {
    CaseEvent.DeadlineEvent(
      due: opened.deadline.due, generation: opened.deadline.generation, firedAt: GivenTime(now),
      lateBy: max(0, (now - due).components.seconds))
  }

  // MARK: Events

  /// - Returns: the event's id, derived from the case and its place in it.
  @discardableResult
  private mutating func emit(_ event: CaseEvent, at time: GivenTime) -> String {
    state.sequence += 1
    let id = "\(caseID).\(state.sequence)"
    let envelope = CloudEvent(
      id: id, source: Sources.track, type: event.type, subject: caseID.text, time: time,
      extensions: ["sequence": String(state.sequence)], data: event.data)
    effects.append(.emit(to: Topics.cases, envelope.record(key: caseID.key)))
    return id
  }
}
