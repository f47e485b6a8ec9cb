import Cases
import EventLog
import Streams
import Time

/// One turn of a case: from an event, or an attempt that nobody answered, to what is told whom.
///
/// * Offices, and the citizen, are told of whatever the rules have words of for them; each office once. Of a past that was
///   carried over nobody is told.
/// * An answer is followed until it arrived or no channel is left: see FeedbackTurn+Answers.swift. Notices and rating
///   requests are sent once, over the best channel, and nobody waits for word of them.
/// * The id of a record is made of the event that it tells of; an answer over a further channel adds `/2`, `/3` … to the
///   first one's.
struct FeedbackTurn {
  static let attemptTimer: Streams.Timer.Kind = "attempt"

  var state: FeedbackState
  var effects: [Effect] = []
  let caseID: CaseID
  /// The id of the event at hand.
  let cause: String
  let causeTime: GivenTime
  let rules: FeedbackRules
  let link: (@Sendable (CaseID) -> String)?
  let now: Instant
  private var told = 0
  /// What is on its way has changed, and with it when the first of it expires.
  var hasMoved = false

  init(
    _ caseID: CaseID, _ state: FeedbackState, cause: String, causeTime: GivenTime, rules: FeedbackRules,
    link: (@Sendable (CaseID) -> String)?, now: Instant
  ) {
    self.caseID = caseID
    self.state = state
    self.cause = cause
    self.causeTime = causeTime
    self.rules = rules
    self.link = link
    self.now = now
  }

  mutating func take(_ event: CaseEvent) {
    state.see(event)
    switch event {
    case .replied(let replied):
      answer(event, by: replied.reply.by, method: replied.reply.method, historic: replied.historic)
    case .refused(let refused): answer(event, by: refused.refusal.by, method: nil, historic: false)
    case .delivered(let delivery): settle(delivery, event)
    case .undelivered(let delivery): followUp(delivery)
    case .erased: forget()
    default: break
    }
    tellOffices(event)
    switch event {
    case .replied, .refused, .delivered: break
    default: tellCitizen(event, .notice)
    }
    setTimer()
  }

  /// Ids of what an event causes, in order.
  mutating func nextID() -> String {
    defer { told += 1 }
    return "\(cause).\(told)"
  }

  // MARK: Offices

  /// Each in the first of its roles that the rules have words for.
  private mutating func tellOffices(_ event: CaseEvent) {
    guard state.historic != true else { return }
    var told: Set<String> = []
    for (role, office) in state.offices(on: event) {
      guard let words = rules.words(of: event.kind, for: role), told.insert(office.id).inserted else { continue }
      let isUrgent = role == .owner && state.urgent == true
      let morning = isUrgent ? nil : rules.quiet.end(at: now, for: .office)
      var message = message(
        .notice, of: event.kind, event: cause, to: role, over: .office, text: text(words, EventFacts(event), for: role))
      message.owner = office
      message.notBefore = morning.map { GivenTime($0) }
      message.due = state.due
      message.what = FeedbackMessage.What(event.kind)
      emit(message, id: nextID())
    }
  }

  // MARK: The citizen

  /// Over a channel that is open just now, or not at all.
  mutating func tellCitizen(_ event: CaseEvent, _ purpose: ChannelPlan.Purpose) {
    guard state.erased != true, state.historic != true, let contacts = state.contacts,
      let words = rules.words(of: event.kind, for: .citizen),
      let plan = try? ChannelPlan(purpose, to: contacts, by: rules, at: now)
    else { return }
    let text = text(words, EventFacts(event), for: .citizen, over: plan.channel)
    var message = message(
      purpose == .rating ? .rating : .notice, of: event.kind, event: cause, to: .citizen, over: plan.channel,
      text: text)
    message.notBefore = plan.notBefore.map { GivenTime($0) }
    message.expires = plan.channel.isCarried ? GivenTime(plan.expires) : nil
    if purpose == .notice { message.due = state.due }
    state.contacts?.use(plan.channel)
    emit(message, id: nextID())
  }

  // MARK: Words

  /// Offices are written to in Chinese; what hangs on a board gives nobody the key to a case.
  func text(
    _ words: Words, _ facts: EventFacts, for recipient: Recipient, over channel: FeedbackChannel = .office
  ) -> String {
    var facts = facts
    facts.set(.number, state.number ?? caseID.text)
    facts.set(.due, state.due)
    if !facts.has(.owner) { facts.set(.owner, state.owner?.name) }
    if recipient == .citizen, channel != .board { facts.set(.link, link?(caseID)) }
    let isEnglish = recipient == .citizen && state.english == true && words.english != nil
    return words.wording(english: isEnglish).text { facts.text($0, english: isEnglish) }
  }

  func message(
    _ kind: FeedbackMessage.Kind, of name: CaseEvent.Name, event: String, to recipient: Recipient,
    over channel: FeedbackChannel, text: String
  ) -> FeedbackMessage {
    let isEnglish =
      recipient == .citizen && state.english == true && rules.words(of: name, for: .citizen)?.english != nil
    return FeedbackMessage(
      kind: kind, of: name.rawValue, event: event, to: recipient, channel: channel.rawValue, text: text,
      language: isEnglish ? "en" : "zh", number: recipient == .citizen ? state.number : nil, rules: rules.version)
  }

  mutating func emit(_ message: FeedbackMessage, id: String) {
    let event = CloudEvent(
      id: id, source: Sources.feedback, type: message.kind.type, subject: caseID.text, time: causeTime,
      data: JSONData.encode(message))
    effects.append(.emit(to: Topics.feedback, event.record(key: caseID.key)))
  }

  mutating func command(_ command: CaseCommand, id: String) {
    let event = CloudEvent(
      id: id, source: Sources.feedback, type: command.type, subject: caseID.text, time: causeTime, data: command.data)
    effects.append(.emit(to: Topics.commands, event.record(key: caseID.key)))
  }
}

extension FeedbackMessage.What {
  fileprivate init?(_ event: CaseEvent.Name) {
    switch event {
    case .assigned: self = .assigned
    case .reminded: self = .reminder
    case .overdue: self = .overdue
    default: return nil
    }
  }
}
