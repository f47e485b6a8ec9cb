import Cases
import EventLog
import Streams
import Time

/// A processor with a fault: what follows from a record or a timer is changed before it is kept.
struct Tampered<Base: Processor>: Processor {
  typealias Input = Base.Input
  typealias State = Base.State

  let base: Base
  let change: @Sendable ([Effect]) -> [Effect]

  var name: String { base.name }
  var inputs: [String] { base.inputs }
  var broadcasts: [String] { base.broadcasts }
  var changelog: String { base.changelog }

  func decode(_ record: StoredRecord) throws(Rejection) -> Base.Input { try base.decode(record) }

  func process(_ input: Base.Input, state: inout Base.State?, at time: Instant) throws(Rejection) -> [Effect] {
    change(try base.process(input, state: &state, at: time))
  }

  func punctuate(_ timer: Streams.Timer, state: inout Base.State?, at time: Instant) -> [Effect] {
    change(base.punctuate(timer, state: &state, at: time))
  }
}

/// A fault that is planted in one of the processors.
enum Bug: String, CaseIterable {
  case overdueTwice, answerLost, returnedToTheSame, deadlineADayOff, mergedNotAnswered

  /// The rule that it breaks.
  var rule: String {
    switch self {
    case .overdueTwice: "deadline-events-once"
    case .answerLost: "answers-told"
    case .returnedToTheSame: "never-twice"
    case .deadlineADayOff: "dates"
    case .mergedNotAnswered: "merged-answered"
    }
  }

  /// Where it is looked for. What it takes two citizens and a clerk to show is rare.
  var seeds: ClosedRange<UInt64> { self == .mergedNotAnswered ? 14...40 : 1...40 }

  private var place: String {
    switch self {
    case .overdueTwice, .deadlineADayOff: "track"
    case .answerLost: "feedback"
    case .returnedToTheSame: "route"
    case .mergedNotAnswered: "relay"
    }
  }

  func plant(in processor: any Processor) -> any Processor {
    processor.name == place ? tamper(processor) : processor
  }

  private func tamper<P: Processor>(_ processor: P) -> any Processor {
    Tampered(base: processor) { effects in effects.flatMap { change($0) } }
  }

  private func change(_ effect: Effect) -> [Effect] {
    guard case .emit(let topic, let record) = effect, let envelope = try? CloudEvent(record) else { return [effect] }
    switch self {
    case .overdueTwice: return envelope.type == "cn.huiyin.case.overdue.v1" ? [effect, effect] : [effect]
    case .answerLost: return envelope.type == EventTypes.answer ? [] : [effect]
    case .mergedNotAnswered: return envelope.type == CaseCommand.Kind.reply.type ? [] : [effect]
    case .returnedToTheSame: return [altered(effect, topic, record, envelope, returnToSender)]
    case .deadlineADayOff: return [altered(effect, topic, record, envelope, addDay)]
    }
  }

  private func altered(
    _ effect: Effect, _ topic: String, _ record: Record, _ envelope: CloudEvent,
    _ data: (CloudEvent) -> [UInt8]?
  ) -> Effect {
    guard let data = data(envelope) else { return effect }
    var envelope = envelope
    envelope.data = data
    return .emit(to: topic, envelope.record(key: record.key))
  }

  private func returnToSender(_ envelope: CloudEvent) -> [UInt8]? {
    guard case .assign(var assign)? = try? CaseCommand(type: envelope.type, data: envelope.data),
      assign.because == .returned
    else { return nil }
    assign.assignment.owner = Self.first
    return CaseCommand.assign(assign).data
  }

  /// Whom a case goes to again and again.
  static let first = Owner(id: "t1", kind: .station, name: "第1镇代表联络站")

  private func addDay(_ envelope: CloudEvent) -> [UInt8]? {
    guard case .opened(var opened)? = try? CaseEvent(type: envelope.type, data: envelope.data) else { return nil }
    opened.deadline.due = opened.deadline.due.advanced(byDays: 1)
    opened.deadline.expires = GivenTime(opened.deadline.expires.instant + .seconds(86_400))
    return CaseEvent.opened(opened).data
  }
}
