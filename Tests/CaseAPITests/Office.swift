import APIKeys
import Accounts
import CaseAPI
import CaseStories
import Cases
import EventLog
import Foundation
import HTTPTypes
import HTTPValues
import Logging
import Monitoring
import Outbox
import Streams
import Synchronization
import Testing
import Time

/// The API over some cases, with a key for each role and somebody who can sign in, at a moment that a test moves.
final class Office: Sendable {
  /// What came back.
  struct Answer {
    let response: Response

    var status: Int { response.head.status.code }
    var text: String { String(decoding: response.body, as: UTF8.self) }

    var json: [String: Any] {
      get throws { try #require(try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any]) }
    }

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { response.head.headerFields[$0] } }
  }

  /// Whose key it is, and what it may do.
  struct Client {
    let name: String
    let actor: Actor?
    var scopes: Set<APIKey.Scope> = [.read, .command]
  }

  static let clients = [
    Client(name: "admin", actor: Actor(role: .administrator, id: "admin")),
    Client(name: "supervisor", actor: Actor(role: .supervisor, id: "supervisor")),
    Client(name: "owner", actor: Actor(role: .department, id: "cj")),
    Client(name: "watcher", actor: Actor(role: .station, id: "st1")),
    Client(name: "stranger", actor: Actor(role: .deputy, id: "dy9")),
    Client(name: "reader", actor: Actor(role: .department, id: "cj"), scopes: [.read]),
    Client(name: "writer", actor: Actor(role: .department, id: "cj"), scopes: [.command]),
    Client(name: "portal", actor: nil, scopes: [.submit]),
  ]

  private struct Rate: APIKeyRate {
    let isTooOften: Bool
    func allow(_ key: APIKey, at now: Instant) -> Duration? { isTooOften ? .milliseconds(2500) : nil }
  }

  private struct State {
    var now: Instant
    var sent: [Output] = []
    var names: [[UInt8]: [UInt8]] = [:]
    var offset: Offset = 0
    var drawn = 0
    var status = Follower.Status()
  }

  let model: ReadModel
  let doorkeeper: Doorkeeper
  private let state: Mutex<State>
  private let controller: Mutex<CaseAPIController?>

  init(
    _ stories: [Story] = [], at now: String = "2026-10-15T09:00:00+08:00", isTooOften: Bool = false,
    isUnreadable: Bool = false, result: KeyedResult = .durable,
    letters: LetterLog? = nil
  ) throws {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    state = Mutex(State(now: try moment(now)))
    controller = Mutex(nil)
    model = isUnreadable ? try ReadModel(path: ":memory:") : try ReadModel.inMemory()
    let start = try moment(now)
    let keys = APIKeys(
      Self.clients.map {
        APIKey(
          name: $0.name, digest: APIKey.digest(of: "key-" + $0.name), scopes: $0.scopes, perMinute: 60,
          actor: $0.actor)
      })
    let users = Users([User(Self.clerk, password: nil)])
    doorkeeper = Doorkeeper(
      users: UserWatch(users, logger: logger), secret: try given(CaseKey.Secret(Array("an operator's secret".utf8))),
      signOuts: try SignOuts(folder: nil),
      keys: APIKeyCheck(keys: keys, rate: Rate(isTooOften: isTooOften), clock: { start }), clock: { start },
      makeID: { "session-1" }, logger: logger)
    let api = CaseAPIController(
      doorkeeper: doorkeeper, model: model, status: { [weak self] in self?.status ?? Follower.Status() },
      calendar: .builtIn, mask: { $0.replacing("13812345678", with: "138****5678") },
      knowsCategory: { $0 == "城乡建设" && ($1 == nil || $1 == "道路") },
      attachmentLink: { url, id in url.hasPrefix("kept:") ? "/attachments/\(id)" : nil },
      put: { [weak self] in self?.put($0, $1, result) ?? .unavailable },
      letters: letters.map { DeadLetterOffice(log: $0, publisherName: "letters", history: Topics.cases) },
      makeID: { [weak self] in self?.draw() ?? "" }, clock: { [weak self] in self?.now ?? .distantPast },
      logger: logger)
    controller.withLock { $0 = api }
    if !isUnreadable { try apply(stories.flatMap(\.records)) }
  }

  static let clerk = Account(name: "li", title: "李工", role: .department, holder: "cj")

  var now: Instant { state.withLock { $0.now } }
  func pass(_ time: Duration) { state.withLock { $0.now = $0.now + time } }

  var status: Follower.Status {
    get { state.withLock { $0.status } }
    set { state.withLock { $0.status = newValue } }
  }

  /// The commands that reached the log, in order.
  var commands: [(event: CloudEvent, command: CaseCommand)] {
    get throws {
      try state.withLock { $0.sent }.map { output in
        let event = try CloudEvent(output.record)
        #expect(output.topic == Topics.commands)
        #expect(output.record.key.map { String(decoding: $0, as: UTF8.self) } == event.subject)
        return (event, try CaseCommand(type: event.type, data: event.data))
      }
    }
  }

  func apply(_ records: [Record]) throws {
    guard !records.isEmpty else { return }
    let first = state.withLock { state in
      defer { state.offset += Offset(records.count) }
      return state.offset
    }
    _ = try model.apply(Chunk(records, from: first))
  }

  /// An event that a command led to, as `track` writes it.
  func record(
    _ event: CaseEvent, of story: Story, sequence: Int, cause: String?, at time: Instant? = nil
  ) throws {
    var extensions = ["sequence": String(sequence)]
    extensions["causationid"] = cause
    let envelope = CloudEvent(
      id: "\(story.id).\(sequence)", source: Sources.track, type: event.type, subject: story.id.text,
      time: GivenTime(time ?? now), extensions: extensions, data: event.data)
    try apply([envelope.record(key: story.id.key)])
  }

  private func put(_ outputs: [Output], _ key: OutboxKey?, _ result: KeyedResult) -> KeyedResult {
    state.withLock { state in
      guard result == .durable else { return result }
      if let key {
        if let known = state.names[key.digest] { return known == key.content ? .repeated : .conflicting }
        state.names[key.digest] = key.content
      }
      state.sent += outputs
      return .durable
    }
  }

  private func draw() -> String {
    state.withLock { state in
      state.drawn += 1
      return "drawn-\(state.drawn)"
    }
  }

  // MARK: Asking

  /// - Parameter client: whose key goes along; `nil` for none.
  func get(_ path: String, as client: String? = "admin", headers: [String: String] = [:]) async throws -> Answer {
    try await ask(.get, path, as: client, headers: headers)
  }

  func post(
    _ path: String, _ body: String, as client: String? = "admin", headers: [String: String] = [:]
  ) async throws -> Answer {
    try await ask(
      .post, path, as: client, headers: ["Content-Type": "application/json"].merging(headers) { $1 },
      body: Array(body.utf8))
  }

  func ask(
    _ method: HTTPRequest.Method, _ path: String, as client: String?, headers: [String: String] = [:],
    body: [UInt8] = []
  ) async throws -> Answer {
    var fields = HTTPFields()
    if let client { fields[.authorization] = "Bearer key-\(client)" }
    for (name, value) in headers { fields[try given(HTTPField.Name(name))] = value }
    let head = HTTPRequest(
      method: method, scheme: "http", authority: "localhost", path: "/api/v1/" + path, headerFields: fields)
    let api = try given(controller.withLock { $0 })
    return Answer(response: try given(await api.respond(to: try Request(head: head, body: body))))
  }
}
