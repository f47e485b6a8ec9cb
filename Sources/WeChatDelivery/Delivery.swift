import Cases
import EventLog
import Streams
import Time
import WeChat

/// One message that is to be carried to a citizen over WeChat.
struct Delivery: Hashable, Sendable, Codable {
  /// By the names that our records have for them.
  enum Channel: String, Hashable, Sendable, Codable, CaseIterable {
    /// 客服消息
    case service = "wechat"
    /// 一次性订阅
    case subscription = "wechat-subscription"
    /// 模板消息, 长期订阅
    case template = "wechat-template"
  }

  /// That of the record: what is carried once goes by it.
  let id: String
  let caseID: CaseID
  let channel: Channel
  let purpose: String
  let text: String
  /// By which people call the case.
  let number: String?
  let by: String?
  let due: CalendarDate?
  /// What `record-delivery` names; of an answer alone.
  let answer: String?
  let time: GivenTime
  let notBefore: Instant?
  let expires: Instant
  /// `traceparent` and `tracestate` of the record.
  let trace: [String: String]

  /// Where the record names no end.
  private static let patience = Duration.seconds(24 * 3600)

  private struct Form: Decodable {
    let kind: String
    let channel: String
    let text: String
    let number: String?
    let by: String?
    let due: CalendarDate?
    let answer: String?
    let notBefore: GivenTime?
    let expires: GivenTime?
  }

  private static let types: [MessageTemplate.Purpose: String] = [
    .answer: EventTypes.answer, .notice: EventTypes.notice, .rating: EventTypes.ratingRequest,
  ]

  /// Reads a record of `feedback`.
  /// - Returns: `nil` for one that goes over another channel.
  /// - Throws: ``Rejection`` for one that isn't of the form that the contract promises.
  static func read(_ record: StoredRecord) throws(Rejection) -> Delivery? {
    let (envelope, key) = try CloudEvent.keyed(record)
    guard let caseID = CaseID(key) else { throw Rejection("the record's key is not a case id") }
    guard types.values.contains(envelope.type) else { throw Rejection("unknown type \(envelope.type)") }
    let form: Form
    do throws(Malformed) {
      form = try JSONData.decode(Form.self, from: envelope.data)
    } catch {
      throw Rejection("\(envelope.type): \(error.reason)")
    }
    guard let purpose = MessageTemplate.Purpose(rawValue: form.kind), types[purpose] == envelope.type else {
      throw Rejection("\(envelope.type): data.kind is another's")
    }
    guard let channel = Channel(rawValue: form.channel) else { return nil }
    if purpose == .answer, form.answer == nil { throw Rejection("\(envelope.type): data.answer is missing") }
    var trace: [String: String] = [:]
    for name in ["traceparent", "tracestate"] {
      trace[name] = record.record.header(name).flatMap { String(validating: $0, as: UTF8.self) }
    }
    let from = form.notBefore?.instant ?? record.timestamp
    return Delivery(
      id: envelope.id, caseID: caseID, channel: channel, purpose: form.kind, text: form.text, number: form.number,
      by: form.by, due: form.due, answer: form.answer, time: envelope.time ?? GivenTime(record.timestamp),
      notBefore: form.notBefore?.instant, expires: form.expires?.instant ?? from + patience, trace: trace)
  }
}
