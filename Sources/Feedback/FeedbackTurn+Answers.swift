import Cases
import Streams
import Time

// An answer is tried over one channel after the other until somebody says that it arrived, or none is left.
extension FeedbackTurn {
  private typealias OnTheWay = FeedbackState.OnTheWay

  /// The answer is the event's first record. Who was told on the spot or by phone has heard it; who came over a channel
  /// that the page of their case serves reads it there. An answer of the past is put on that page, and nobody is written to.
  mutating func answer(
    _ event: CaseEvent, by: String, method: CaseCommand.Reply.Method?, historic isHistoric: Bool
  ) {
    let id = nextID()
    let heard = method == .onTheSpot || method == .phone ? method : nil
    let isPast = isHistoric || state.historic == true
    var answer = OnTheWay(
      id: id, event: cause, of: event.name, by: by, method: method,
      values: heard != nil || isPast ? nil : EventFacts(event).stored,
      historic: isPast ? true : nil)
    if state.erased == true { return giveUp(answer, "个人信息已应要求删除，不再联系") }
    if heard != nil || isPast {
      answer.attempt = 1
      put(answer, over: .page, EventFacts(event), plan: nil)
      return confirm(answer, over: heard?.rawValue ?? FeedbackChannel.page.rawValue)
    }
    attempt(answer)
  }

  /// Sends it over the next channel that can reach them; if there is none, says so once and for all.
  private mutating func attempt(_ given: OnTheWay) {
    var answer = given
    let contacts = state.contacts ?? Contacts(unknownBut: state.channel, at: now)
    let tried = Set(answer.passed.map(\.channel))
    let plan: ChannelPlan
    do throws(ChannelPlan.Unreachable) {
      plan = try ChannelPlan(.answer, to: contacts, by: rules, at: now, without: tried)
    } catch {
      answer.passed += error.passed
      return giveUp(answer, nil)
    }
    answer.attempt += 1
    answer.channel = plan.channel.rawValue
    answer.expires = plan.channel.isCarried ? plan.expires : nil
    state.contacts?.use(plan.channel)
    put(answer, over: plan.channel, EventFacts(answer.values ?? [:]), plan: plan)
    if plan.channel.isCarried { keep(answer) } else { confirm(answer, over: plan.channel.rawValue) }
  }

  private mutating func put(
    _ answer: OnTheWay, over channel: FeedbackChannel, _ facts: EventFacts, plan: ChannelPlan?
  ) {
    guard let name = CaseEvent.Name(rawValue: answer.of), let words = rules.words(of: name, for: .citizen) else {
      return
    }
    var message = message(
      .answer, of: name, event: answer.event, to: .citizen, over: channel,
      text: text(words, facts, for: .citizen, over: channel))
    message.answer = answer.id
    message.attempt = answer.attempt
    message.by = answer.by
    message.method = answer.method
    message.notBefore = plan?.notBefore.map { GivenTime($0) }
    message.expires = answer.expires.map { GivenTime($0) }
    if let fallback = plan?.fallback, !fallback.isEmpty { message.fallback = fallback.map(\.rawValue) }
    emit(message, id: answer.attempt == 1 ? answer.id : "\(answer.id)/\(answer.attempt)")
  }

  /// It needs no carrier: track is told at once.
  private mutating func confirm(_ answer: OnTheWay, over channel: String) {
    let delivery = CaseCommand.RecordDelivery(feedback: answer.id, channel: channel, result: .delivered)
    command(.recordDelivery(delivery), id: answer.attempt == 1 ? nextID() : "\(answer.id)/delivered")
    var answer = answer
    answer.values = nil
    keep(answer)
  }

  /// - Parameter reason: in place of what the channels say.
  private mutating func giveUp(_ answer: OnTheWay, _ reason: String?) {
    drop(answer.id)
    let reasons = answer.passed.map { "\(FeedbackChannel(rawValue: $0.channel).words)：\($0.reason)" }
    let channel = answer.channel ?? state.channel
    let delivery = CaseCommand.RecordDelivery(
      feedback: answer.id, channel: channel, result: .failed,
      reason: reason ?? (reasons.isEmpty ? "没有可用的渠道" : reasons.joined(separator: "；")), final: true)
    command(.recordDelivery(delivery), id: "\(answer.id)/failed")
  }

  // MARK: What became of it

  /// Each answer once: nobody is asked twice what they think of it.
  mutating func settle(_ delivery: CaseEvent.Delivery, _ event: CaseEvent) {
    guard let answer = state.answers?.first(where: { $0.id == Self.answer(delivery.feedback) }) else { return }
    drop(answer.id)
    if answer.historic != true { tellCitizen(event, .rating) }
  }

  /// Word of a channel that was given up already changes nothing.
  mutating func followUp(_ delivery: CaseEvent.Delivery) {
    guard var answer = state.answers?.first(where: { $0.id == Self.answer(delivery.feedback) }) else { return }
    if delivery.final == true { return drop(answer.id) }
    guard let channel = answer.channel, channel == delivery.channel, answer.expires != nil else { return }
    answer.passed.append(ChannelPlan.Passed(channel: channel, reason: delivery.reason ?? "没有说明原因"))
    attempt(answer)
  }

  mutating func timeIsUp(_ due: Instant) {
    for var answer in state.answers ?? [] {
      guard let expires = answer.expires, let channel = answer.channel, expires <= due else { continue }
      answer.passed.append(ChannelPlan.Passed(channel: channel, reason: "到期无人确认送达"))
      attempt(answer)
    }
    hasMoved = true
    setTimer()
  }

  /// The citizen is no longer anybody to us: what is on its way is called off.
  mutating func forget() {
    state.erased = true
    state.contacts = nil
    state.english = nil
    for answer in state.answers ?? [] {
      if answer.expires == nil { drop(answer.id) } else { giveUp(answer, "个人信息已应要求删除，不再联系") }
    }
  }

  /// A carrier may name the record that it was given, which of a later attempt is `ANSWER/2`.
  private static func answer(_ feedback: String) -> String {
    String(feedback.prefix { $0 != "/" })
  }

  // MARK: State

  private mutating func keep(_ answer: OnTheWay) {
    var answers = state.answers ?? []
    if let index = answers.firstIndex(where: { $0.id == answer.id }) {
      answers[index] = answer
    } else {
      answers.append(answer)
    }
    state.answers = answers
    hasMoved = true
  }

  private mutating func drop(_ id: String) {
    guard let answers = state.answers, answers.contains(where: { $0.id == id }) else { return }
    let left = answers.filter { $0.id != id }
    state.answers = left.isEmpty ? nil : left
    hasMoved = true
  }

  /// One timer for all that is on its way, at the first that expires.
  mutating func setTimer() {
    guard hasMoved else { return }
    hasMoved = false
    if let due = state.answers?.compactMap(\.expires).min() {
      let generation = (state.timer ?? 0) + 1
      state.timer = generation
      effects.append(.schedule(Self.attemptTimer, generation: generation, at: due))
    } else if state.timer != nil {
      effects.append(.cancel(Self.attemptTimer))
    }
  }
}
