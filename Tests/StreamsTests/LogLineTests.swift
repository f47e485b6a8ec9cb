import EventLog
import Logging
import Streams
import Synchronization
import Testing
import Time
import TwoStages

/// That a line of a worker's log leads to the case that it is about.
@Suite struct `Lines of a worker's log` {
  private final class Lines: Sendable {
    private let kept = Mutex<[(level: Logger.Level, message: String, metadata: [String: String])]>([])

    func add(_ event: LogEvent) {
      let line = (event.level, event.message.description, (event.metadata ?? [:]).mapValues { "\($0)" })
      kept.withLock { $0.append(line) }
    }

    func of(_ message: String) -> [[String: String]] {
      kept.withLock { $0.filter { $0.message == message }.map(\.metadata) }
    }
  }

  private struct Handler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    let lines: Lines

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { lines.add(event) }
  }

  private let scene: Scene
  private let lines = Lines()

  init() throws {
    scene = try Scene()
  }

  private func settle(_ level: Logger.Level, on log: (any EventLog)? = nil) throws {
    let logger = Logger(label: "test") { [lines] _ in Handler(logLevel: level, lines: lines) }
    let worker = Worker(
      scene.script, log: log ?? scene.inner, settings: WorkerSettings(member: "one"),
      now: { [clock = scene.clock] in clock.now }, logger: logger)
    try scene.settle(worker)
    worker.finish()
  }

  private let trace = Header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")

  @Test func `a dead letter is told of with its place, case and trace, and nothing of its contents`() throws {
    let place = try scene.publish("secret-key", "bury it", headers: [Header("ce_subject", "case-1"), trace])
    try settle(.warning)
    let letter = try #require(try scene.deadLetters().first)
    #expect(
      lines.of("dead letter") == [
        [
          "topic": "in", "partition": "0", "offset": "\(place.offset)", "case": "case-1",
          "trace_id": "0af7651916cd43dd8448eb211c80319c", "reason": letter.reason, "parked": "false", "retries": "0",
        ]
      ])
  }

  @Test func `each record is told of at the level debug, and not above it`() throws {
    try scene.publish("a", "emit 1", headers: [Header("ce_subject", "case-1")])
    try scene.publish("b", "emit 2", headers: [trace])
    try settle(.info)
    #expect(lines.of("record taken in") == [])
    try scene.publish("c", "emit 3", headers: [Header("ce_subject", "case-3"), trace])
    try settle(.debug)
    #expect(
      lines.of("record taken in") == [
        [
          "topic": "in", "partition": "0", "offset": "2", "case": "case-3",
          "trace_id": "0af7651916cd43dd8448eb211c80319c",
        ]
      ])
  }

  @Test func `an opinion that names no case has the id that its gateway made for it`() throws {
    let id = "hvicejhyy7dn632fbjt32uhgp4a"
    for key in [id, "13800000000", "hvicejhyy7dn632fbjt32uhgp4A"] { try scene.publish(key, "bury it") }
    try settle(.warning)
    #expect(lines.of("dead letter").map { $0["case"] } == [id, nil, nil])
  }

  @Test(arguments: ["张三", "a b", "", String(repeating: "x", count: 65), "a\"b"])
  func `a subject that is no case id isn't written down`(subject: String) throws {
    try scene.publish("a", "bury it", headers: [Header("ce_subject", subject), Header("traceparent", "00-x-y-01")])
    try settle(.warning)
    let line = try #require(lines.of("dead letter").first)
    #expect(line["case"] == nil && line["trace_id"] == nil && line["offset"] == "0")
  }
}
