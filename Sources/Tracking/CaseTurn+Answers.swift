import Cases
import Streams
import Time

/// Answers, whether they arrive, what the citizen says of them, and how a case ends.
extension CaseTurn {
  // MARK: Answering

  mutating func reply(_ reply: CaseCommand.Reply, _ input: CommandRecord) {
    guard isMember(of: reply.lead) else { return refuse(input, "it is not handled together with that case") }
    answer(reply.lead != nil, input) { turn, at, days, overdue, owner in
      let distance = input.recorded - at.instant
      let recorded = abs(distance.milliseconds) > 3_600_000 ? GivenTime(input.recorded) : nil
      return .replied(
        CaseEvent.Replied(
          reply: reply, at: at, recorded: recorded, historic: input.historic, workingDays: days, overdue: overdue,
          owner: owner, merged: turn.opened.members))
    }
  }

  /// 不予受理: its reason is the answer.
  mutating func refuse(_ refusal: CaseCommand.Refuse, _ input: CommandRecord) {
    guard isMember(of: refusal.lead) else { return refuse(input, "it is not handled together with that case") }
    answer(refusal.lead != nil, input) { turn, at, days, overdue, owner in
      .refused(
        CaseEvent.Refused(
          refusal: refusal, at: at, workingDays: days, overdue: overdue, owner: owner, merged: turn.opened.members))
    }
  }

  /// Whoever was answered on their own isn't answered again with the others, but for a second answer of the one that led.
  private func isMember(of lead: CaseID?) -> Bool {
    lead == nil || opened.mergedInto == lead && (opened.stage == .merged || opened.sharedAnswer == true)
  }

  /// - Parameter isShared: the answer was given in the case that leads, perhaps before this one's opinion came.
  private mutating func answer(
    _ isShared: Bool, _ input: CommandRecord,
    _ event: (CaseTurn, _ at: GivenTime, _ workingDays: Int, _ overdue: Bool, _ owner: Owner?) -> CaseEvent
  ) {
    let at = isShared && input.time.instant < opened.since ? GivenTime(opened.since) : input.time
    if opened.stage == .paused { endPause(by: nil, at: at) }
    sayWhatIsDue(by: at.instant)
    let overdue = at.instant >= opened.deadline.expires.instant
    let isFirst = opened.replied.map { at.instant < $0.instant } ?? true
    if opened.saidOverdue, !overdue, isFirst {
      opened.saidOverdue = false
      let generation = opened.deadline.generation
      emit(.overdueWithdrawn(CaseEvent.OverdueWithdrawn(generation: generation, repliedAt: at)), at: at)
    }
    let days = calendar.workingDays(
      after: TimeOffset.shanghai.date(of: opened.since), through: TimeOffset.shanghai.date(of: at.instant))
    let isOpen = opened.stage != .replied && opened.stage != .closed
    // Whoever answers takes it upon themselves.
    let owner = isOpen ? newOwner(input) : nil
    let id = emit(event(self, at, days, overdue, owner), at: at)
    if isFirst { opened.replied = at }
    if isOpen {
      opened.stage = .replied
      opened.owner = owner ?? opened.owner
      (opened.offered, opened.aside, opened.extensionAsked, opened.asked) = (nil, nil, nil, nil)
      clearAll()
    }
    opened.answers.append(id + ".0")
    opened.sharedAnswer = isShared ? true : nil
    (opened.unrated, opened.rated) = (true, nil)
    let wait = calendar.deadline(received: now, workingDays: policy.deliveryWorkingDays).expires
    wake(.delivery, at: wait)
  }

  private func newOwner(_ input: CommandRecord) -> Owner? {
    guard let offered = opened.offered, offered != opened.owner else { return nil }
    guard let actor = input.command.actor, actor.role != .system else {
      // What was said before it was offered was said by who had it then.
      return input.time.instant >= opened.offeredAt ?? .distantPast ? offered : nil
    }
    return actor.id == offered.id ? offered : nil
  }

  // MARK: Arriving

  mutating func recordDelivery(_ command: CaseCommand.RecordDelivery, _ input: CommandRecord) {
    var delivery = command
    // A further attempt's record is named after the answer's first one: see FeedbackProcessor.
    delivery.feedback = String(command.feedback.prefix { $0 != "/" })
    guard isOnItsWay(delivery.feedback) else {
      if opened.lost?.contains(delivery.feedback) == true, delivery.result == .delivered {
        return arriveAfterAll(delivery, input)
      }
      // A carrier that confirms what is settled already, such as an answer that was given by phone.
      if opened.settled.contains(delivery.feedback) { return effects.append(Self.duplicate(of: input)) }
      return refuse(input, "it names no answer of this case that is on its way")
    }
    let isDelivered = delivery.result == .delivered
    let event = CaseEvent.Delivery(
      feedback: delivery.feedback, channel: delivery.channel,
      reason: isDelivered ? nil : delivery.reason ?? "no reason given",
      final: isDelivered ? nil : delivery.final == true)
    guard isDelivered || delivery.final == true else {
      // Another channel is tried.
      return emitUndelivered(event, at: input.time)
    }
    settle(event, delivered: isDelivered, at: input.time)
  }

  /// It was given up, and yet it has arrived: a letter, say. A case that has been closed stays so.
  private mutating func arriveAfterAll(_ delivery: CaseCommand.RecordDelivery, _ input: CommandRecord) {
    opened.lost?.removeAll { $0 == delivery.feedback }
    if opened.lost?.isEmpty == true { opened.lost = nil }
    emit(
      .delivered(CaseEvent.Delivery(feedback: delivery.feedback, channel: delivery.channel)), at: input.time)
    hasArrived(at: input.time)
  }

  private func isOnItsWay(_ answer: String) -> Bool {
    opened.answers.contains(answer) || opened.oldAnswers?.contains(answer) == true
  }

  mutating func giveUpDelivery(_ due: Instant) {
    for answer in (opened.oldAnswers ?? []) + opened.answers {
      let delivery = CaseEvent.Delivery(
        feedback: answer, channel: "unknown",
        reason: "nobody confirmed within \(policy.deliveryWorkingDays) working days that it arrived", final: true)
      settle(delivery, delivered: false, at: GivenTime(due))
    }
  }

  private mutating func emitUndelivered(_ delivery: CaseEvent.Delivery, at time: GivenTime) {
    emit(.undelivered(delivery), at: time)
    effects.append(.count(Self.undelivered(isFinal: delivery.final == true)))
  }

  /// An answer has arrived, or is known not to arrive.
  private mutating func settle(_ delivery: CaseEvent.Delivery, delivered: Bool, at time: GivenTime) {
    let isCurrent = opened.answers.contains(delivery.feedback)
    opened.answers.removeAll { $0 == delivery.feedback }
    opened.oldAnswers?.removeAll { $0 == delivery.feedback }
    if opened.oldAnswers?.isEmpty == true { opened.oldAnswers = nil }
    opened.settled.append(delivery.feedback)
    if delivered { emit(.delivered(delivery), at: time) } else { emitUndelivered(delivery, at: time) }
    if opened.answers.isEmpty, opened.oldAnswers == nil { cancel(.delivery) }
    guard isCurrent else { return }
    if delivered { return hasArrived(at: time) }
    opened.lost = (opened.lost ?? []) + [delivery.feedback]
    if opened.stage == .replied, opened.answers.isEmpty, opened.arrived != true { close(by: nil, at: time) }
  }

  /// An answer of this round has arrived: its citizen may rate it, and then the case closes.
  private mutating func hasArrived(at time: GivenTime) {
    opened.arrived = true
    guard opened.stage == .replied else { return }
    if opened.rated == true || opened.historic == true || policy.ratingDays == 0 { return close(by: nil, at: time) }
    let end = calendar.end(of: .calendarDays(policy.ratingDays), from: max(now, time.instant))
    wake(.rating, at: end.expires)
  }

  // MARK: The citizen's word

  /// Each reply can be rated once, also after the case is closed.
  mutating func rate(_ rate: CaseCommand.Rate, _ input: CommandRecord) {
    guard opened.replied != nil else { return refuse(input, "it has not been answered yet") }
    guard opened.unrated == true else { return refuse(input, "its latest reply has been rated") }
    (opened.unrated, opened.rated) = (nil, true)
    emit(.rated(CaseEvent.Rated(satisfaction: rate.satisfaction, text: rate.text)), at: input.time)
    if rate.satisfaction == .unsatisfied, policy.unsatisfiedReopens, mayReopen {
      reopen(by: "citizen", reason: "不满意", at: input.time)
    } else if opened.stage == .replied, opened.arrived == true {
      close(by: nil, at: input.time)
    }
  }

  mutating func endRating(_ due: Instant) {
    if opened.stage == .replied { close(by: nil, at: GivenTime(due)) }
  }

  // MARK: Ending, and beginning again

  mutating func close(_ order: CaseCommand.Order, _ input: CommandRecord) {
    guard opened.arrived == true || opened.answers.isEmpty else {
      return refuse(input, "its answer is still on its way to the citizen")
    }
    close(by: order.by, at: input.time)
  }

  private mutating func close(by: String?, at time: GivenTime) {
    opened.stage = .closed
    cancel(.rating)
    emit(.closed(CaseEvent.Closed(outcome: opened.arrived == true ? .answered : .unreachable, by: by)), at: time)
    guard let days = policy.reviewDays, opened.historic != true, policy.isReviewed(caseID) else { return }
    let day = TimeOffset.shanghai.date(of: time.instant).advanced(byDays: days)
    let due = TimeOffset.shanghai.instant(of: day, at: policy.reminderTime)
    wake(.review, at: due)
  }

  private var mayReopen: Bool { (opened.reopened ?? 0) < policy.reopens }

  mutating func reopen(_ order: CaseCommand.Order, _ input: CommandRecord) {
    guard mayReopen else { return refuse(input, "it has been reopened \(policy.reopens) times, as often as may be") }
    reopen(by: order.by, reason: order.reason ?? "", at: input.time)
  }

  /// 重办: by its last owner, with a fresh deadline.
  private mutating func reopen(by: String, reason: String, at time: GivenTime) {
    opened.reopened = (opened.reopened ?? 0) + 1
    // Whatever the past was, this is today.
    opened.historic = nil
    // Not before the answer that it takes up.
    let start = max(time.instant, opened.replied?.instant ?? time.instant)
    (opened.replied, opened.arrived, opened.unrated, opened.rated) = (nil, nil, nil, nil)
    let onTheWay = (opened.oldAnswers ?? []) + opened.answers
    opened.oldAnswers = onTheWay.isEmpty ? nil : onTheWay
    (opened.answers, opened.lost) = ([], nil)
    // Whoever was answered with it is so for good; from now on it is its own citizen's matter.
    (opened.mergedInto, opened.members) = (nil, nil)
    opened.stage = .assigned
    opened.offered = opened.owner
    opened.offers += 1
    let isSuggestion = opened.basis == .suggestion || opened.basis == .followUp
    restart(isSuggestion ? .followUp : .reply, from: start)
    cancel(.rating)
    cancel(.review)
    let event = CaseEvent.Reopened(
      by: by, reason: reason, count: opened.reopened ?? 1, deadline: opened.deadline)
    emit(.reopened(event), at: time)
    setSignTimer(from: max(now, time.instant))
    setDeadlineTimers(isFresh: true)
  }

  mutating func sayReviewIsDue(_ timer: Streams.Timer) {
    guard opened.stage == .closed else { return }
    let event = CaseEvent.DeadlineEvent(
      due: TimeOffset.shanghai.date(of: timer.due), generation: timer.generation, firedAt: GivenTime(now),
      lateBy: lateness(timer.due))
    emit(.reviewDue(event), at: GivenTime(timer.due))
  }

  mutating func review(_ review: CaseCommand.Review, _ input: CommandRecord) {
    cancel(.review)
    emit(.reviewed(CaseEvent.Reviewed(by: review.by, upheld: review.upheld, text: review.text)), at: input.time)
    if !review.upheld, mayReopen { reopen(by: review.by, reason: review.text ?? "回头看", at: input.time) }
  }
}
