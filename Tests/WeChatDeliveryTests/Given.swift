import Cases
import EventLog
import Foundation
import Logging
import Streams
import Time
import WeChat

@testable import WeChatDelivery

/// Records and values that the tests begin with.
enum Given {
  static let noon = Instant(milliseconds: 1_790_222_400_000)
  static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
  static let link = "https://example.org/c/case?k=key"

  static func account(
    _ name: String = "qingxi", perSecond: Int = 10, templates: [MessageTemplate] = []
  ) -> SendingAccount {
    SendingAccount(
      name: name, appID: "wx0000000000000000", secret: "notARealSecretAtAll", perSecond: perSecond,
      templates: templates)
  }

  static func template(
    _ id: String, _ sort: MessageTemplate.Sort, for purposes: Set<MessageTemplate.Purpose>,
    fields: [String: String], page: String? = nil
  ) throws -> MessageTemplate {
    MessageTemplate(
      id: id, sort: sort, purposes: purposes, fields: try fields.mapValues { try TemplatePattern($0) },
      page: try page.map { try TemplatePattern($0) })
  }

  static func openid(_ number: Int) -> String { "oNobodysOpenid_\(number)" }

  /// The record of `citizens` that says where a case's citizen is reached.
  static func citizen(
    _ caseID: String, openid: String = "oNobodysOpenid_1", account: String = "qingxi", once: [String]? = nil
  ) -> Record {
    let citizen = Citizen(
      id: ChatID(account: account, openid: openid).citizen,
      subscription: once.map { Subscription(once: $0) })
    return CloudEvent(
      id: caseID, source: Sources.classify, type: EventTypes.citizen, subject: caseID, data: JSONData.encode(citizen)
    ).record(key: Array(caseID.utf8))
  }

  /// A record of `feedback` as the contract promises it.
  static func feedback(
    _ caseID: String, id: String? = nil, kind: String = "answer", channel: String = "wechat", text: String = "路灯已修好",
    notBefore: Instant? = nil, expires: Instant? = noon + .seconds(3600), attempt: Int = 1
  ) -> Record {
    let types = [
      "answer": EventTypes.answer, "notice": EventTypes.notice, "rating": EventTypes.ratingRequest,
    ]
    var form: [String: Any] = [
      "kind": kind, "of": "replied", "event": "\(caseID).5", "to": "citizen", "channel": channel, "text": text,
      "language": "zh", "rules": "feedback-1", "number": "20260924-7K3M-9Q2X",
    ]
    let answer = "\(caseID).5.0"
    if kind == "answer" {
      form["answer"] = answer
      form["attempt"] = attempt
      form["by"] = "临溪街道"
    }
    if kind == "notice" { form["due"] = "2026-10-12" }
    form["notBefore"] = notBefore.map { GivenTime($0).text }
    form["expires"] = expires.map { GivenTime($0).text }
    let data = (try? JSONSerialization.data(withJSONObject: form)) ?? Data()
    var record = CloudEvent(
      id: id ?? (attempt == 1 ? answer : "\(answer)/\(attempt)"), source: Sources.feedback, type: types[kind] ?? kind,
      subject: caseID, time: GivenTime(noon), data: Array(data)
    ).record(key: Array(caseID.utf8))
    record.headers.append(Header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
    return record
  }

  /// Whether the group has read all of `feedback`.
  static func isRead(_ log: any EventLog, partitions: Int) -> Bool {
    guard let reader = try? log.openReader() else { return false }
    defer { reader.close() }
    let committed = (try? reader.committedOffsets(of: FeedbackReader.group)) ?? [:]
    return (0..<partitions).allSatisfy { number in
      let partition = TopicPartition(Topics.feedback, number)
      return (try? reader.bounds(of: partition).upperBound) == committed[partition] ?? 0
    }
  }

  static func stored(_ record: Record, topic: String = Topics.feedback, offset: Offset = 0) -> StoredRecord {
    StoredRecord(partition: TopicPartition(topic, 0), offset: offset, timestamp: noon, record: record)
  }

  /// By which `citizens` forgets somebody.
  static func tombstone(_ caseID: String) -> Record { Record(key: Array(caseID.utf8), value: nil) }

  static func delivery(_ record: Record) throws -> Delivery {
    guard let delivery = try Delivery.read(stored(record)) else { throw Rejection("not for WeChat") }
    return delivery
  }

  /// A store that has these, each with its citizen.
  static func store(_ records: [Record], accounts: [String: String] = [:], at now: Instant = noon) throws
    -> DeliveryStore
  {
    let store = try DeliveryStore(path: ":memory:")
    try fill(store, records, accounts: accounts, at: now)
    return store
  }

  /// - Parameter accounts: by case, where it isn't `qingxi`.
  static func fill(
    _ store: DeliveryStore, _ records: [Record], accounts: [String: String] = [:], at now: Instant = noon
  ) throws {
    let deliveries = try records.map { try delivery($0) }
    var citizens: [StoredRecord] = []
    for (number, caseID) in Set(deliveries.map(\.caseID)).sorted().enumerated() {
      let record = citizen(
        caseID.text, openid: openid(number + 1), account: accounts[caseID.text] ?? "qingxi", once: ["once-1"])
      citizens.append(stored(record, topic: Topics.citizens, offset: Offset(number)))
    }
    _ = try store.note(Chunk(records: citizens, positions: [:]))
    _ = try store.take(deliveries, accounts: ["qingxi", "liuhe"], at: now)
  }
}
