import Cases
import EventLog
import Streams
import Time

/// What became of an answer, for track: the command `record-delivery`.
struct Report: Hashable, Sendable, Codable {
  let answer: String
  let channel: Delivery.Channel
  let result: CaseCommand.RecordDelivery.Result
  /// In words, for a clerk.
  let reason: String?
  let time: GivenTime
  let trace: [String: String]

  /// `nil` for what nobody waits for word of.
  init?(_ delivery: Delivery, _ result: CaseCommand.RecordDelivery.Result, reason: String? = nil, at now: Instant) {
    guard let answer = delivery.answer else { return nil }
    self.answer = answer
    channel = delivery.channel
    self.result = result
    self.reason = reason
    // A command must not be older than what it is about.
    time = GivenTime(max(now, delivery.time.instant))
    trace = delivery.trace
  }

  /// The same record however often it is made: whoever reads it knows it by its id.
  /// - Parameter delivery: its id.
  func output(of delivery: String, in caseID: CaseID) -> Output {
    let command = CaseCommand.recordDelivery(
      CaseCommand.RecordDelivery(feedback: answer, channel: channel.rawValue, result: result, reason: reason))
    let event = CloudEvent(
      id: "\(delivery).\(result.rawValue)", source: Sources.wechatDelivery, type: command.type, subject: caseID.text,
      time: time, data: command.data)
    var record = event.record(key: caseID.key)
    for (name, value) in trace.sorted(by: { $0.key < $1.key }) { record.headers.append(Header(name, value)) }
    return Output(to: Topics.commands, record)
  }
}
