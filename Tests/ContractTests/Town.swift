import APIKeys
import Accounts
import Board
import CaseAPI
import Cases
import Contract
import EventLog
import Foundation
import HTTPServing
import HTTPTypes
import HTTPValues
import Intake
import Logging
import Monitoring
import Open311
import Outbox
import Streams
import Synchronization
import Testing
import Time

/// All that answers over HTTP, in one chain, over a log and a model that a test may take away.
struct Town {
  struct Trouble {
    /// How many bytes of opinions the spool holds; where that is bounded the log is away.
    var room = Int.max
    /// The read model can't be read.
    var isUnreadable = false
    /// Not live, and not ready.
    var isDown = false
    var isTooOften = false
  }

  private struct Rate: APIKeyRate {
    let isTooOften: Bool

    func allow(_ key: APIKey, at now: Instant) -> Duration? { isTooOften ? .seconds(3) : nil }
  }

  static let services = [
    Open311Service(category: "城乡建设"), Open311Service(category: "城乡建设", subcategory: "城市建设和市政管理"),
  ]
  static let office = Actor(role: .administrator, id: "office")
  static let now = "2026-10-15T09:00:00+08:00"
  static let document = URL(filePath: #filePath)
    .appending(path: "../../../Sources/Contract/Resources/openapi.json").standardized

  let secret: CaseKey.Secret
  private let outbox: SpoolingOutbox
  private let chain: ControllerChain

  init(_ trouble: Trouble = Trouble()) throws {
    let now = try #require(Instant(rfc3339: Self.now))
    let time: @Sendable () -> Instant = { now }
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let secret = try #require(CaseKey.Secret(Array("an operator's secret".utf8)))
    self.secret = secret
    let drawn = Mutex(0)
    var settings = SpoolingOutbox.Settings(path: ":memory:", name: "gateway-1")
    settings.capacity = trouble.room
    let log = TakingLog(isAway: trouble.room < .max)
    outbox = try SpoolingOutbox(
      settings, log: log, clock: time, wait: { try? await Task.sleep(for: $0) },
      pause: { Thread.sleep(forTimeInterval: $0.inSeconds) }, logger: logger)
    let inbox = OpinionInbox(
      outbox: outbox, clock: time,
      makeID: {
        drawn.withLock { number in
          number += 1
          return "drawn-\(number)"
        }
      })
    let model = try ReadModel(path: ":memory:")
    if !trouble.isUnreadable {
      _ = try model.prepare(for: "test")
      _ = try model.apply(Chunk(try Self.caseRecords(), of: Topics.cases))
      _ = try model.apply(Chunk([try Self.citizen()], of: Topics.citizens))
      _ = try model.apply(Chunk([try Self.deadLetter(17).record], of: Topics.deadLetters))
    }
    let keys = APIKeys(
      [
        APIKey(
          name: "portal", digest: APIKey.digest(of: "right"), scopes: [.submit, .open311], perMinute: 60),
        APIKey(name: "none", digest: APIKey.digest(of: "nothing"), scopes: [], perMinute: 60),
        APIKey(
          name: "office", digest: APIKey.digest(of: "office"), scopes: [.read, .command], perMinute: 60,
          actor: Self.office),
      ], isPublic: true)
    let check = APIKeyCheck(keys: keys, rate: Rate(isTooOften: trouble.isTooOften), clock: time)
    let catalogue = ServiceCatalogue(Self.services)
    let letters = DeadLetterOffice(
      log: TakingLog(
        isAway: trouble.room < .max, letters: [try Self.deadLetter(17), try Self.deadLetter(19, .dropped)]),
      publisherName: "letters", history: Topics.cases)
    let doorkeeper = Doorkeeper(
      users: UserWatch(Users(), logger: logger), secret: secret, signOuts: try SignOuts(folder: nil), keys: check,
      clock: time, makeID: { "session-1" }, logger: logger)
    let reasons = trouble.isDown ? ["it is broken"] : []
    chain = ControllerChain([
      HealthController(live: { reasons }, ready: { reasons }, metrics: { Array("up 1\n".utf8) }),
      IntakeController(inbox: inbox, secret: secret, check: check),
      MonitorController(
        model: model, doorkeeper: doorkeeper, secret: secret, calendar: .builtIn, letters: letters,
        health: Calm(), rebuilding: { nil }, mask: { $0 }, clock: time, logger: logger),
      CaseAPIController(
        doorkeeper: doorkeeper, model: model, status: { Follower.Status(isReady: true, remaining: 0) },
        calendar: .builtIn, mask: { $0 }, knowsCategory: { category, _ in category == Self.services[0].category },
        attachmentLink: { _, id in "/attachments/\(id)" }, put: { [outbox] in await outbox.put($0, under: $1) },
        letters: letters, makeID: { "drawn-1" }, clock: time, logger: logger),
      NewRequestController(
        desk: Desk(hasRoom: trouble.room == .max), catalogue: catalogue, check: check, page: { "/cases/\($0)?k=K" }),
      RequestsController(
        book: ReadModelCaseBook(model: model, logger: logger), catalogue: catalogue,
        disclosure: Disclosure(isOpen: false, mask: { $0 }), clock: time),
      ServicesController(catalogue: catalogue, showsRequests: true, takesRequests: true),
      ContractController(document: Array(try Data(contentsOf: Self.document))),
    ])
  }

  /// Stands for the inbox behind Open311; the same idempotency key is always another body.
  private struct Desk: NewRequestDesk {
    let hasRoom: Bool

    func take(_ request: NewRequest) async -> NewRequest.Outcome {
      if !hasRoom { return .unavailable }
      if request.idempotencyKey != nil { return .conflicting }
      return CaseID("h1").map { .taken($0) } ?? .unavailable
    }
  }

  private struct Calm: PipelineHealthSource {
    func health(at now: Instant) -> PipelineHealth {
      PipelineHealth(groups: [], workers: [], reading: Follower.Status(isReady: true, remaining: 0), at: now)
    }
  }

  func close() async { await outbox.close(within: .zero) }

  func answer(_ head: HTTPRequest, body: [UInt8]) async -> Response { await chain.answer(head, body: body) }

  func pageOfCase(_ id: String = "late") throws -> String {
    "/cases/\(id)?k=\(CaseKey(of: try #require(CaseID(id)), under: secret).text)"
  }

  /// One case that has met everything: classified, assigned, overdue, replied to, closed; and one that is overdue.
  private static func caseRecords() throws -> [Record] {
    let time = try #require(GivenTime("2026-09-24T10:00:00+08:00"))
    let due = try #require(CalendarDate("2026-10-12"))
    let deadline = CaseEvent.ReplyDeadline(
      due: due, expires: GivenTime(TimeOffset.shanghai.instant(of: due, at: .seconds(24 * 3600))), workingDays: 7,
      calendar: "cn-1", policy: "reply-1", provisional: false, generation: 1)
    let opinion = Opinion(
      channel: "web", title: "路灯", text: "坏了", category: "城乡建设", address: "城南路",
      location: Location(latitude: 28.2, longitude: 112.9),
      attachments: [Opinion.Attachment(url: "https://files.example/1.jpg", mediaType: "image/jpeg")])
    let submission = Submission(
      opinion: OpinionReference(source: "/test", id: "1"), received: time, recorded: time, historic: false,
      statement: Statement(opinion))
    let owner = Owner(id: "cj", kind: .department, name: "城建局")
    let begin: [CaseEvent] = [
      .opened(.init(submission: submission, deadline: deadline)),
      .classified(
        Classification(
          category: "城乡建设", subcategory: "城市建设和市政管理", confidence: 0.9, why: ["路灯"], version: "rules-1")),
      .assigned(Assignment(owner: owner, reason: "类别对应的承办单位", directory: "d-1")),
      .overdue(.init(due: due, generation: 1, firedAt: deadline.expires, lateBy: 0)),
    ]
    let reply = CaseCommand.Reply(by: "李工", method: .phone, text: "已经修好")
    let end: [CaseEvent] = [
      .replied(.init(reply: reply, at: time, recorded: nil, historic: false, workingDays: 9, overdue: true)),
      .delivered(.init(feedback: "f", channel: "web")), .closed(.init(outcome: .answered)),
    ]
    func records(_ name: String, _ events: [CaseEvent], last: (cause: String, time: String)? = nil) throws -> [Record] {
      guard let id = CaseID(name) else { throw CancellationError() }
      return events.enumerated().map { index, event in
        let isLast = index == events.count - 1
        var extensions = ["sequence": "\(index + 1)"]
        if isLast, let last { extensions["causationid"] = last.cause }
        let own = isLast ? last.flatMap { GivenTime($0.time) } : nil
        return CloudEvent(
          id: "\(id)-\(index)", source: "/test", type: event.type, subject: id.text, time: own ?? time,
          extensions: extensions, data: event.data
        ).record(key: id.key)
      }
    }
    let doubt = CaseEvent.classified(
      Classification(
        category: "城乡建设", confidence: 0.4, second: .init(category: "交通运输", confidence: 0.35), sure: false, why: ["路"],
        version: "model-1"))
    let refused = CaseEvent.refusedCommand(
      .init(
        command: OpinionReference(source: Sources.desk, id: "sign-2"), type: CaseCommand.Kind.sign.type,
        reason: "somebody has signed for it", by: "office"))
    let look = CaseEvent.disclosed(.init(by: "office", actor: office, reason: "要联系本人"))
    return try records("late", begin + [look], last: ("look-1", "2026-10-15T08:50:00+08:00"))
      + records("done", begin + end) + records("doubt", Array(begin.prefix(1)) + [doubt])
      + records("refused", begin + [refused], last: ("sign-2", "2026-10-15T08:50:00+08:00"))
  }
}

extension Town {
  /// Whose case `late` is.
  private static func citizen() throws -> Record {
    let citizen = Citizen(id: "openid-1", name: "张三", phone: "13812345678", anonymous: false)
    return CloudEvent(
      id: "citizen-1", source: "/test", type: EventTypes.citizen, subject: "late", data: JSONData.encode(citizen)
    ).record(key: Array("late".utf8))
  }

  private static func deadLetter(_ offset: Offset, _ status: DeadLetter.Status = .open) throws -> DeadLetter {
    let time = try #require(Instant(rfc3339: "2026-10-14T10:00:00+08:00"))
    let record = StoredRecord(
      partition: TopicPartition(Topics.commands, 0), offset: offset, timestamp: time,
      record: Record(key: Array("late".utf8), value: Array("{".utf8)))
    return DeadLetter(
      record, stage: "track", reason: "data is not JSON", failedAt: time, retries: 0, parked: false, status: status)
  }
}

extension Chunk {
  fileprivate init(_ records: [Record], of topic: String) {
    let partition = TopicPartition(topic, 0)
    self.init(
      records: records.enumerated().map { index, record in
        StoredRecord(
          partition: partition, offset: Offset(index), timestamp: Instant(milliseconds: 0), record: record)
      },
      positions: [partition: Offset(records.count)])
  }
}
