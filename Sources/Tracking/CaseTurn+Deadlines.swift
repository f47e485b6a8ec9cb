import Cases
import Streams
import Time

/// Deadlines: how they are worked out, what moves them, and what is said when they pass.
extension CaseTurn {
  var closedDays: Set<CalendarDate> { Set(opened.closedDays ?? []) }

  func lateness(_ due: Instant) -> Int64 { max(0, (now - due).components.seconds) }

  /// Whether its deadline is one to wait for.
  var isRunning: Bool { [.assigned, .signed, .merged].contains(opened.stage) }

  // MARK: Working it out

  private var term: Term {
    switch opened.basis ?? .reply {
    case .reply: policy.term(urgent: opened.urgent ?? false, category: opened.category)
    case .carried: policy.carried
    case .suggestion: policy.suggestion
    case .followUp: policy.followUp
    }
  }

  /// By the rules in force and all that has moved it, in the order in which it did.
  func deadline(generation: Int) -> CaseEvent.ReplyDeadline {
    let term = term
    let start = opened.since
    var end = calendar.end(of: term, from: start, closedDays: closedDays)
    for shift in opened.shifts ?? [] {
      switch shift {
      case .extended(let days):
        let extended = calendar.end(workingDays: days, after: end.lastDay, closedDays: closedDays)
        end = TermEnd(lastDay: extended.lastDay, provisional: end.provisional || extended.provisional)
      case .paused(let from, let to):
        end = calendar.resumed(end, pausedAt: from, resumedAt: to, isHours: term.isHours, closedDays: closedDays)
      }
    }
    let days =
      if case .workingDays(let days) = term, opened.shifts == nil, opened.closedDays == nil { days } else {
        calendar.workingDays(after: TimeOffset.shanghai.date(of: start), through: end.lastDay)
      }
    let isPlain = if case .workingDays = term { opened.shifts == nil } else { false }
    return CaseEvent.ReplyDeadline(
      due: end.lastDay, expires: GivenTime(end.expires), workingDays: days, calendar: calendar.version,
      policy: policy.version, provisional: end.provisional, generation: generation, term: isPlain ? nil : term,
      from: start == opened.received.instant ? nil : GivenTime(start))
  }

  // MARK: Timers

  /// Has that said at that moment, unless something happens before.
  mutating func set(_ kind: CaseLife.TimerKind, generation: Int, at due: Instant) {
    opened.pending[kind] = due
    effects.append(.schedule(kind.rawValue, generation: generation, at: due))
  }

  mutating func clear(_ kind: CaseLife.TimerKind) {
    if opened.pending.removeValue(forKey: kind) != nil { cancel(kind) }
  }

  /// In an order that is the same in every process.
  mutating func clearAll(but kept: CaseLife.TimerKind? = nil) {
    for kind in opened.pending.keys.sorted(by: { $0.rawValue < $1.rawValue }) where kind != kept { clear(kind) }
  }

  /// A timer for which there is nothing to say of the deadline.
  mutating func wake(_ kind: CaseLife.TimerKind, at due: Instant) {
    effects.append(.schedule(kind.rawValue, generation: sequence, at: due))
  }

  mutating func cancel(_ kind: CaseLife.TimerKind) {
    effects.append(.cancel(kind.rawValue))
  }

  /// A reminder that was said of an earlier deadline is said again of a new one only if its time is yet to come.
  /// - Parameter isFresh: a term begins, of which nothing has been said.
  mutating func setDeadlineTimers(isFresh: Bool = false) {
    let deadline = opened.deadline
    let end = TermEnd(expires: deadline.expires.instant, lastDay: deadline.due, provisional: deadline.provisional)
    let reminder = policy.reminder(for: end, of: term, from: opened.since, in: calendar, closedDays: closedDays)
    let isPending = isFresh || opened.pending[.reminder] != nil
    if let reminder, isPending || reminder > now {
      set(.reminder, generation: deadline.generation, at: reminder)
    } else {
      clear(.reminder)
    }
    for rung in [CaseLife.TimerKind.supervision, .report, .escalation] { clear(rung) }
    set(.overdue, generation: deadline.generation, at: deadline.expires.instant)
  }

  /// 催办 has been said; 督办, 通报 and 提级 follow, so many working days after the last day.
  private mutating func setLadder() {
    let steps: [(CaseLife.TimerKind, Int?)] = [
      (.supervision, policy.supervision), (.report, policy.report), (.escalation, policy.escalation),
    ]
    for (kind, days) in steps {
      guard let days else { continue }
      let end = calendar.end(workingDays: days, after: opened.deadline.due, closedDays: closedDays)
      set(kind, generation: opened.deadline.generation, at: max(end.expires, opened.deadline.expires.instant))
    }
  }

  // MARK: Saying

  /// Says all that was due by then and hasn't been said, in due order; each only once.
  mutating func sayWhatIsDue(by moment: Instant) {
    guard isRunning else { return }
    // What was due before a command does not follow from it.
    let command = cause
    cause = nil
    defer { cause = command }
    while let next = opened.pending.min(by: Self.isEarlier), next.value <= moment { say(next.key, next.value) }
  }

  private static let order: [CaseLife.TimerKind] = [
    .sign, .reminder, .overdue, .supervision, .report, .escalation,
  ]

  private static func isEarlier(
    _ left: (key: CaseLife.TimerKind, value: Instant), _ right: (key: CaseLife.TimerKind, value: Instant)
  ) -> Bool {
    if left.value != right.value { return left.value < right.value }
    return (order.firstIndex(of: left.key) ?? order.count) < (order.firstIndex(of: right.key) ?? order.count)
  }

  private mutating func say(_ kind: CaseLife.TimerKind, _ due: Instant) {
    clear(kind)
    let at = GivenTime(due)
    let event = CaseEvent.DeadlineEvent(
      due: opened.deadline.due, generation: opened.deadline.generation, firedAt: GivenTime(now), lateBy: lateness(due))
    switch kind {
    case .sign:
      guard let owner = opened.offered else { return }
      let day = TimeOffset.shanghai.date(of: due - .milliseconds(1))
      emit(
        .signOverdue(
          CaseEvent.SignOverdue(
            owner: owner, due: day, generation: opened.offers, firedAt: GivenTime(now), lateBy: lateness(due))),
        at: at)
    case .reminder: emit(.reminded(event), at: at)
    case .overdue:
      opened.saidOverdue = true
      emit(.overdue(event), at: at)
      setLadder()
    case .supervision: emit(.supervised(CaseEvent.Supervised(step: .ladder, deadline: event)), at: at)
    case .report: emit(.reported(event), at: at)
    case .escalation:
      let days = policy.escalation ?? 0
      opened.asked = emit(
        .escalated(
          CaseEvent.Escalated(
            step: .ladder, deadline: event, reason: "逾期\(days)个工作日未答复", from: opened.owner,
            supervisor: opened.supervisor, tried: opened.tried, next: opened.next ?? [])),
        at: at)
    case .resume, .delivery, .rating, .review: break
    }
  }

  // MARK: New rules

  /// Works the deadline out anew where the calendar or the policy has changed since: an open case follows the rules in
  /// force, one that is answered keeps what it was judged by, and so does one that is overdue and would be so by the new
  /// rules, too.
  mutating func reviseDeadline() {
    guard isRunning,
      opened.deadline.calendar != calendar.version || opened.deadline.policy != policy.version
    else { return }
    let old = opened.deadline
    let new = deadline(generation: old.generation + 1)
    guard
      new.due != old.due || new.expires != old.expires || new.provisional != old.provisional
        || new.workingDays != old.workingDays
    else { return }
    // Whoever is late stays so, unless the new rules give them time that isn't over.
    guard !opened.saidOverdue || new.expires.instant > now else { return }
    opened.saidOverdue = false
    opened.deadline = new
    emit(.deadlineChanged(CaseEvent.DeadlineChanged(from: old, to: new)), at: GivenTime(now))
    setDeadlineTimers()
  }

  /// Another of the policy's terms begins.
  mutating func begin(_ basis: CaseState.Basis, at time: GivenTime, reason: String) {
    let old = opened.deadline
    restart(basis, from: max(opened.since, time.instant))
    emit(.deadlineChanged(CaseEvent.DeadlineChanged(from: old, to: opened.deadline, reason: reason)), at: time)
    setDeadlineTimers(isFresh: true)
  }

  /// Nothing that was said of the term before, or has moved it, is true of the new one.
  mutating func restart(_ basis: CaseState.Basis, from start: Instant) {
    opened.basis = basis == .reply ? nil : basis
    opened.since = start
    opened.closedDays = opened.offeredClosedDays
    (opened.shifts, opened.extensions, opened.extensionAsked) = (nil, nil, nil)
    opened.saidOverdue = false
    opened.deadline = deadline(generation: opened.deadline.generation + 1)
  }

  /// 列为代表建议
  mutating func raise(_ order: CaseCommand.Order, _ input: CommandRecord) {
    guard opened.basis != .suggestion, opened.basis != .followUp else {
      return refuse(input, "it is a formal suggestion already")
    }
    sayWhatIsDue(by: input.time.instant)
    let old = opened.deadline
    restart(.suggestion, from: max(opened.since, input.time.instant))
    emit(
      .raised(CaseEvent.Revised(from: old, to: opened.deadline, by: order.by, reason: order.reason)), at: input.time)
    setDeadlineTimers(isFresh: true)
  }

  // MARK: Extension

  /// Why it can't have so many days more, now.
  private func refusalToExtend(by days: Int, at moment: Instant) -> String? {
    if opened.saidOverdue || moment >= opened.deadline.expires.instant { return "its deadline has passed" }
    if (opened.extensions ?? 0) >= policy.extensions {
      return policy.extensions == 0
        ? "the policy knows no extension" : "it has been extended \(policy.extensions) times, as often as may be"
    }
    if opened.basis == .suggestion || opened.basis == .followUp {
      let longest = calendar.end(of: policy.suggestionLongest, from: opened.received.instant, closedDays: closedDays)
      let end = calendar.end(workingDays: days, after: opened.deadline.due, closedDays: closedDays)
      return end.lastDay > longest.lastDay
        ? "it may take until \(longest.lastDay) at the longest, \(policy.suggestionLongest) from its receipt" : nil
    }
    return days > policy.extensionLongest
      ? "\(days) working days are more than the \(policy.extensionLongest) that the policy allows" : nil
  }

  mutating func requestExtension(_ request: CaseCommand.RequestExtension, _ input: CommandRecord) {
    if opened.extensionAsked != nil { return refuse(input, "an extension has been asked for and is not decided") }
    if let reason = refusalToExtend(by: request.workingDays, at: input.time.instant) { return refuse(input, reason) }
    opened.extensionAsked = request.workingDays
    let event = CaseEvent.ExtensionRequested(by: request.by, reason: request.reason, workingDays: request.workingDays)
    emit(.extensionRequested(event), at: input.time)
  }

  mutating func extend(_ extend: CaseCommand.Extend, _ input: CommandRecord) {
    guard let days = extend.workingDays ?? opened.extensionAsked else {
      return refuse(input, "nobody has asked for an extension, and none is named")
    }
    if let reason = refusalToExtend(by: days, at: input.time.instant) { return refuse(input, reason) }
    sayWhatIsDue(by: input.time.instant)
    let old = opened.deadline
    opened.extensionAsked = nil
    opened.extensions = (opened.extensions ?? 0) + 1
    opened.shifts = (opened.shifts ?? []) + [.extended(workingDays: days)]
    opened.deadline = deadline(generation: old.generation + 1)
    emit(
      .extended(CaseEvent.Revised(from: old, to: opened.deadline, by: extend.by, reason: extend.reason)),
      at: input.time)
    setDeadlineTimers()
  }

  mutating func denyExtension(_ order: CaseCommand.Order, _ input: CommandRecord) {
    guard opened.extensionAsked != nil else { return refuse(input, "nobody has asked for an extension") }
    opened.extensionAsked = nil
    emit(.extensionDenied(CaseEvent.Told(by: order.by, reason: order.reason)), at: input.time)
  }

  // MARK: Pause

  /// How many working days the policy still lets it stand still; `nil` if it doesn't at all.
  private var pauseLeft: Int? {
    policy.pause.map { longest in
      (opened.shifts ?? []).reduce(longest) { left, shift in
        guard case .paused(let from, let to) = shift else { return left }
        let days = calendar.workingDays(
          after: TimeOffset.shanghai.date(of: from), through: TimeOffset.shanghai.date(of: to), closedDays: closedDays)
        return left - days
      }
    }
  }

  /// What stood still, or began, later than this can't stand still again.
  private var pausableFrom: Instant {
    (opened.shifts ?? []).reduce(opened.since) { latest, shift in
      if case .paused(_, let to) = shift { max(latest, to) } else { latest }
    }
  }

  mutating func pause(_ order: CaseCommand.Order, _ input: CommandRecord) {
    guard let left = pauseLeft else { return refuse(input, "the policy knows no pause") }
    guard left > 0 else { return refuse(input, "it has stood still as long as the policy allows") }
    let at = input.time
    guard !opened.saidOverdue, at.instant < opened.deadline.expires.instant else {
      return refuse(input, "its deadline has passed")
    }
    guard at.instant >= pausableFrom else {
      return refuse(input, "its time is before what has moved its deadline since")
    }
    sayWhatIsDue(by: at.instant)
    clearAll(but: .reminder)
    // The reminder stays to be said of what follows, unless it has been said.
    if opened.pending[.reminder] != nil { cancel(.reminder) }
    opened.stage = .paused
    opened.pausedAt = at.instant
    let until = calendar.end(
      workingDays: left, after: TimeOffset.shanghai.date(of: at.instant), closedDays: closedDays
    ).expires
    emit(
      .paused(CaseEvent.Paused(by: order.by, reason: order.reason ?? "", until: GivenTime(until))), at: at)
    opened.pausedUntil = until
    wake(.resume, at: until)
  }

  mutating func resume(_ order: CaseCommand.Order, _ input: CommandRecord) {
    endPause(by: order.by, at: input.time)
  }

  /// A command is judged by what was so at its time, whether the timer has fired yet or not.
  mutating func endPauseIfOver(by moment: Instant) {
    guard let until = opened.pausedUntil, until <= moment else { return }
    endPause(by: nil, at: GivenTime(until))
  }

  /// - Parameter by: `nil`: it has stood still as long as it may.
  mutating func endPause(by: String?, at time: GivenTime) {
    guard opened.stage == .paused, let pausedAt = opened.pausedAt else { return }
    cancel(.resume)
    let old = opened.deadline
    opened.stage = .signed
    let to = max(pausedAt, min(time.instant, opened.pausedUntil ?? time.instant))
    (opened.pausedAt, opened.pausedUntil) = (nil, nil)
    opened.shifts = (opened.shifts ?? []) + [.paused(from: pausedAt, to: to)]
    opened.deadline = deadline(generation: old.generation + 1)
    emit(
      .resumed(CaseEvent.Revised(from: old, to: opened.deadline, by: by ?? "system", reason: nil)),
      at: GivenTime(to))
    setDeadlineTimers()
  }
}
