import Cases
import Streams
import Time

/// Who acts: offering, signing, handing on.
extension CaseTurn {
  /// 交办. The owner so far answers for it until the new one has signed (首接负责).
  mutating func assign(_ assign: CaseCommand.Assign, _ input: CommandRecord) {
    if let event = assign.event, assign.because != .decided, event != opened.asked {
      return refuse(input, "it answers what is no longer asked")
    }
    sayWhatIsDue(by: input.time.instant)
    if opened.stage == .paused { endPause(by: assign.by, at: input.time) }
    let wasCarried = opened.basis == .carried
    offer(assign.assignment, at: input.time)
    let isCarried = assign.assignment.carried == true
    guard isCarried != wasCarried, opened.basis ?? .reply == .reply || wasCarried else { return }
    sayWhatIsDue(by: input.time.instant)
    let owner = assign.assignment.owner.name
    begin(
      isCarried ? .carried : .reply, at: input.time,
      reason: isCarried ? "由\(owner)带往上级人大，答复须带回" : "交由\(owner)办理")
  }

  mutating func offer(_ assignment: Assignment, at time: GivenTime) {
    opened.asked = nil
    let isFirst = opened.offered == nil && opened.tried.isEmpty
    opened.offered = assignment.owner
    opened.offeredAt = time.instant
    opened.offers += isFirst ? 0 : 1
    opened.supervisor = assignment.supervisor?.id
    if !opened.tried.contains(assignment.owner.id) { opened.tried.append(assignment.owner.id) }
    if let next = assignment.next { opened.next = next }
    opened.offeredClosedDays = assignment.closedDays.flatMap { $0.isEmpty ? nil : $0 }
    if opened.stage == .merged { opened.aside = .assigned } else { opened.stage = .assigned }
    emit(.assigned(assignment), at: time)
    setSignTimer()
  }

  /// The time to sign runs from when the case is offered, which after an outage may be long after the opinion came.
  mutating func setSignTimer(from start: Instant? = nil) {
    // Whoever is handled with another can't sign.
    guard let term = policy.sign, opened.historic != true, opened.stage != .merged else { return clear(.sign) }
    let end = calendar.end(of: term, from: start ?? now, closedDays: Set(opened.offeredClosedDays ?? []))
    set(.sign, generation: opened.offers, at: end.expires)
  }

  mutating func sign(_ order: CaseCommand.Order, _ input: CommandRecord) {
    guard let owner = opened.offered else { return refuse(input, "it is offered to nobody") }
    sayWhatIsDue(by: input.time.instant)
    opened.owner = owner
    opened.offered = nil
    opened.stage = .signed
    clear(.sign)
    emit(.signed(CaseEvent.Signed(by: order.by, owner: owner)), at: input.time)
  }

  /// Who speaks: the one it is offered to, where they say so or nobody has it yet, else the owner.
  private func speaker(_ input: CommandRecord) -> Owner {
    guard let offered = opened.offered else { return opened.owner }
    return input.command.actor.map { $0.id == offered.id } ?? true ? offered : opened.owner
  }

  mutating func transfer(_ transfer: CaseCommand.Transfer, _ input: CommandRecord) {
    guard opened.asked == nil else { return refuse(input, "another owner is being looked for") }
    guard transfer.to != opened.owner.id, transfer.to != opened.offered?.id else {
      return refuse(input, "\(transfer.to) has it")
    }
    let event = CaseEvent.Transferred(
      by: transfer.by, reason: transfer.reason, from: speaker(input), to: transfer.to, tried: opened.tried,
      next: opened.next ?? [])
    opened.asked = emit(.transferred(event), at: input.time)
  }

  mutating func `return`(_ order: CaseCommand.Order, _ input: CommandRecord) {
    guard opened.asked == nil else { return refuse(input, "another owner is being looked for") }
    let count = (opened.returns ?? 0) + 1
    opened.returns = count
    let event = CaseEvent.Returned(
      by: order.by, reason: order.reason ?? "", from: speaker(input), tried: opened.tried, next: opened.next ?? [],
      count: count, limit: policy.returns)
    opened.asked = emit(.returned(event), at: input.time)
  }

  mutating func coHandle(_ coHandle: CaseCommand.CoHandle, _ input: CommandRecord) {
    guard !coHandle.with.contains(opened.owner.id) else { return refuse(input, "its owner can't be a helper, too") }
    emit(.coHandled(CaseEvent.CoHandled(by: coHandle.by, reason: coHandle.reason, with: coHandle.with)), at: input.time)
  }

  mutating func escalate(_ escalate: CaseCommand.Escalate, _ input: CommandRecord) {
    if escalate.level != nil, input.command.actor?.role == .department {
      // Its deadline would be another, which is not for whoever is bound by it to decide.
      return refuse(input, "only a station or those above may have it taken to a higher congress")
    }
    let event = CaseEvent.Escalated(
      step: .asked, by: escalate.by, reason: escalate.reason, from: speaker(input), to: escalate.to,
      level: escalate.level, supervisor: opened.supervisor, tried: opened.tried, next: opened.next ?? [])
    opened.asked = emit(.escalated(event), at: input.time)
  }

  // MARK: Supervision by a named leader

  mutating func supervise(_ supervise: CaseCommand.Supervise, _ input: CommandRecord) {
    guard opened.keyLeader == nil else {
      return refuse(input, opened.isKey == true ? "it is a key supervision" : "it is already to be a key supervision")
    }
    opened.keyLeader = supervise.leader
    let year = TimeOffset.shanghai.date(of: input.time.instant).yearMonthDay.year
    let event = CaseEvent.SupervisionRequested(
      by: supervise.by, reason: supervise.reason, leader: supervise.leader, year: year, of: policy.keySupervisions)
    opened.keyAsked = emit(.supervisionRequested(event), at: input.time)
  }

  mutating func grantSupervision(_ grant: CaseCommand.GrantSupervision, _ input: CommandRecord) {
    guard let leader = opened.keyLeader, opened.isKey != true, grant.event == opened.keyAsked else {
      return refuse(input, "nobody has asked for a key supervision")
    }
    if let number = grant.number {
      opened.isKey = true
      emit(.supervised(CaseEvent.Supervised(step: .key, leader: leader, number: number)), at: input.time)
    } else {
      opened.keyLeader = nil
      let reason = "the year's \(grant.of) key supervisions have been given out"
      emit(.supervisionDenied(CaseEvent.SupervisionDenied(leader: leader, reason: reason)), at: input.time)
    }
  }
}
