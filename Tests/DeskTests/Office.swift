import Accounts
import Attachments
import CaseStories
import Cases
import Desk
import EventLog
import HTTPTypes
import HTTPValues
import Logging
import MetricsTestKit
import Monitoring
import Outbox
import Routing
import Streams
import Synchronization
import Testing
import Time
import Tracking

/// A county with a desk over the real `track` and `route`: what the desk puts waits until the office works, and what comes
/// of it goes into the read model.
final class Office: Outbox, AttachmentStore {
  private struct State {
    var now = Instant(milliseconds: 1_780_279_200_000)
    var drawn = 0
    var commands: [Record] = []
    var put = 0
    var answer = OutboxResult.durable
    var states: [String: CaseState] = [:]
    var offsets: [String: Offset] = [:]
    var files: [AttachmentName: [UInt8]] = [:]
  }

  /// Monday 2026-06-01, 10:00 in Shanghai.
  static let start = Instant(milliseconds: 1_780_279_200_000)

  let model: ReadModel
  let secret: CaseKey.Secret
  let directory: Directory
  let doorkeeper: Doorkeeper
  let controller: DeskController
  let users: [String: User]
  let metrics = TestMetrics()
  private let state: Mutex<State>
  private let track: TrackProcessor
  private let route: RouteProcessor

  private final class Clock: Sendable {
    let office = Mutex<Office?>(nil)
    var now: Instant { office.withLock { $0?.now } ?? Office.start }
    func draw() -> String { office.withLock { $0 }?.draw() ?? "early" }
  }

  init(policy change: (inout ReplyPolicy) -> Void = { _ in }) throws {
    model = try ReadModel.inMemory()
    secret = try #require(CaseKey.Secret(Array("an operator's secret".utf8)))
    directory = try Self.county()
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let accounts = [
      Account(name: "zhang", title: "张秀英", role: .deputy, holder: "d1"),
      Account(name: "liuhe", title: "柳河站", role: .station, holder: "lh"),
      Account(name: "county", title: "总站", role: .station, holder: "county"),
      Account(name: "zhujian", title: "住建局李工", role: .department, holder: "zj"),
      Account(name: "zhujian2", title: "住建局王工", role: .department, holder: "zj"),
      Account(name: "shuiwu", title: "水务局", role: .department, holder: "sw"),
      Account(name: "duban", title: "督办室", role: .supervisor),
      Account(name: "root", title: "管理员", role: .administrator),
    ]
    let clock = Clock()
    let list = accounts.map { User($0, password: nil) }
    users = Dictionary(uniqueKeysWithValues: list.map { ($0.account.name, $0) })
    doorkeeper = Doorkeeper(
      users: UserWatch(Users(list), logger: logger, metrics: metrics), secret: secret,
      signOuts: try SignOuts(folder: nil), clock: { clock.now }, makeID: { clock.draw() }, logger: logger,
      metrics: metrics)
    let policy = try ReplyPolicy(version: "desk-1") { policy in
      policy.pause = 10
      policy.ratingDays = 7
      change(&policy)
    }
    track = TrackProcessor(calendar: .builtIn, policy: policy)
    route = RouteProcessor(directory: directory)
    state = Mutex(State())
    let box = Box()
    controller = DeskController(
      model: model, doorkeeper: doorkeeper, outbox: box, store: box, secret: secret,
      directory: { [directory] in directory },
      categories: [
        DeskCategory(name: "城乡建设", topics: ["道路", "路灯"]), DeskCategory(name: "水利", topics: []),
        DeskCategory(name: "<b>&\"'", topics: []),
      ], calendar: .builtIn, mask: { $0.replacing("13800001111", with: "138****1111") }, clock: { clock.now },
      makeID: { clock.draw() }, logger: logger, metrics: metrics)
    clock.office.withLock { $0 = self }
    box.office.withLock { $0 = self }
  }

  /// The controller is made before its office is whole.
  private final class Box: Outbox, AttachmentStore {
    let office = Mutex<Office?>(nil)

    func put(_ outputs: [Output]) async -> OutboxResult {
      guard let office = office.withLock({ $0 }) else { return .unavailable }
      return await office.put(outputs)
    }

    func keep(_ attachment: MediaFile) async throws(AttachmentStoreError) {
      guard let office = office.withLock({ $0 }) else { throw AttachmentStoreError("away") }
      try await office.keep(attachment)
    }

    func contents(of name: AttachmentName) async throws(AttachmentStoreError) -> [UInt8]? {
      guard let office = office.withLock({ $0 }) else { throw AttachmentStoreError("away") }
      return try await office.contents(of: name)
    }
  }

  private static func county() throws -> Directory {
    try Directory(
      version: "test",
      stations: [
        Directory.Station(id: "county", name: "清源县代表联络总站", level: .county, region: "清源县"),
        Directory.Station(id: "lh", name: "柳河镇代表联络站", level: .township, parent: "county", region: "柳河镇"),
      ],
      departments: [
        Directory.Department(id: "zj", name: "住建局", categories: ["城乡建设"]),
        Directory.Department(id: "sw", name: "水务局", categories: ["水利"]),
      ],
      deputies: [Directory.Deputy(id: "d1", name: "张秀英", station: "lh")])
  }

  var now: Instant { state.withLock { $0.now } }
  func advance(by distance: Duration) { state.withLock { $0.now = $0.now + distance } }
  /// How many commands the desk has put.
  var put: Int { state.withLock { $0.put } }
  func answer(_ result: OutboxResult) { state.withLock { $0.answer = result } }

  private func draw() -> String {
    state.withLock { state in
      state.drawn += 1
      return "id-\(state.drawn)"
    }
  }

  // MARK: What the desk is given

  func put(_ outputs: [Output]) async -> OutboxResult {
    state.withLock { state in
      guard state.answer == .durable else { return state.answer }
      for output in outputs {
        #expect(output.topic == Topics.commands)
        state.put += 1
        state.commands.append(output.record)
      }
      return .durable
    }
  }

  func keep(_ attachment: MediaFile) async throws(AttachmentStoreError) {
    state.withLock { $0.files[attachment.name] = attachment.contents }
  }

  func contents(of name: AttachmentName) async throws(AttachmentStoreError) -> [UInt8]? {
    state.withLock { $0.files[name] }
  }

  // MARK: The pipeline

  /// Works off all that has been put, and what follows from it.
  func work() throws {
    while let record = state.withLock({ $0.commands.isEmpty ? nil : $0.commands.removeFirst() }) {
      try handle(record)
    }
  }

  private func handle(_ record: Record) throws {
    let stored = store(record, in: Topics.commands)
    let input = try track.decode(stored)
    var state = self.state.withLock { $0.states[input.caseID.text] }
    let effects = try track.process(input, state: &state, at: now)
    self.state.withLock { $0.states[input.caseID.text] = state }
    for case .emit(let topic, let event) in effects {
      let stored = store(event, in: topic)
      try read(stored)
      guard topic == Topics.cases, let question = try route.decode(stored) else { continue }
      var none: Never?
      for case .emit(_, let command) in route.process(question, state: &none, at: now) {
        self.state.withLock { $0.commands.append(command) }
      }
    }
  }

  private func store(_ record: Record, in topic: String) -> StoredRecord {
    state.withLock { state in
      let offset = state.offsets[topic, default: 0]
      state.offsets[topic] = offset + 1
      return StoredRecord(
        partition: TopicPartition(topic, 0), offset: offset, timestamp: state.now, record: record)
    }
  }

  private func read(_ stored: StoredRecord) throws {
    let applied = try model.apply(Chunk(records: [stored], positions: [stored.partition: stored.offset + 1]))
    #expect(applied.undecodable == 0)
  }

  /// Opens a case, as `route` would.
  func open(
    _ id: String, owner: String = "zj", supervisor: String? = "lh", attendant: String? = nil,
    text: String = "城南路的路灯坏了，电话13800001111", citizen: Citizen? = nil, attachments: [Opinion.Attachment]? = nil
  ) throws {
    let id = try #require(CaseID(id))
    let opinion = Opinion(channel: "web", text: text, address: "城南路", attachments: attachments)
    let received = GivenTime(now)
    let assignment = Assignment(
      owner: try #require(directory.owner(owner)), reason: "类别对应", directory: "test",
      supervisor: try supervisor.map { try #require(directory.owner($0)) },
      attendant: try attendant.map { try #require(directory.owner($0)) })
    let command = CaseCommand.open(
      CaseCommand.Open(
        submission: Submission(
          opinion: OpinionReference(source: "/test", id: id.text), received: received, recorded: received,
          historic: false, statement: Statement(opinion)),
        classification: Classification(category: "城乡建设", confidence: 0.9, why: ["路灯"], version: "rules-1"),
        assignment: assignment))
    if let citizen {
      let event = CloudEvent(
        id: "\(id)-citizen", source: Sources.classify, type: EventTypes.citizen, subject: id.text, time: received,
        data: JSONData.encode(citizen))
      try read(store(event.record(key: id.key), in: Topics.citizens))
    }
    try give(command, to: id.text, as: "open-\(id)", source: Sources.route)
  }

  /// Gives a command past the desk, and works it off.
  func give(_ command: CaseCommand, to id: String, as name: String, source: String = "/test") throws {
    let event = CloudEvent(
      id: name, source: source, type: command.type, subject: id, time: GivenTime(now), data: command.data)
    state.withLock { $0.commands.append(event.record(key: Array(id.utf8))) }
    try work()
  }

  func history(_ id: String) throws -> CaseHistory {
    let id = try #require(CaseID(id))
    return try #require(try model.history(of: id))
  }
}
