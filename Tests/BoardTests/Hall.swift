import Accounts
import Board
import CaseStories
import Cases
import EventLog
import Foundation
import HTTPTypes
import HTTPValues
import Logging
import MetricsTestKit
import Monitoring
import SQLiteLog
import Streams
import Synchronization
import Testing
import Time

/// The board of a small county at a moment, with somebody of each role.
struct Hall {
  /// Everything that is logged.
  final class Journal: Sendable {
    private let entries = Mutex<[String]>([])
    var lines: [String] { entries.withLock { $0 } }
    func note(_ line: String) { entries.withLock { $0.append(line) } }
  }

  private struct JournalHandler: LogHandler {
    let journal: Journal
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }
    func log(event: LogEvent) {
      let data = (event.metadata ?? [:]).map { "\($0)=\($1)" }.sorted().joined(separator: " ")
      journal.note("\(event.level) \(event.message) \(data)")
    }
  }

  static let accounts = [
    Account(name: "zhang", title: "张代表", role: .deputy, holder: "d1"),
    Account(name: "liuhe", title: "柳河站", role: .station, holder: "lh"),
    Account(name: "chengjian", title: "城建局李工", role: .department, holder: "cj"),
    Account(name: "duban", title: "督办室", role: .supervisor),
    Account(name: "root", title: "管理员", role: .administrator),
  ]
  static let userHeader = "X-Signed-In"

  let model: ReadModel
  let log: SQLiteLog
  let secret: CaseKey.Secret
  let journal = Journal()
  let now: Instant
  let controller: MonitorController

  init(
    _ stories: [Story] = [], at now: String = "2026-10-15T09:00:00+08:00",
    rebuilding: Follower.Rebuilding? = nil, status: Follower.Status = Follower.Status(isReady: true),
    groups: [ConsumerGroup] = [], workers: [WorkerStatus] = [], version: (@Sendable () -> Int)? = nil
  ) throws {
    let now = try moment(now)
    self.now = now
    let logger = Logger(label: "test") { [journal] _ in JournalHandler(journal: journal) }
    model = try ReadModel.inMemory()
    _ = try model.apply(Chunk(stories.flatMap(\.records)))
    let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    log = try SQLiteLog(SQLiteLog.Settings(path: ":memory:", logger: quiet, now: { now }))
    _ = try log.create(
      [Topics.commands, Topics.cases, Topics.deadLetters].map {
        TopicSpecification(name: $0, partitions: 2, cleanup: .delete(after: nil), maximumRecordSize: 2 << 20)
      })
    secret = try #require(CaseKey.Secret(Array("an operator's secret".utf8)))
    let metrics = TestMetrics()
    let header = try #require(Entrance.UserHeader(Self.userHeader, from: .local))
    let doorkeeper = Doorkeeper(
      users: UserWatch(Users(Self.accounts.map { User($0, password: nil) }), logger: quiet, metrics: metrics),
      secret: secret, signOuts: try SignOuts(folder: nil), entrance: Entrance(userHeader: header), clock: { now },
      makeID: { "drawn" }, logger: quiet, metrics: metrics)
    controller = MonitorController(
      model: model, doorkeeper: doorkeeper, secret: secret, calendar: .builtIn,
      letters: DeadLetterOffice(log: log, publisherName: "board", history: Topics.cases),
      health: LogHealth(log: log, groups: groups, workers: workers, reading: { status }),
      rebuilding: { rebuilding }, version: version, mask: { $0.replacing("13900000000", with: "139****0000") },
      clock: { now }, logger: logger)
  }

  func send(
    _ path: String, as user: String? = nil, method: HTTPRequest.Method = .get, accept: String? = "text/html,*/*;q=0.8",
    language: String? = nil, form: String? = nil
  ) async throws -> Response? {
    var fields = HTTPFields()
    fields[.accept] = accept
    fields[.acceptLanguage] = language
    if form != nil { fields[.contentType] = "application/x-www-form-urlencoded" }
    if let user { fields[try #require(HTTPField.Name(Self.userHeader))] = user }
    let head = HTTPRequest(method: method, scheme: "http", authority: "board", path: path, headerFields: fields)
    let request = try Request(
      head: head, body: Array((form ?? "").utf8), client: ClientAddress("127.0.0.1"), peer: ClientAddress("127.0.0.1"))
    return await controller.respond(to: request)
  }

  /// The text of a page that is there.
  func page(_ path: String, as user: String? = nil, language: String? = nil) async throws -> String {
    let response = try #require(try await send(path, as: user, language: language))
    #expect(response.head.status == .ok, "\(path)")
    #expect(response.head.headerFields[.contentType] == "text/html; charset=utf-8")
    return String(decoding: response.body, as: UTF8.self)
  }

  func json(_ path: String, as user: String? = nil, accept: String? = "application/json") async throws -> [String: Any]
  {
    let response = try #require(try await send(path, as: user, accept: accept))
    #expect(response.head.status == .ok)
    #expect(response.head.headerFields[.contentType] == "application/json")
    return try #require(try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any])
  }

  func address(of story: Story) -> String {
    "/cases/\(story.id)?k=\(CaseKey(of: story.id, under: secret).text)"
  }

  /// A letter in the log, and in the model.
  func bury(_ letter: DeadLetter) throws {
    let publisher = try log.openPublisher(as: "test")
    defer { publisher.close() }
    _ = try publisher.publish([letter.output])
    try follow()
  }

  /// Takes all dead letters of the log into the model.
  func follow() throws {
    let reader = try log.openReader()
    defer { reader.close() }
    let places = (0..<2).map { TopicPartition(Topics.deadLetters, $0) }
    let chunk = try reader.read(
      from: Dictionary(uniqueKeysWithValues: places.map { ($0, 0) }), for: .zero,
      limit: BatchLimit(records: 1000, bytes: 1 << 20))
    _ = try model.apply(chunk)
  }

  /// All that the log has of a topic.
  func records(of topic: String) throws -> [StoredRecord] {
    let reader = try log.openReader()
    defer { reader.close() }
    let places = (0..<2).map { TopicPartition(topic, $0) }
    return try reader.read(
      from: Dictionary(uniqueKeysWithValues: places.map { ($0, 0) }), for: .zero,
      limit: BatchLimit(records: 1000, bytes: 1 << 20)
    ).records
  }
}

extension Story {
  /// A case in the hands of somebody.
  static func held(
    _ id: String, by owner: Owner, category: String = "城乡建设", received: String = "2026-09-24T10:00:00+08:00",
    due: String = "2026-10-12", text: String = "绝密的意见", isLate: Bool = true
  ) throws -> Story {
    var story = try Story(id, received: received, due: due, text: text, title: "绝密的标题", address: "绝密的地点")
    let time = try given(GivenTime(received))
    story.add(
      .classified(Classification(category: category, confidence: 0.87, why: ["路灯"], version: "rules-1")), at: time)
    story.add(.assigned(Assignment(owner: owner, reason: "类别对应", directory: "d-1")), at: time)
    if isLate { story.becomeOverdue() }
    return story
  }
}

extension Owner {
  static let station = Owner(id: "lh", kind: .station, name: "柳河站")
  static let deputy = Owner(id: "d1", kind: .deputy, name: "张代表")
  static let department = Owner(id: "cj", kind: .department, name: "城建局")
  static let other = Owner(id: "sw", kind: .department, name: "水务局")
}
