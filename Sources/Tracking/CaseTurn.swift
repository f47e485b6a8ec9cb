import Cases
import EventLog
import Streams
import Time

/// One turn of a case: from its state and a command or timer to its next state and what follows.
///
/// Each rule is a method that appends the events that it makes happen; the rules stand in files by what they are about.
struct CaseTurn {
  let caseID: CaseID
  let calendar: WorkingCalendar
  let policy: ReplyPolicy
  let now: Instant
  /// The `ce_id` of the command that this turn follows from; `nil` where a timer or new rules made it.
  var cause: String?
  private(set) var sequence: Int
  var opened: CaseState.Opened
  var effects: [Effect] = []

  init(
    _ caseID: CaseID, _ opened: CaseState.Opened, sequence: Int, calendar: WorkingCalendar, policy: ReplyPolicy,
    now: Instant
  ) {
    self.caseID = caseID
    self.opened = opened
    self.sequence = sequence
    self.calendar = calendar
    self.policy = policy
    self.now = now
  }

  /// The turn in which a case begins.
  init(
    opening open: CaseCommand.Open, _ caseID: CaseID, cause: String? = nil, calendar: WorkingCalendar,
    policy: ReplyPolicy, now: Instant
  ) {
    let received = open.submission.received
    let assignment = open.assignment
    let isUrgent = open.classification.reading?.isUrgent ?? false
    let opened = CaseState.Opened(
      received: received, historic: open.submission.historic ? true : nil, urgent: isUrgent ? true : nil,
      category: open.classification.category, owner: assignment.owner,
      closedDays: assignment.closedDays.flatMap { $0.isEmpty ? nil : $0 }, deadline: Self.placeholder,
      basis: assignment.carried == true ? .carried : nil, since: received.instant)
    self.init(caseID, opened, sequence: 0, calendar: calendar, policy: policy, now: now)
    self.cause = cause
    self.opened.deadline = deadline(generation: 1)
    let number = CaseNumber(caseID, received: received.instant).text
    emit(
      .opened(CaseEvent.Opened(submission: open.submission, deadline: self.opened.deadline, number: number)),
      at: received)
    emit(.classified(open.classification), at: received)
    offer(assignment, at: received)
    if self.opened.deadline.provisional { effects.append(.count(Self.provisional)) }
    setDeadlineTimers(isFresh: true)
  }

  /// Stands for the deadline until it is worked out, which needs all else.
  private static let placeholder = CaseEvent.ReplyDeadline(
    due: .earliest, expires: GivenTime(.distantPast), workingDays: 0, calendar: "", policy: "", provisional: false,
    generation: 0)

  // MARK: Opinions

  mutating func supplement(_ submission: Submission) {
    var submission = submission
    if opened.erased == true {
      // They wrote again and were forgotten again.
      submission.statement.erase()
      forgetCitizen()
    }
    emit(.supplemented(submission), at: submission.received)
  }

  /// Tells the case of a similar one, once, whatever has become of it since. A matter that everybody writes about has too
  /// many to list.
  mutating func recordSimilar(_ similar: CaseCommand.RecordSimilar, _ input: CommandRecord) {
    guard similar.other != caseID else {
      return effects.append(.bury(reason: "a case is not similar to itself"))
    }
    let known = opened.similar ?? []
    guard !known.contains(similar.other) else { return effects.append(Self.duplicate(of: input)) }
    guard known.count < CaseCommand.RecordSimilar.maximum else {
      return effects.append(.count(Self.similarLeftOut))
    }
    opened.similar = known + [similar.other]
    emit(.similarFound(CaseEvent.SimilarFound(other: similar.other, score: similar.score)), at: input.time)
  }

  /// A person's word stands above code, rules and model; who owns the case stays as it is.
  mutating func correctCategory(_ correction: CaseCommand.CorrectCategory, _ input: CommandRecord) {
    emit(.classified(Classification(correction)), at: input.time)
  }

  // MARK: The citizen is forgotten

  mutating func erase(_ order: CaseCommand.Order, _ input: CommandRecord) {
    guard opened.erased != true else { return refuse(input, "the citizen has been forgotten already") }
    opened.erased = true
    emit(.erased(CaseEvent.Told(by: order.by, reason: order.reason)), at: input.time)
    forgetCitizen()
  }

  /// 查看个人信息: on record before it is shown.
  mutating func disclose(_ order: CaseCommand.Order, _ input: CommandRecord) {
    guard opened.erased != true else { return refuse(input, "the citizen has been forgotten") }
    let event = CaseEvent.Disclosed(by: order.by, actor: order.actor, reason: order.reason ?? "")
    emit(.disclosed(event), at: input.time)
  }

  private mutating func forgetCitizen() {
    effects.append(.emit(to: Topics.citizens, Record(key: caseID.key, value: nil)))
  }

  // MARK: Counting

  static let provisional = Counted("huiyin_deadlines_provisional")
  static let similarLeftOut = Counted("huiyin_similar_cases_left_out")

  /// - Parameter isFinal: no other channel was left.
  static func undelivered(isFinal: Bool) -> Counted {
    Counted("huiyin_feedback_undelivered", ["final": isFinal ? "true" : "false"])
  }

  /// What ``TrackProcessor`` may count of the cases, but for duplicates, of which there is one name for each command.
  static let counted = [provisional, similarLeftOut, undelivered(isFinal: true), undelivered(isFinal: false)]

  // MARK: Events

  static func duplicate(of input: CommandRecord) -> Effect {
    .count(Counted("huiyin_duplicates_suppressed", ["type": input.type]))
  }

  mutating func refuse(_ input: CommandRecord, _ reason: String) {
    let refused = CaseEvent.RefusedCommand(
      command: input.reference, type: input.type, reason: reason, by: input.command.by)
    emit(.refusedCommand(refused), at: input.time)
  }

  /// - Returns: the event's id, derived from the case and its place in it.
  @discardableResult
  mutating func emit(_ event: CaseEvent, at time: GivenTime) -> String {
    sequence += 1
    let id = "\(caseID).\(sequence)"
    var extensions = ["sequence": String(sequence)]
    extensions["causationid"] = cause
    let envelope = CloudEvent(
      id: id, source: Sources.track, type: event.type, subject: caseID.text, time: time,
      extensions: extensions, data: event.data)
    effects.append(.emit(to: Topics.cases, envelope.record(key: caseID.key)))
    return id
  }
}
