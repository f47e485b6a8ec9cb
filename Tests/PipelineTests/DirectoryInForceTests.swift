import Cases
import EventLog
import Logging
import Routing
import SQLiteLog
import Streams
import Testing
import Time

@testable import Assembly

/// What `huiyin directory apply` puts into the log, and who goes by it.
@Suite struct `The directory in force` {
  private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
  private static let now = Instant(milliseconds: 1_790_000_000_000)
  private let log: any EventLog

  init() throws {
    log = try SQLiteLog(SQLiteLog.Settings(path: ":memory:", logger: Self.quiet, now: { Self.now }))
    _ = try log.create(PipelineTopics.specifications(partitions: 4))
  }

  private static func directory(_ version: String, stations: [String]) throws -> Directory {
    let county = Directory.Station(id: "county", name: "县总站", level: .county)
    let others = stations.map { Directory.Station(id: $0, name: "\($0)站", level: .township, parent: "county") }
    return try Directory(version: version, stations: [county] + others)
  }

  private func publish(_ outputs: [Output]) throws {
    let publisher = try log.openPublisher(as: "test")
    defer { publisher.close() }
    _ = try publisher.publish(outputs)
  }

  private func watch(_ given: Directory) -> DirectoryWatch {
    DirectoryWatch(given: given, log: log, pause: { _ in Issue.record("the log is in trouble") }, logger: Self.quiet)
  }

  /// Lets it follow the log until it goes by that version, or for some reads.
  private func follow(_ watch: DirectoryWatch, until version: String? = nil) -> String {
    var asked = 0
    watch.run {
      asked += 1
      return watch.current.version == version || asked > 6
    }
    return watch.current.version
  }

  @Test func `a change is told by its entries, and the same directory again is none`() throws {
    let first = try DirectoryTopic.change(
      to: Self.directory("a", stations: ["east", "west"]), in: log, at: Self.now)
    #expect(first.before == nil)
    #expect(first.added == ["station/county", "station/east", "station/west"])
    try publish(first.outputs)
    #expect(try DirectoryTopic.directory(in: log)?.version == "a")
    let again = try DirectoryTopic.change(
      to: Self.directory("a", stations: ["east", "west"]), in: log, at: Self.now)
    #expect(again.outputs.isEmpty && again.added.isEmpty && again.changed.isEmpty && again.removed.isEmpty)
    let second = try DirectoryTopic.change(
      to: Self.directory("b", stations: ["east", "north"]), in: log, at: Self.now)
    #expect(second.before == "a")
    #expect(second.added == ["station/north"] && second.removed == ["station/west"] && second.changed.isEmpty)
    #expect(second.outputs.count == 3)
    #expect(second.outputs.last?.record.key == Broadcast.wholeKey)
    try publish(second.outputs)
    #expect(try DirectoryTopic.directory(in: log) == Self.directory("b", stations: ["east", "north"]))
  }

  @Test func `a gateway goes by what the log says, and before it says something by what it was given`() throws {
    let watch = watch(try Self.directory("given", stations: []))
    #expect(follow(watch) == "given")
    let change = try DirectoryTopic.change(to: Self.directory("a", stations: ["east"]), in: log, at: Self.now)
    try publish(change.outputs.dropLast())
    #expect(follow(watch) == "given")
    try publish([try #require(change.outputs.last)])
    #expect(follow(watch, until: "a") == "a")
    #expect(watch.current.station("east") != nil)
  }

  @Test func `a directory in the log that makes no sense leaves the one before in force`() throws {
    let watch = watch(try Self.directory("given", stations: []))
    try publish(DirectoryTopic.change(to: Self.directory("a", stations: ["east"]), in: log, at: Self.now).outputs)
    #expect(follow(watch, until: "a") == "a")
    // Whole, but with a station below none.
    var records = try Self.directory("b", stations: ["east"]).records
    records[Array("station/county".utf8)] = nil
    let envelope = CloudEvent(id: "b", source: "/test", type: EventTypes.directoryEntry)
    try publish(Broadcast(Topics.directory, records).outputs(from: [:], as: envelope))
    #expect(follow(watch) == "a")
  }

  @Test func `route decides by the directory in force from the next batch on`() throws {
    let clock = Moment(Self.now)
    let worker = Worker(
      RouteProcessor(directory: try Self.directory("given", stations: [])), log: log,
      settings: WorkerSettings(member: "route"), now: { clock.now }, logger: Self.quiet)
    func decide(_ id: String) throws -> String? {
      let opinion = ClassifiedOpinion(
        submission: Submission(
          opinion: OpinionReference(source: "/gate", id: id), received: GivenTime(Self.now),
          recorded: GivenTime(Self.now), historic: false,
          statement: Statement(Opinion(channel: "web", text: "路灯不亮"))),
        classification: Classification(category: "城乡建设", confidence: 0.5, why: [], version: "rules-1"))
      let event = CloudEvent(
        id: id, source: Sources.classify, type: EventTypes.opinionClassified, subject: id,
        data: JSONData.encode(opinion))
      try publish([Output(to: Topics.classifications, event.record(key: Array(id.utf8)))])
      while try worker.step(wait: .zero) {}
      return try decisions()[id]
    }
    #expect(try decide("one") == "given")
    try publish(DirectoryTopic.change(to: Self.directory("a", stations: ["east"]), in: log, at: Self.now).outputs)
    clock.advance(by: .milliseconds(250))
    #expect(try decide("two") == "a")
    try publish(DirectoryTopic.change(to: Self.directory("b", stations: ["east"]), in: log, at: Self.now).outputs)
    clock.advance(by: .milliseconds(250))
    #expect(try decide("three") == "b")
    // A worker that comes later has heard it before its first record.
    worker.finish()
    #expect(try decisions() == ["one": "given", "two": "a", "three": "b"])
  }

  /// The directory's version in each command to open a case.
  private func decisions() throws -> [String: String] {
    let reader = try log.openReader()
    defer { reader.close() }
    var versions: [String: String] = [:]
    for number in 0..<4 {
      let partition = TopicPartition(Topics.commands, number)
      let chunk = try reader.read(
        from: [partition: 0], for: .zero, limit: BatchLimit(records: 100, bytes: 1 << 20))
      for record in chunk.records {
        let event = try CloudEvent(record.record)
        if case .open(let open) = try CaseCommand(type: event.type, data: event.data) {
          versions[event.subject ?? ""] = open.assignment.directory
        }
      }
    }
    return versions
  }
}
